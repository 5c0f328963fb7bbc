"""What the clock does around sessions: remind before, ask after."""

from celery import shared_task
from django.utils import timezone

from learning.attendance import groups  # noqa: F401 (hands them in: partners' clock writes to them)
from learning.material import keeping
from learning.places import leaving
from learning.reminders import running
from learning.surveys import asking
from learning.visitors import visiting
from partners.ticks import tick


@shared_task
def remind() -> None:
    now = timezone.now()
    running.remind(now)
    tick("remind", now)


@shared_task
def ask_after() -> None:
    now = timezone.now()
    asking.ask(now)
    tick("ask_after", now)


@shared_task
def sweep_material() -> None:
    now = timezone.now()
    keeping.sweep_orphans(now)
    tick("sweep_material", now)


@shared_task
def forget_visitors() -> None:
    now = timezone.now()
    visiting.forget(now)
    tick("forget_visitors", now)


@shared_task
def give_places_on() -> None:
    now = timezone.now()
    leaving.end_due(now)
    leaving.give_on(now)
    tick("give_places_on", now)
