"""Which rules hold for a session, when each is due, and until when it can be caught up."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from learning.models import (
    STANDARD,
    LearningSession,
    SessionReminder,
    SessionReminderLetter,
    SessionReminderRun,
    SessionReminderRunBecause,
    SessionReminderWhom,
)
from partners.models import ReminderRuleEdge, ReminderRuleSide, ReminderRuleUnit
from partners.post import quiet

CATCH_UP = timedelta(hours=24)  # of what is due after a session; before it until it begins
REACH = timedelta(days=63)  # no rule is due longer before or after than this
EARLIER = timedelta(
    days=9
)  # than so many days before or after it is due at most: days off, a clock


def due_at(rule: SessionReminder, session: LearningSession) -> datetime:
    """When *rule* is due for *session*, in UTC. Nothing else decides on that moment.

    A reminder that is counted in days and falls on a day that is no working day goes at the same
    time of day on the last working day before. Hours and minutes are counted from the session's own
    time, whichever day that is.
    """
    moment = rule.moment(session.starts_at, session.ends_at)
    if rule.letter != SessionReminderLetter.REMINDER or rule.unit != ReminderRuleUnit.DAYS:
        return moment
    return quiet.working_day_before(moment).astimezone(UTC)


def moved_from(rule: SessionReminder, session: LearningSession) -> datetime | None:
    """The moment of *rule* for *session* on a quiet day, from which it was moved, or None."""
    moment = rule.moment(session.starts_at, session.ends_at)
    return moment if moment != due_at(rule, session) else None


def may_be_due(rule: SessionReminder, session: LearningSession, now: datetime) -> bool:
    """False only where *rule* is certainly not due yet: without a calendar, for it is asked of all
    rules at all sessions every few seconds.
    """
    edge = session.starts_at if rule.edge == ReminderRuleEdge.START else session.ends_at
    if rule.unit == ReminderRuleUnit.MINUTES:
        length, early = timedelta(minutes=rule.amount), timedelta(0)
    else:
        length, early = timedelta(days=rule.amount), EARLIER
    return now >= edge + (-length if rule.side == ReminderRuleSide.BEFORE else length) - early


def caught_up_until(
    rule: SessionReminder, session: LearningSession, beside: Iterable[SessionReminder] = ()
) -> datetime:
    """Until when a run of *rule* that was missed is done late.

    A reminder of a week before says nothing that the one of the day before does not: when that one
    of the rules *beside* is due for the same people, the earlier one lapses.
    """
    due = due_at(rule, session)
    if rule.letter != SessionReminderLetter.REMINDER:
        return due + CATCH_UP
    same = [one for one in beside if (one.letter, one.whom) == (rule.letter, rule.whom)]
    later = [at for one in same if not one.is_off and (at := due_at(one, session)) > due]
    return min([session.starts_at, *later])


def occasion(rule: SessionReminder, session: LearningSession) -> str:
    """How the keys of the letters of *rule* end: with the start, and the moment of the rule.

    The moment is left out for the day before at nine. The code of yesterday wrote such keys, and
    whoever has had that letter gets it from no other rule.
    """
    start = f"{session.starts_at.astimezone(UTC):%Y%m%dT%H%M}"
    due = due_at(rule, session)
    if due == due_at(SessionReminder(**STANDARD), session):
        return start
    return f"{start}:{due.astimezone(UTC):%Y%m%dT%H%M}"


class Level(StrEnum):
    """Whose rules hold."""

    SESSION = "session"
    SERIES = "series"
    STANDARD = "standard"


@dataclass(frozen=True)
class InForce:
    """The rules that hold for a session, and from when on they do; NULL: always."""

    level: Level
    rules: list[SessionReminder]
    since: datetime | None = None  # when others, of their own, were taken away
    others: Sequence[SessionReminder] = ()  # those that were taken away

    def counts(self, rule: SessionReminder, session: LearningSession) -> bool:
        """Whether its moment is one of *rule* at *session*: it came after the rule, and these hold.

        What one that was taken away was due for at that very moment, this one takes over: between
        the moment and the clock's next turn nobody loses a letter by that. Who has it gets no other
        one, for both have the same key.
        """
        due = due_at(rule, session)
        if rule.counts_from is not None and due < rule.counts_from:
            return False
        return self.since is None or self.since <= due or self._took_over(rule, session, due)

    def _took_over(self, rule: SessionReminder, session: LearningSession, due: datetime) -> bool:
        return any(
            (one.letter, one.whom) == (rule.letter, rule.whom)
            and not one.is_off
            and (one.counts_from is None or one.counts_from <= due)
            and due_at(one, session) == due
            for one in self.others
            if one.removed_at is not None and due <= one.removed_at
        )


def in_force(sessions: Sequence[LearningSession]) -> dict[int, InForce]:
    """What holds for each of *sessions*, by its key. One query."""
    series = list({session.series_id for session in sessions})
    known = _Known(SessionReminder.objects.concerning(list(sessions), series))
    return {session.pk: _of_session(known, session) for session in sessions}


def in_force_for_series(series: int) -> InForce:
    """What holds for sessions of *series* without rules of their own. One query."""
    return _of_series(_Known(SessionReminder.objects.concerning([], [series])), series)


class _Known:
    """Rules by what they stand on."""

    def __init__(self, rules: Iterable[SessionReminder]) -> None:
        self.of_session = defaultdict[int, list[SessionReminder]](list)
        self.of_series = defaultdict[int, list[SessionReminder]](list)
        self.standard: list[SessionReminder] = []
        for rule in rules:
            if rule.session_id is not None:
                self.of_session[rule.session_id].append(rule)
            elif rule.series_id is not None:
                self.of_series[rule.series_id].append(rule)
            else:
                self.standard.append(rule)


def _of_session(known: _Known, session: LearningSession) -> InForce:
    own = known.of_session[session.pk]
    standing = _standing(own)
    if standing:
        return InForce(Level.SESSION, standing)
    return _of_series(known, session.series_id, own)


def _of_series(known: _Known, series: int, before: Sequence[SessionReminder] = ()) -> InForce:
    """What holds where rules *before* these, of a session's own, were all taken away."""
    own = known.of_series[series]
    standing = _standing(own)
    if standing:
        return InForce(Level.SERIES, standing, _last_taken_away(before), before)
    others = [*before, *own]
    return InForce(Level.STANDARD, _standing(known.standard), _last_taken_away(others), others)


def _standing(rules: Iterable[SessionReminder]) -> list[SessionReminder]:
    return [rule for rule in rules if rule.removed_at is None]


def _last_taken_away(rules: Iterable[SessionReminder]) -> datetime | None:
    return max((rule.removed_at for rule in rules if rule.removed_at), default=None)


class Fate(StrEnum):
    """What is to be done about a rule at a session now."""

    NOTHING = "nothing"  # it is not due, or never was
    RUN = "run"
    MISS = "miss"


def fate(
    rule: SessionReminder, held: InForce, session: LearningSession, now: datetime
) -> tuple[Fate, str]:
    """What is to be done about *rule* at *session* (with_material), live, and why it is missed."""
    due, until = due_at(rule, session), caught_up_until(rule, session, held.rules)
    if rule.is_off or now < due or until <= due or not held.counts(rule, session):
        return Fate.NOTHING, ""
    because = ""
    if session.published_at is not None and due < session.published_at:
        because = SessionReminderRunBecause.UNPUBLISHED
    elif now < until:
        return (Fate.NOTHING if lack(rule, session) else Fate.RUN), ""
    if until <= max(rule.created_at, session.created_at):
        return Fate.NOTHING, ""  # nobody could know of it in time: it is no fault
    return Fate.MISS, because or lack(rule, session) or SessionReminderRunBecause.CLOCK


def lack(rule: SessionReminder, session: LearningSession) -> str:
    """What the letter of *rule* waits for at *session*; "" if for nothing."""
    noted = {SessionReminderWhom.ATTENDED.value, SessionReminderWhom.ABSENT.value}
    if rule.whom in noted and session.attendance_taken_at is None:
        return SessionReminderRunBecause.NOT_NOTED
    if rule.letter == SessionReminderLetter.MATERIAL and not session.material_count:
        return SessionReminderRunBecause.NO_MATERIAL
    return ""


Occasion = tuple[int, int, datetime, datetime]  # session, rule, when it is due, the start


def runs_of(sessions: Sequence[LearningSession]) -> dict[Occasion, str]:
    """What became of rules at *sessions* so far: states. One query."""
    found = SessionReminderRun.objects.filter(session__in=[one.pk for one in sessions])
    rows = found.values_list("session_id", "rule_id", "due_at", "starts_at", "state")
    return {(session, rule, due, start): state for session, rule, due, start, state in rows}


def occasion_of(rule: SessionReminder, session: LearningSession) -> Occasion:
    return session.pk, rule.pk, due_at(rule, session), session.starts_at
