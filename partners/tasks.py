"""What the clock does for everybody: send letters, sweep what has expired."""

import time
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from partners.asking import enquiries
from partners.joining import requesting, watching
from partners.models import ClockTick
from partners.organisations import partnership
from partners.post import delivery, gathering, outbox
from partners.ticks import tick
from partners.writing import sending

TICKS_ARE_KEPT = timedelta(days=30)

SECRETS_ARE_KEPT = timedelta(days=1)  # in letters that failed, so that they can be sent again

WRITES_FOR = timedelta(seconds=20)  # mailings; half of what a task may take

SENDS_FOR = timedelta(seconds=6)  # less than a worker told to stop may take

GATHERS_FOR = timedelta(seconds=20)  # then the next sweep goes on


@shared_task
def deliver() -> None:
    """Send what is due; the next beat goes on, so that a stop never waits long for this one."""
    now = timezone.now()
    end = time.monotonic() + SENDS_FOR.total_seconds()
    delivery.deliver_all(stop=lambda: time.monotonic() > end)
    tick("deliver", now)


@shared_task
def gather() -> None:
    """Let go of letters that nobody asked for, as their readers' hours come."""
    now = timezone.now()
    gathering.gather_all(now, for_s=GATHERS_FOR.total_seconds())
    tick("gather", now)


@shared_task
def tell_of_enquiries() -> None:
    """Write to the coordinators of what has arrived from people without an account.

    And of partners that have no contact person any more.
    """
    now = timezone.now()
    enquiries.tell(now)
    watching.tell_of_no_contact(now)
    tick("tell_of_enquiries", now)


@shared_task
def send_mailings() -> None:
    """Write to everybody in mailings that are due; the next sweep goes on where this one ends."""
    now = timezone.now()
    end = time.monotonic() + WRITES_FOR.total_seconds()
    sending.send_due(now, stop=lambda: time.monotonic() > end)
    tick("send_mailings", now)


@shared_task
def sweep() -> None:
    """Remove expired logins and cache rows, old secrets, and the pulse of tasks that are no more.

    What strangers wrote and did not confirm goes, too.

    Partners whose day has come leave.
    """
    now = timezone.now()
    partnership.let_go(timezone.localdate(now))
    enquiries.forget_unconfirmed(now)
    requesting.forget_old(now)
    call_command("clearsessions")
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608
    outbox.forget_secrets(before=now - SECRETS_ARE_KEPT)
    ClockTick.objects.filter(ticked_at__lt=now - TICKS_ARE_KEPT).delete()
    tick("sweep", now)
