"""What the clock does for itself: see whether it has stood still."""

from celery import shared_task
from django.utils import timezone

from northstar.clock import gaps
from partners.ticks import tick


@shared_task
def watch() -> None:
    now = timezone.now()
    gaps.note(now)
    tick("watch", now)
    gaps.tell(now)
