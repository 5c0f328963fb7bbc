"""What a lead reads about reminders: when each leaves, what became of it, who got none and why."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from learning.models import (
    LearningSession,
    RegistrationState,
    SessionReminder,
    SessionReminderLetter,
    SessionReminderRun,
    SessionReminderRunState,
    SessionReminderWhom,
)
from learning.places.mails import reminder_prefix
from learning.reminders import due, mails, words
from learning.reminders.due import InForce
from partners.models import Message, MessageState

MOST_NAMED = 100


class State(StrEnum):
    """How a reminder of a session stands."""

    OFF = "off"
    NEVER = "never"  # the session has begun by then
    COMING = "coming"
    WAITS = "waits"  # for attendance, or material
    NOW = "now"  # it is due, and the clock's next turn writes it
    DONE = "done"
    MISSED = "missed"
    TOO_EARLY = "too_early"  # its moment had passed when the rule was made
    UNKNOWN = "unknown"  # its moment has passed, and nobody noted what became of it


LOOKS = {
    State.OFF: "plain",
    State.NEVER: "warn",
    State.COMING: "info",
    State.WAITS: "warn",
    State.NOW: "info",
    State.DONE: "ok",
    State.MISSED: "err",
    State.TOO_EARLY: "plain",
    State.UNKNOWN: "plain",
}


@dataclass(frozen=True)
class Line:
    """One reminder of a session: what it says, when it leaves and what became of it."""

    rule: SessionReminder
    words: str
    due_at: datetime
    state: State
    run: SessionReminderRun | None = None
    moved_from: datetime | None = None  # a day on which nobody is reminded

    @property
    def look(self) -> str:
        return LOOKS[self.state]

    @property
    def is_reminder(self) -> bool:
        return self.rule.letter == SessionReminderLetter.REMINDER

    @property
    def is_next(self) -> bool:
        """It is to come, before the session, to those who have a seat."""
        to_seats = self.rule.whom == SessionReminderWhom.CONFIRMED
        return self.is_reminder and to_seats and self.state is State.COMING


@dataclass(frozen=True)
class Outlook:
    """All reminders of a session: those that hold now, and what others did before."""

    held: InForce
    lines: list[Line]
    earlier: list[Line]


@dataclass(frozen=True)
class Unsent:
    """Somebody who got none, of which reminder, and why."""

    name: str
    which: str  # "" if it is of none: nothing reaches them
    why: str


def of(session: LearningSession, now: datetime) -> Outlook:
    """The reminders of *session* (with_material) at *now*. Two queries."""
    held = due.in_force([session])[session.pk]
    found = SessionReminderRun.objects.filter(session=session).select_related("rule")
    runs = list(found.order_by("due_at", "pk"))
    by_occasion = {(run.rule_id, run.due_at, run.starts_at): run for run in runs}
    lines = []
    for rule in held.rules:
        at = due.due_at(rule, session)
        run = by_occasion.pop((rule.pk, at, session.starts_at), None)
        state = _state(rule, held, session, run, now)
        moved = due.moved_from(rule, session)
        lines.append(Line(rule, words.in_words(rule), at, state, run, moved))
    earlier = [
        Line(run.rule, words.in_words(run.rule), run.due_at, _became(run), run)
        for run in by_occasion.values()
    ]
    return Outlook(held, sorted(lines, key=lambda line: line.due_at), earlier)


def coming(now: datetime, until: datetime) -> list[tuple[datetime, str, LearningSession]]:
    """What rules will do after *now* and up to *until*: when, which letter, and at which session.

    Two queries.
    """
    near = LearningSession.objects.live().filter(
        starts_at__lt=until + due.REACH, ends_at__gt=now - due.REACH
    )
    sessions = list(near.order_by("starts_at", "pk"))
    in_force = due.in_force(sessions)
    return [
        (at, words.letter_in_words(rule), session)
        for session in sessions
        for rule in in_force[session.pk].rules
        if not rule.is_off and now < (at := due.due_at(rule, session)) <= until
    ]


def gone_out(rule: SessionReminder, now: datetime) -> list[SessionReminderRun]:
    """What *rule* wrote to people of sessions that have not begun, the latest first. One query.

    Changed, it writes to them once more.
    """
    done = SessionReminderRun.objects.done().filter(rule=rule, letters__gt=0)
    return list(done.filter(starts_at__gt=now).order_by("-due_at", "-pk"))


def _became(run: SessionReminderRun) -> State:
    return State.DONE if run.state == SessionReminderRunState.DONE else State.MISSED


def _state(
    rule: SessionReminder,
    held: InForce,
    session: LearningSession,
    run: SessionReminderRun | None,
    now: datetime,
) -> State:
    if run is not None:
        return _became(run)
    at = due.due_at(rule, session)
    until = due.caught_up_until(rule, session, held.rules)
    stands = {
        State.OFF: rule.is_off,
        State.NEVER: until <= at,
        State.COMING: now < at,
        State.TOO_EARLY: not held.counts(rule, session),
        State.UNKNOWN: until <= now,
        State.WAITS: bool(due.lack(rule, session)),
    }
    return next((state for state, is_so in stands.items() if is_so), State.NOW)


def unsent(session: LearningSession, found: Outlook) -> list[Unsent]:
    """Who got none of the letters of *session*, the latest first, and why. Three queries.

    *found* is its outlook: a letter's key ends with the occasion of its reminder.
    """
    named = _named(session, found)
    kinds = (reminder_prefix(session), mails.material_prefix(session))
    told = []
    for prefix in kinds:
        letters = Message.objects.filter(
            key__startswith=prefix, state__in=[MessageState.SKIPPED, MessageState.FAILED]
        )
        for letter in letters.select_related("recipient").order_by("-pk")[:MOST_NAMED]:
            occasion = letter.key.removeprefix(prefix).partition(":")[2]
            which = named.get((letter.letter, occasion), "")
            why = _(letter.last_error or "no reason noted")
            told.append(Unsent(str(letter.recipient), which, why))
    standing = session.registrations.filter(
        state__in=[RegistrationState.CONFIRMED, RegistrationState.QUEUED]
    )
    unreachable = standing.filter(person__email__isnull=True) | standing.filter(
        person__is_active=False
    )
    for place in unreachable.select_related("person").order_by("pk")[:MOST_NAMED]:
        is_in = place.person.is_active
        why = _("the person has no address") if is_in else _("the person may not log in any more")
        told.append(Unsent(str(place.person), "", why))
    return told


def _named(session: LearningSession, found: Outlook) -> dict[tuple[str, str], str]:
    """The reminders of *session* in words, by their letter and occasion, in the order of both."""
    earlier = [(line.run.occasion, line.rule) for line in found.earlier if line.run]
    all_of_them = earlier + [(due.occasion(line.rule, session), line.rule) for line in found.lines]
    return {(f"learning/{rule.letter}", at): words.when(rule) for at, rule in all_of_them}
