"""Whom a rule reaches at a session, and the letter each of them gets, or why they get none."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from learning.models import (
    AttendanceStatus,
    LearningSession,
    Registration,
    RegistrationState,
    SessionReminder,
    SessionReminderLetter,
    SessionReminderWhom,
)
from learning.places.mails import reminder_prefix
from learning.reminders import due, mails
from learning.reminders.mails import Reader
from partners.models import Message, MessageState, User

log = logging.getLogger(__name__)

SEEN_AS = {
    SessionReminderWhom.ATTENDED.value: [AttendanceStatus.PRESENT],
    SessionReminderWhom.ABSENT.value: [AttendanceStatus.ABSENT, AttendanceStatus.EXCUSED],
}
STANDS_AS = {
    SessionReminderWhom.CONFIRMED.value: RegistrationState.CONFIRMED,
    SessionReminderWhom.WAITING.value: RegistrationState.QUEUED,
}


@dataclass(frozen=True)
class Reached:
    """Somebody a rule is about, with their place and since when they have it, if it is that."""

    person: User
    place: Registration | None = None
    since: datetime | None = None


@dataclass(frozen=True)
class Outcome:
    """How many letters there are by now, how many of them are new, and how many failed."""

    letters: int
    new: int
    failed: int


def reached_by(whom: str, session: LearningSession) -> list[Reached]:
    """Those who are *whom* at *session* (with its lead) and have an address. One query at most."""
    if whom == SessionReminderWhom.LEAD:
        lead = session.lead
        return [Reached(lead)] if lead is not None and lead.is_active and lead.email else []
    can_be = {"person__is_active": True, "person__email__isnull": False}
    if whom in SEEN_AS:
        seen = session.attendances.filter(status__in=SEEN_AS[whom], **can_be)
        return [Reached(one.person) for one in seen.select_related("person").order_by("pk")]
    places = (
        session.registrations.filter(state=STANDS_AS[whom], **can_be)
        .filter(leaves_at=None)  # whoever thinks again before it is too late is reminded then
        .annotate(had_it_since=Coalesce(F("seated_at"), F("created_at")))
        .select_related("person")
        .order_by("pk")
    )
    return [Reached(one.person, one, one.had_it_since) for one in places]


def put(rule: SessionReminder, occasion: str, session: LearningSession, now: datetime) -> Outcome:
    """Write the letters of *rule* that are not written, each person's once.

    Whoever has their place since later than the rule was due is not written to, and a row says so.
    Nor is whoever has been told of all the material there is. *session* is locked in this
    transaction. Eight queries at most for up to 500 people, and one for each language they read.
    """
    letters = _Letters(rule, session, now)
    due_at = due.due_at(rule, session)
    told = set() if letters.is_reminder else mails.told_of_material(session)
    on_time, too_late, number = [], [], 0
    for one in reached_by(rule.whom, session):
        key = mails.key_of(letters.prefix, one.person.pk, occasion)
        if letters.is_reminder and one.since is not None and one.since > due_at:
            too_late += [Reader(key, one.person)] if letters.is_unknown(key) else []
            continue
        number += 1
        missing = "" if one.person.pk in told else letters.missing(key)
        on_time += [Reader(missing, one.person, one.place)] if missing else []
    write = mails.session_reminder if letters.is_reminder else mails.session_material
    unwritten = _write(write, session, on_time, rule.whom, now)
    unsaid = _write(mails.reminder_skipped, session, too_late, rule.whom, now)
    return Outcome(number - unwritten, len(on_time) - unwritten, unwritten + unsaid)


class _Letters:
    """What is written of a kind about a session, by its keys."""

    def __init__(self, rule: SessionReminder, session: LearningSession, now: datetime) -> None:
        self.is_reminder = rule.letter == SessionReminderLetter.REMINDER
        self.is_the_day = self.is_reminder and mails.days_until(session, now) == 0
        prefix = reminder_prefix(session)
        self.prefix = prefix if self.is_reminder else mails.material_prefix(session)
        self.now = now
        known = Message.objects.filter(key__startswith=self.prefix)
        rows = known.values_list("key", "state", "useless_after")
        self.written: dict[str, tuple[str, datetime | None]] = {
            key: (state, useless_after) for key, state, useless_after in rows
        }

    def is_unknown(self, key: str) -> bool:
        return key not in self.written and f"{key}:day" not in self.written

    def missing(self, key: str) -> str:
        """The key of the letter that is to be written; "" if there is one that counts."""
        if not self.is_the_day:
            return "" if key in self.written else key
        of_today = f"{key}:day"
        is_there = of_today in self.written or not (key not in self.written or self._lapsed(key))
        return "" if is_there else of_today

    def _lapsed(self, key: str) -> bool:
        """A letter of the day before that did not leave in time does not count."""
        state, useless_after = self.written[key]
        is_over = useless_after is not None and useless_after <= self.now
        return state == MessageState.SKIPPED and is_over


def _write(
    write: Callable[..., Any],
    session: LearningSession,
    readers: Sequence[Reader],
    whom: str,
    now: datetime,
) -> int:
    """Write to all at once; where that fails one by one, so that nobody costs the others theirs.

    Returns to how many it failed.
    """
    if not readers:
        return 0
    try:
        with transaction.atomic():
            write(session, readers, whom=whom, now=now)
    except Exception:
        if len(readers) == 1:
            log.exception("no reminder of session %s to %s", session.pk, readers[0].person.pk)
            return 1
        return sum(_write(write, session, [reader], whom, now) for reader in readers)
    return 0
