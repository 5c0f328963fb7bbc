"""The clock has stood still: noted when it runs again, and told to the coordinators."""

from datetime import datetime, timedelta

from django.db import transaction

from northstar.clock import mails
from northstar.clock.periodic import LATE_AFTER
from partners.models import ClockGap, ClockTick, Message, MessageQuerySet, MessageState
from partners.patience import patient

# So long the sweeps have for what was due meanwhile, before it is told what became of it.
SETTLES = timedelta(minutes=2)


def note(now: datetime) -> bool:
    """Write down that the clock stood still until *now*, if it did; whether it was written.

    It did when its last look, the pulse "watch", is older than LATE_AFTER. Safe for two at once.
    Two queries at most.
    """
    last = ClockTick.objects.filter(task="watch").values_list("ticked_at", flat=True).first()
    if last is None or now - last <= LATE_AFTER:
        return False
    ClockGap.objects.bulk_create([ClockGap(began_at=last, ended_at=now)], ignore_conflicts=True)
    return True


def tell(now: datetime) -> int:
    """Tell the coordinators of gaps that are over; return of how many. Safe for two at once.

    One query when there is nothing to tell.
    """
    told = 0
    for gap in ClockGap.objects.untold(now - SETTLES):
        told += _tell_of(gap.pk, now)
    return told


@patient
@transaction.atomic
def _tell_of(pk: int, now: datetime) -> int:
    found = ClockGap.objects.select_for_update().filter(pk=pk, told_at=None).first()
    if found is None:
        return 0
    late = _what_was_due(found)
    found.caught_up = late.filter(state=MessageState.SENT, sent_at__gte=found.ended_at).count()
    found.missed = late.filter(state=MessageState.SKIPPED, useless_after__lte=now).count()
    found.told_at = now
    found.save(update_fields=["caught_up", "missed", "told_at"])
    mails.clock_stood_still(found, waiting=late.filter(state=MessageState.WAITING).count())
    return 1


def _what_was_due(gap: ClockGap) -> MessageQuerySet:
    """Letters that waited at its end and should have left in it."""
    return Message.objects.filter(
        created_at__lt=gap.ended_at, next_try_at__gte=gap.began_at, next_try_at__lt=gap.ended_at
    )
