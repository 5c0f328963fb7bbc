"""What the clock does about reminders: what is due is written, what came too late is noted."""

import logging
from datetime import datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from learning.models import (
    LearningSession,
    SessionReminder,
    SessionReminderRun,
    SessionReminderRunState,
)
from learning.reminders import due, putting
from learning.reminders.due import Fate
from partners.patience import patient

log = logging.getLogger(__name__)

# Of a session, to know whether a rule is due for it; all the words about it would be read in vain.
_ASKED = ["series_id", "starts_at", "ends_at", "published_at", "created_at", "attendance_taken_at"]


def remind(now: datetime) -> int:
    """Write the letters that are due at *now*; return how many. Safe to repeat, and by two at once.

    What nobody wrote at its moment is written later while it is of use, and noted as missed after
    that. Four queries when there is nothing to do, for any number of sessions and people.
    """
    sessions = _sessions(now)
    if not sessions:
        return 0
    held, runs = due.in_force(sessions), due.runs_of(sessions)
    to_do = {session.pk for session in sessions if _is_due(session, held[session.pk], runs, now)}
    lacking = SessionReminderRun.objects.lacking(now, _midnight(now))
    to_do |= set(lacking.values_list("session", flat=True).distinct())
    return sum(_write_to(session.pk, now) for session in sessions if session.pk in to_do)


def _sessions(now: datetime) -> list[LearningSession]:
    """Those that a rule may be due for, the next one first. One query."""
    near = LearningSession.objects.live().filter(
        starts_at__lt=now + due.REACH, ends_at__gt=now - due.REACH
    )
    return list(near.with_material().only(*_ASKED).order_by("starts_at", "pk"))


def _midnight(now: datetime) -> datetime:
    day = timezone.localtime(now).date() + timedelta(days=1)
    return datetime.combine(day, time.min, timezone.get_current_timezone())


def _is_due(
    session: LearningSession,
    held: due.InForce,
    runs: dict[due.Occasion, str],
    now: datetime,
) -> bool:
    return any(_to_do(rule, held, session, runs, now)[0] for rule in held.rules)


def _to_do(
    rule: SessionReminder,
    held: due.InForce,
    session: LearningSession,
    runs: dict[due.Occasion, str],
    now: datetime,
) -> tuple[Fate | None, str]:
    """What is to be done and has not been; None for nothing.

    What was missed is done all the same if there is time again: a clock may go back.
    """
    if rule.is_off or not due.may_be_due(rule, session, now):
        return None, ""
    became = runs.get(due.occasion_of(rule, session))
    if became == SessionReminderRunState.DONE:
        return None, ""
    fate, because = due.fate(rule, held, session, now)
    is_noted = became is not None and fate is Fate.MISS
    return (None, "") if fate is Fate.NOTHING or is_noted else (fate, because)


def _write_to(pk: int, now: datetime) -> int:
    """Each session in a transaction of its own: one that is busy holds up no other."""
    try:
        return _run_all_of(pk, now)
    except ValidationError:
        log.warning("session %s is busy: its reminders wait for the next time", pk)
        return 0


@patient
@transaction.atomic
def _run_all_of(pk: int, now: datetime) -> int:
    # Whoever moves, cancels or withdraws locks the session first: nothing changes while we write.
    list(LearningSession.objects.select_for_update(no_key=True).filter(pk=pk).values_list("pk"))
    live = LearningSession.objects.live().with_material().select_related("lead")
    session = live.filter(pk=pk).first()
    if session is None:
        return 0
    held, runs = due.in_force([session])[pk], due.runs_of([session])
    written = 0
    for rule in held.rules:
        to_do, because = _to_do(rule, held, session, runs, now)
        if to_do is Fate.MISS:
            _note_missed(rule, held, session, because, now)
        elif to_do is Fate.RUN:
            written += _run(rule, session, now)
    lacking = SessionReminderRun.objects.lacking(now, _midnight(now)).filter(session=pk)
    late = SessionReminderRun.objects.filter(pk__in=lacking.values("pk"))
    for run in late.select_related("rule").order_by("pk"):
        written += _complete(run, session, now)
    return written


def _note_missed(
    rule: SessionReminder,
    held: due.InForce,
    session: LearningSession,
    because: str,
    now: datetime,
) -> None:
    _note(
        rule,
        session,
        state=SessionReminderRunState.MISSED,
        because=because,
        lapsed_at=due.caught_up_until(rule, session, held.rules),
        noted_at=now,
    )


def _note(rule: SessionReminder, session: LearningSession, **what: Any) -> None:
    SessionReminderRun.objects.update_or_create(
        rule=rule,
        session=session,
        due_at=due.due_at(rule, session),
        starts_at=session.starts_at,
        defaults={"occasion": due.occasion(rule, session), **what},
    )


def _run(rule: SessionReminder, session: LearningSession, now: datetime) -> int:
    """Write the letters of *rule* to all whom it is for, and note that it is done.

    Where somebody's letter could not be written it is not done: the next sweep tries again.
    """
    outcome = putting.put(rule, due.occasion(rule, session), session, now)
    if not outcome.failed:
        _note(
            rule,
            session,
            state=SessionReminderRunState.DONE,
            letters=outcome.letters,
            because="",
            lapsed_at=None,
            noted_at=now,
        )
    return outcome.new


def _complete(run: SessionReminderRun, session: LearningSession, now: datetime) -> int:
    """Write to those who have no letter of *run*, or none that left in time; see lacking."""
    outcome = putting.put(run.rule, run.occasion, session, now)
    SessionReminderRun.objects.filter(pk=run.pk).update(letters=outcome.letters)
    return outcome.new
