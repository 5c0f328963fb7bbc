"""The clock has stood still: noted when it runs again, and told to the coordinators."""

from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from learning.models import SessionReminderRun, SessionReminderRunBecause
from measures.models import MeasureReminderRun, MeasureReminderRunBecause
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


def latest(number: int) -> models.QuerySet[ClockGap]:
    """The *number* latest, each with its "too_late": e-mails, and reminders never written.

    Reminders are counted when they are looked at: the clock notes in working hours what it missed.
    One query.
    """
    gaps = ClockGap.objects.annotate(too_late=F("missed") + _missed_runs())
    return gaps.order_by("-began_at")[:number]


def _missed_runs() -> models.expressions.Combinable:
    """How many rules were due in the time of a gap, and could not be followed after it."""
    in_time = {"due_at__lt": OuterRef("ended_at"), "lapsed_at__gt": OuterRef("began_at")}
    sessions = SessionReminderRun.objects.filter(because=SessionReminderRunBecause.CLOCK)
    measures = MeasureReminderRun.objects.filter(because=MeasureReminderRunBecause.CLOCK)
    return _number(sessions.filter(**in_time)) + _number(measures.filter(**in_time))


def _number(rows: models.QuerySet) -> Coalesce:
    counted = rows.order_by().values(of=models.Value(1)).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


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
    waiting = late.filter(state=MessageState.WAITING).count()
    counted = ClockGap.objects.filter(pk=pk).annotate(runs=_missed_runs())
    runs = counted.values_list("runs", flat=True).get()
    mails.clock_stood_still(found, waiting=waiting, reminders=runs)
    return 1


def _what_was_due(gap: ClockGap) -> MessageQuerySet:
    """Letters that waited at its end and should have left in it."""
    return Message.objects.filter(
        created_at__lt=gap.ended_at, next_try_at__gte=gap.began_at, next_try_at__lt=gap.ended_at
    )
