"""The demo's rules of reminders: on a series, on one session, and what became of two of them."""

from datetime import datetime, time, timedelta
from typing import Any

from learning.models import (
    STANDARD,
    LearningSession,
    SessionReminder,
    SessionReminderRun,
    SessionReminderRunBecause,
    SessionReminderRunState,
    SessionReminderWhom,
)
from learning.reminders import due
from measures.models import (
    MeasureReminderRun,
    MeasureReminderRunState,
    MeasureReminderWhom,
)
from measures.reminders import due as measures_due
from northstar.demo.data.meetings import FULL, WORKSHOP
from northstar.demo.data.people import Cast

TWICE = [{"amount": 3, "clock": time(8)}, {}]  # three days before, and as usual
OF_THE_FULL_ONE = [
    {"amount": 1, "clock": time(15)},
    {"amount": 2, "whom": SessionReminderWhom.WAITING},
]


def build(sessions: list[LearningSession], cast: Cast, now: datetime) -> None:
    """Two rules on the series of workshops and on the session that is full; a run of each kind."""
    coming = [session for session in sessions if session.starts_at > now]
    workshops = [
        session
        for session in sessions
        if session.capacity == WORKSHOP.seats and session.cancelled_at is None
    ]
    held = [session for session in workshops if session.starts_at <= now]
    if not held or len(coming) <= FULL:
        return
    first, usual = (_rule(said, cast, now, series=held[-1].series) for said in TWICE)
    for said in OF_THE_FULL_ONE:
        _rule(said, cast, now, session=coming[FULL])
    seats = held[-1].registrations.confirmed().count()
    _run(first, held[-1], state=SessionReminderRunState.DONE, letters=seats)
    _run(
        usual,
        held[-1],
        state=SessionReminderRunState.MISSED,
        because=SessionReminderRunBecause.UNPUBLISHED,
        lapsed_at=held[-1].starts_at,
    )


def build_of_measures(now: datetime) -> None:
    """What the portal's own rules did about measures nobody told of: some months of it.

    What is due since then the clock of the demo does itself, and writes the letters.
    """
    rules = measures_due.rules()
    first, last = now - timedelta(days=120), now - measures_due.CATCH_UP
    found = measures_due.of_days(rules, measures_due.measures(rules, first, last), first, last)
    MeasureReminderRun.objects.bulk_create(
        MeasureReminderRun(
            rule=one.rule,
            measure=one.measure,
            due_at=one.at,
            told_at=one.measure.updated_at,
            noted_at=one.at + timedelta(seconds=20),
            state=MeasureReminderRunState.DONE,
            whom=MeasureReminderWhom.CONTACT,
            occasion=f"organisation:{one.measure.organisation_id}:demo:",
        )
        for one in found
    )


def _rule(said: dict[str, Any], cast: Cast, now: datetime, **place: Any) -> SessionReminder:
    return SessionReminder.objects.create(
        **STANDARD | said, **place, created_at=now - timedelta(minutes=5), created_by=cast.lead
    )


def _run(rule: SessionReminder, session: LearningSession, **what: Any) -> None:
    at = due.due_at(rule, session)
    SessionReminderRun.objects.create(
        rule=rule,
        session=session,
        due_at=at,
        starts_at=session.starts_at,
        occasion=due.occasion(rule, session),
        noted_at=what.get("lapsed_at", at) + timedelta(seconds=20),
        **what,
    )
