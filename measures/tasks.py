"""What the clock does about measures: remind of those that nobody tells of."""

from celery import shared_task
from django.utils import timezone

from measures.reminders import (
    groups,  # noqa: F401 (hands them in: partners' clock writes to them)
    running,
)
from measures.standing import groups as picked  # noqa: F401 (hands them in too)
from partners.ticks import tick


@shared_task
def remind_of_measures() -> None:
    now = timezone.now()
    running.remind(now)
    tick("remind_of_measures", now)
