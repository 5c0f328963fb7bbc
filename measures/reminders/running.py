"""What the clock does about measures nobody tells of: what is due is written, or missed."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from measures.models import (
    MeasureReminderRun,
    MeasureReminderRunBecause,
    MeasureReminderRunState,
)
from measures.reminders import mails, worklist
from measures.reminders.due import Due
from measures.reminders.mails import Silence
from partners import patience
from partners.models import Message
from partners.patience import patient
from partners.post import outbox, reaching
from partners.post.reaching import Level, Reached

log = logging.getLogger(__name__)

NOTED = ["state", "whom", "occasion", "because", "lapsed_at", "noted_at", "told_at"]

Theirs = tuple[Silence, list[Due]]  # a partner's measures, and the rules that are due for them


def remind(now: datetime) -> int:
    """Write the letters that are due at *now*; return how many. Safe to repeat, and by two at once.

    One a day to the people of a partner, with all its measures; what is due later on that day waits
    for the next. In working hours alone: what was missed is caught up then while it is of use, and
    noted as missed after that. What waits and is true no more is stopped at any hour. As many
    queries for 300 measures as for one; four at most when there is nothing to do.
    """
    if not worklist.to_do(now):
        return 0
    try:
        return _do(now)
    except ValidationError:
        log.warning("measures are busy: their reminders wait for the next time")
        return 0


@patient
@transaction.atomic
def _do(now: datetime) -> int:
    patience.take_turn("measures.reminders")
    work = worklist.to_do(now, hold=True)
    mails.drop(work.untrue)
    due = [*work.write, *work.miss]
    reached = _reached(due)
    kept = _Kept(now)
    kept.runs += [_missed(one, reached[one.measure.organisation_id], now) for one in work.miss]
    silences = _silences(work.write, reached)
    for one in silences:
        if one[0].reached.level is not Level.COORDINATOR:
            kept.write_to_people(one)
    if not work.called_today:
        calls = [one for one in silences if one[0].reached.level is Level.COORDINATOR]
        kept.write_to_coordinators([one for one in calls if one[0].reached.people])
    kept.keep()
    return len(kept.letters)


def _reached(due: list[Due]) -> dict[int, Reached]:
    partners = {one.measure.organisation_id for one in due}
    return reaching.reached(sorted(partners)) if partners else {}


@dataclass
class _Kept:
    """What is written at a moment, and what is noted of it."""

    now: datetime
    letters: list[Message] = field(default_factory=list)
    runs: list[MeasureReminderRun] = field(default_factory=list)

    def write_to_people(self, one: Theirs) -> None:
        silence, _due = one
        occasion = mails.occasion_of(silence.organisation.pk, self.now)
        self._write(lambda: mails.measures_stale(silence, self.now), [one], occasion)

    def write_to_coordinators(self, these: list[Theirs]) -> None:
        """One letter to each, about all partners where nobody else is reached."""
        if these:
            silences = [silence for silence, _due in these]
            occasion = mails.occasion_of_calls(self.now)
            self._write(lambda: mails.partners_to_call(silences, self.now), these, occasion)

    def _write(
        self, write: Callable[[], list[Message]], these: list[Theirs], occasion: str
    ) -> None:
        """Note as done what is written; what fails costs no other, and is tried again."""
        try:
            self.letters += write()
        except Exception:
            log.exception("no reminder of measures")
            return
        self.runs += [
            _done(one, silence, occasion, self.now) for silence, due in these for one in due
        ]

    def keep(self) -> None:
        outbox.put_written(self.letters)
        MeasureReminderRun.objects.bulk_create(
            self.runs,
            update_conflicts=True,
            unique_fields=["measure", "rule", "due_at"],
            update_fields=NOTED,
        )


def _silences(write: list[Due], reached: dict[int, Reached]) -> list[Theirs]:
    """What is to be written, by partner: each measure once, of whichever rules."""
    by_partner: dict[int, list[Due]] = {}
    for one in write:
        by_partner.setdefault(one.measure.organisation_id, []).append(one)
    return [
        (
            Silence(
                due[0].measure.organisation,
                list({one.measure.pk: one.measure for one in due}.values()),
                reached[partner],
            ),
            due,
        )
        for partner, due in by_partner.items()
    ]


def _done(one: Due, silence: Silence, occasion: str, now: datetime) -> MeasureReminderRun:
    return MeasureReminderRun(
        rule=one.rule,
        measure=one.measure,
        due_at=one.at,
        told_at=one.measure.updated_at,
        state=MeasureReminderRunState.DONE,
        whom=silence.reached.level.value,
        occasion=occasion,
        noted_at=now,
    )


def _missed(one: Due, reached: Reached, now: datetime) -> MeasureReminderRun:
    because = MeasureReminderRunBecause
    return MeasureReminderRun(
        rule=one.rule,
        measure=one.measure,
        due_at=one.at,
        told_at=one.measure.updated_at,
        state=MeasureReminderRunState.MISSED,
        because=because.CLOCK if reached.people else because.NOBODY,
        lapsed_at=one.until,
        noted_at=now,
    )
