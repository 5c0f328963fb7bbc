"""What the clock does for everybody: send letters, sweep what has expired."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from partners.models import ClockTick
from partners.post import delivery
from partners.ticks import tick

TICKS_ARE_KEPT = timedelta(days=30)


@shared_task
def deliver() -> None:
    now = timezone.now()
    delivery.deliver(now)
    tick("deliver", now)


@shared_task
def sweep() -> None:
    """Remove expired logins, expired cache rows, and the pulse of tasks that are no more."""
    now = timezone.now()
    call_command("clearsessions")
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608
    ClockTick.objects.filter(ticked_at__lt=now - TICKS_ARE_KEPT).delete()
    tick("sweep", now)
