"""What rules of reminders let people be written, before a session and after it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from learning.models import (
    LearningSession,
    MaterialTelling,
    Registration,
    SessionReminderLetter,
    SessionReminderWhom,
)
from learning.places.mails import about, own_tokens, withdraw_address
from partners.models import HIDDEN, Message, MessageQuerySet, MessageState, User
from partners.post import letters, outbox, stopping, tokens

TAKEN_BACK = stopping.reason_of_somebody(
    _("it was not to be told of the material"), _("%(who)s took it back %(when)s")
)
TOO_LATE_FOR_IT = _("got the place after the reminder was due")
_REMINDERS: dict[str, str] = {
    SessionReminderWhom.WAITING: "learning/session_reminder_queue",
    SessionReminderWhom.LEAD: "learning/session_reminder_lead",
}
USEFUL_FOR = timedelta(days=7)  # after it was due: material is no news later


@dataclass(frozen=True)
class Reader:
    """Somebody who is reminded, and of which place; None where it is of none."""

    key: str
    person: User
    place: Registration | None = None


def material_prefix(session: LearningSession) -> str:
    """How the keys of the letters about the material of *session* begin."""
    return f"learning.session_material:{session.pk}:"


def telling_prefix(telling: MaterialTelling) -> str:
    """How the keys of the letters begin that somebody let be written of the material."""
    return f"{material_prefix(telling.session)}told{telling.pk}:"


def letters_of_material(session: LearningSession) -> MessageQuerySet:
    """The letters about the material of *session* that were not called off."""
    letters = Message.objects.filter(key__startswith=material_prefix(session))
    called_off = [outbox.OVERTAKEN, TAKEN_BACK]
    return letters.exclude(state=MessageState.SKIPPED, last_error__in=called_off)


def told_of_material(session: LearningSession) -> set[int]:
    """The people who need not be told of the material of *session*, as nothing is new to them.

    A letter was written to them after the newest of it came, or leaves after that: it says what is
    on the session's page, and tells of that as well. Two queries.
    """
    newest = session.materials.aggregate(at=Max("created_at"))["at"]
    if newest is None:
        return set()
    after_it = Q(created_at__gte=newest) | Q(sent_at__gte=newest)
    tells = after_it | Q(state=MessageState.WAITING) | Q(gathered_in__sent_at__gte=newest)
    readers = letters_of_material(session).filter(tells).values_list("recipient", flat=True)
    return {pk for pk in readers if pk is not None}


def key_of(prefix: str, person: int, occasion: str) -> str:
    return f"{prefix}{person}:{occasion}"


def session_reminder(
    session: LearningSession, readers: Sequence[Reader], *, whom: str, now: datetime
) -> None:
    """Remind *readers*, who are all *whom*, of *session* to come.

    Two queries for 500, and one for each language they read.

    "Tomorrow" is true until midnight only; after that the letter is not sent.
    """
    days = days_until(session, now)
    day = timezone.localtime(session.starts_at)
    midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
    told = _told(days)
    any_token, _hash = tokens.new()
    places = [reader.place for reader in readers if reader.place is not None]
    own = own_tokens(places)
    outbox.put_to_many(
        [
            outbox.Copy(one.key, one.person, token=own.get(one.place.pk, "") if one.place else "")
            for one in readers
        ],
        _reminder_to(whom),
        lambda language: about(
            session, language, **told, withdraw_url=withdraw_address(language, any_token)
        ),
        token=any_token if places else "",
        useless_after=midnight if days == 1 else session.starts_at,
    )


def reminder_skipped(
    session: LearningSession, readers: Iterable[Reader], *, whom: str, now: datetime
) -> None:
    """Keep what *readers* were not sent, with the reason: they have their place since later."""
    readers = list(readers)
    told = _told(days_until(session, now))
    outbox.put_to_many(
        [outbox.Copy(one.key, one.person) for one in readers],
        _reminder_to(whom),
        lambda language: about(session, language, **told, withdraw_url=_hidden_address(language)),
    )
    outbox.drop_these([one.key for one in readers], because=TOO_LATE_FOR_IT)


def session_material(
    session: LearningSession, readers: Sequence[Reader], *, whom: str, now: datetime
) -> None:
    """Tell *readers* that what was shown at *session* is on its page. One query for 500."""
    outbox.put_to_many(
        [outbox.Copy(one.key, one.person) for one in readers],
        "learning/session_material",
        lambda language: about(session, language, has_been=whom == SessionReminderWhom.ATTENDED),
        useless_after=now + USEFUL_FOR,
    )


def preview(letter: str, session: LearningSession, person: User, whom: str, now: datetime) -> str:
    """How *letter* about *session* begins and goes on, as *person* would read it."""
    told = _told(days_until(session, now)) | {"has_been": whom == SessionReminderWhom.ATTENDED}
    address = _hidden_address(person.language)
    context = about(session, person.language, **told, withdraw_url=address)
    is_reminder = letter == SessionReminderLetter.REMINDER
    name = _reminder_to(whom) if is_reminder else f"learning/{letter}"
    written = letters.write(person.language, name, context).to(person.name)
    return f"{written.subject}\n\n{written.text}"


def _hidden_address(language: str) -> str:
    """What stands where a letter that has left had its reader's own link."""
    token, _hash = tokens.new()
    return withdraw_address(language, token).replace(token, HIDDEN)


def days_until(session: LearningSession, now: datetime) -> int:
    """How many midnights there are from *now* to the start of *session*."""
    first, last = (timezone.localtime(moment).date() for moment in (now, session.starts_at))
    return (last - first).days


def _told(days: int) -> dict[str, object]:
    return {"is_same_day": days == 0, "is_later": days > 1}


def _reminder_to(whom: str) -> str:
    """Which letter reminds those who are *whom*."""
    return _REMINDERS.get(whom, "learning/session_reminder")
