"""When a rule is due for a measure, until when it can be caught up, and what is to be done now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from measures.models import (
    Measure,
    MeasureReminder,
    MeasureReminderRun,
    MeasureReminderRunState,
)
from partners.post import quiet

CATCH_UP = timedelta(days=7)  # what a clock that stood still had to do
LOOKS_BACK = timedelta(days=60)  # what came too late longer ago is noted no more
TOGETHER = timedelta(days=14)  # what is due so soon goes along with what is due today
SLACK = timedelta(days=15)  # no days off in a row are more, which a reminder is put before


def due_at(rule: MeasureReminder, measure: Measure) -> datetime:
    """When *rule* is due for *measure* as it was last told of, in UTC.

    What falls on a day that is no working day is due at the same time of day on the last working
    day before. Nothing else decides on that moment.
    """
    moment = rule.moment(measure.updated_at, measure.updated_at)
    return quiet.working_day_before(moment).astimezone(UTC)


def caught_up_until(
    rule: MeasureReminder, measure: Measure, beside: Iterable[MeasureReminder]
) -> datetime:
    """Until when what was missed is done late: until another of the rules *beside* is due."""
    due = due_at(rule, measure)
    later = [at for one in beside if not one.is_off and (at := due_at(one, measure)) > due]
    return min([due + CATCH_UP, *later])


class Fate(StrEnum):
    """What is to be done about a rule at a measure now."""

    NOTHING = "nothing"  # it is not due, or never was
    RUN = "run"
    MISS = "miss"


def fate(
    rule: MeasureReminder, measure: Measure, beside: Iterable[MeasureReminder], now: datetime
) -> Fate:
    """What is to be done about *rule* at *measure*, of which news is awaited.

    A moment before the rule counts, or before the measure was there for all to see, is none.
    """
    due, until = due_at(rule, measure), caught_up_until(rule, measure, beside)
    firsts = (rule.counts_from, measure.created_at, measure.published_at)
    is_none = any(first is not None and due < first for first in firsts)
    if rule.is_off or now < due or until <= due or is_none:
        return Fate.NOTHING
    if now < until:
        return Fate.RUN
    # What nobody could know of in time is no fault.
    return Fate.MISS if until > rule.created_at else Fate.NOTHING


Occasion = tuple[int, int, datetime]  # measure, rule, when it is due


@dataclass(frozen=True)
class Due:
    """A rule that is due for a measure, and what is to be done about it."""

    rule: MeasureReminder
    measure: Measure
    at: datetime
    until: datetime
    fate: Fate

    @property
    def occasion(self) -> Occasion:
        return self.measure.pk, self.rule.pk, self.at


def rules() -> list[MeasureReminder]:
    """The rules that hold, the ones of the shortest silence first. One query."""
    return list(MeasureReminder.objects.standing())


def measures(beside: Sequence[MeasureReminder], first: datetime, last: datetime) -> list[Measure]:
    """Those for which one of *beside* may be due from *first* to *last*. One query."""
    days = [timedelta(days=rule.amount) for rule in beside if not rule.is_off]
    if not days:
        return []
    told = (first - max(days) - SLACK, last - min(days) + SLACK)
    awaited = Measure.objects.awaited().filter(updated_at__range=told)
    return list(awaited.select_related("organisation").order_by("organisation", "updated_at", "pk"))


def held(these: Sequence[Due]) -> list[Due]:
    """Those of *these* that are due still, of measures that nobody else has locked.

    The measures and their partners are locked until the transaction ends: nothing is told of
    meanwhile, and no partner leaves. One query; none for nothing.
    """
    if not these:
        return []
    awaited = Measure.objects.awaited().filter(pk__in={one.measure.pk for one in these})
    free = awaited.select_for_update(of=("self", "organisation"), no_key=True, skip_locked=True)
    found = free.select_related("organisation").order_by("pk")
    as_told = {measure.pk: measure.updated_at for measure in found}
    return [one for one in these if as_told.get(one.measure.pk) == one.measure.updated_at]


def of_now(beside: Sequence[MeasureReminder], these: Iterable[Measure], now: datetime) -> list[Due]:
    """What is due for *these* measures now, done or not."""
    return [
        Due(rule, measure, due_at(rule, measure), caught_up_until(rule, measure, beside), what)
        for measure in these
        for rule in beside
        if (what := fate(rule, measure, beside, now)) is not Fate.NOTHING
    ]


def of_days(
    beside: Sequence[MeasureReminder], these: Iterable[Measure], first: datetime, last: datetime
) -> list[Due]:
    """What will be due for *these* measures after *first* and up to *last*."""
    return [
        Due(rule, measure, at, caught_up_until(rule, measure, beside), Fate.RUN)
        for measure in these
        for rule in beside
        if first < (at := due_at(rule, measure)) <= last
        and fate(rule, measure, beside, at) is Fate.RUN
    ]


def runs_since(now: datetime) -> dict[Occasion, MeasureReminderRun]:
    """What became of all that can still be due at *now*. One query."""
    recent = MeasureReminderRun.objects.filter(due_at__gte=now - LOOKS_BACK - CATCH_UP)
    found = recent.select_related("measure").order_by("pk")
    return {(run.measure_id, run.rule_id, run.due_at): run for run in found}


def is_done(run: MeasureReminderRun | None) -> bool:
    return run is not None and run.state == MeasureReminderRunState.DONE
