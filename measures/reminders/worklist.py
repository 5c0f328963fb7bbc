"""What the clock has to do about measures at a moment: what to write, to note and to stop."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from measures.models import Measure, MeasureReminderRun, MeasureReminderWhom
from measures.reminders import due, mails
from measures.reminders.due import Due, Fate, Occasion
from partners.post import quiet

MOST = 250  # partners in one turn: their measures are locked for as long as it lasts


@dataclass(frozen=True)
class Work:
    """What is to be done at a moment."""

    write: list[Due] = field(default_factory=list)
    miss: list[Due] = field(default_factory=list)
    untrue: list[str] = field(default_factory=list)  # occasions whose letters wait
    called_today: bool = False  # the coordinators have their letter of the day

    def __bool__(self) -> bool:
        return bool(self.write or self.miss or self.untrue)


def to_do(now: datetime, *, hold: bool = False) -> Work:
    """What is to be done at *now*, for at most MOST partners; their measures locked if to *hold*.

    What is due soon at a partner that is written to goes along, so that it is not written to again
    next week. What somebody else has locked is left for the next time. Four queries, one more to
    hold.
    """
    rules = due.rules()
    soon = now + due.TOGETHER
    measures = due.measures(rules, now - due.LOOKS_BACK - due.CATCH_UP, soon)
    past = _past(measures, now)
    found = [one for one in due.of_now(rules, measures, now) if past.leaves_open(one)]
    if quiet.next_moment(now) != now:
        found = _with(Fate.MISS, found)
    found = _of_few(found)
    partners = {one.measure.organisation_id for one in _with(Fate.RUN, found)}
    theirs = [measure for measure in measures if measure.organisation_id in partners]
    along = due.of_days(rules, theirs, now, soon)
    found += [one for one in along if past.leaves_open(one)]
    if hold:
        found = due.held(found)
    return Work(
        _with(Fate.RUN, found), _with(Fate.MISS, found), past.untrue, past.called_the_coordinators
    )


@dataclass
class _Past:
    """What was done before."""

    runs: Mapping[Occasion, MeasureReminderRun]
    lost: set[str]  # occasions that reached nobody, as they were overtaken
    untrue: list[str]
    today: list[MeasureReminderRun]

    @property
    def called_the_coordinators(self) -> bool:
        return any(run.whom == MeasureReminderWhom.COORDINATOR for run in self.today)

    @cached_property
    def partners_today(self) -> set[int]:
        return {run.measure.organisation_id for run in self.today}

    def leaves_open(self, one: Due) -> bool:
        """Whether it was neither done nor noted; what was missed is done if there is time again."""
        run = self.runs.get(one.occasion)
        if one.fate is Fate.MISS:
            return run is None
        is_done = due.is_done(run) and run is not None and run.occasion not in self.lost
        return not is_done and one.measure.organisation_id not in self.partners_today


def _past(measures: Sequence[Measure], now: datetime) -> _Past:
    """Two queries; one where nothing was written of late."""
    runs = due.runs_since(now)
    written = [run for run in runs.values() if _is_recent(run, now)]
    gone, waiting = mails.fates(sorted({run.occasion for run in written}))
    untrue = sorted(_untrue(written, measures) & waiting)
    lost = gone.union(untrue)
    today = [run for run in written if run.occasion not in lost and _is_of_today(run, now)]
    return _Past(runs, lost, untrue, today)


def _is_recent(run: MeasureReminderRun, now: datetime) -> bool:
    """Whether its letters can still wait somewhere."""
    return due.is_done(run) and run.noted_at > now - mails.USEFUL_FOR


def _is_of_today(run: MeasureReminderRun, now: datetime) -> bool:
    return timezone.localdate(run.noted_at) == timezone.localdate(now)


def _untrue(written: Iterable[MeasureReminderRun], measures: Sequence[Measure]) -> set[str]:
    """The occasions of which a measure has been told of since, or is awaited no more."""
    as_told = {measure.pk: measure.updated_at for measure in measures}
    return {run.occasion for run in written if as_told.get(run.measure_id) != run.told_at}


def _with(fate: Fate, these: Iterable[Due]) -> list[Due]:
    return [one for one in these if one.fate is fate]


def _of_few(these: Sequence[Due]) -> list[Due]:
    """What is due at the first MOST partners of *these*, which are in the order of partners."""
    partners = dict.fromkeys(one.measure.organisation_id for one in these)
    few = set(list(partners)[:MOST])
    return [one for one in these if one.measure.organisation_id in few]
