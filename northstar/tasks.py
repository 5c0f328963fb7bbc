"""What the clock does for itself, and for those who are no longer here."""

from celery import shared_task
from django.utils import timezone

from northstar.clock import gaps
from northstar.own_data import erasing
from partners.ticks import tick


@shared_task
def watch() -> None:
    now = timezone.now()
    gaps.note(now)
    tick("watch", now)
    gaps.tell(now)


@shared_task
def forget_erased() -> None:
    """Take the addresses out of the last letters to people who have been erased."""
    now = timezone.now()
    erasing.forget_last_letters(now)
    tick("forget_erased", now)
