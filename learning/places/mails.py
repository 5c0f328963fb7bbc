"""What we write to people about their place in a session: a function a letter.

The keys begin with what they are about, so that letters overtaken by events can be dropped:
learning.place:<session>:<registration>: and learning.session:<session>:.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import translation

from learning.models import LearningSession, PlaceLink, Registration, RegistrationState
from learning.places import calendar
from partners.models import User
from partners.post import outbox, tokens

NOTHING_YET = {"told": "nothing yet"}

# Of a place and its person, to write to many of them.
_WRITTEN_TO = ["session_id", "seated_at", "person__name", "person__email", "person__language"]


def seat_confirmed(registration: Registration) -> None:
    """You asked and have a seat; with an invitation for the calendar."""
    if registration.created_by_id != registration.person_id:
        _with_invitation(registration, "registered_by_colleague")
    else:
        _with_invitation(registration, "seat_confirmed")


def seat_from_queue(registration: Registration) -> None:
    """Your turn came; the letters about the queue are no longer true."""
    outbox.drop(_place_prefix(registration))
    outbox.drop(reminder_prefix(registration.session, registration.person))
    _with_invitation(registration, "seat_from_queue")


def place_in_queue(registration: Registration) -> None:
    """You are on the waiting list, and in which place (with_place_in_queue)."""
    _put_place(registration, "place_in_queue", place=registration.place_in_queue)


def place_passed_on(registration: Registration) -> None:
    """A colleague has passed their seat on to you; in the queue it waits for its turn."""
    if registration.state == RegistrationState.CONFIRMED:
        occasion = f"passed_on:{registration.person_id}"
        _with_invitation(registration, "registered_by_colleague", occasion)


def forget_place(registration: Registration, person: User) -> None:
    """*person* has the place no more: what waits to be written to them about it is not sent."""
    session = registration.session
    for prefix in (
        _place_prefix(registration),
        f"learning.session:{session.pk}:{registration.pk}:",
    ):
        outbox.drop(prefix)
    outbox.drop(reminder_prefix(session, person))


def place_given_back(
    registration: Registration, *, had_a_seat: bool, has_queue: bool, by: User
) -> None:
    """You are no longer registered; takes a seat out of the calendar again."""
    by_other = None if by == registration.person else by
    told: dict[str, object] = {"has_queue": has_queue, "by_other": by_other}
    letter = "place_given_back" if had_a_seat else "queue_left"
    _put_end(registration, letter, told, had_a_seat=had_a_seat)


def place_forfeited(registration: Registration, *, had_a_seat: bool) -> None:
    """You act for no partner any more, so your place is free for others."""
    letter = "place_forfeited" if had_a_seat else "queue_forfeited"
    _put_end(registration, letter, {}, had_a_seat=had_a_seat)


def _put_end(
    registration: Registration, letter: str, told: dict[str, object], *, had_a_seat: bool
) -> None:
    session, person = registration.session, registration.person
    outbox.drop(_place_prefix(registration))
    outbox.drop(f"learning.session:{session.pk}:{registration.pk}:")
    outbox.drop(reminder_prefix(session, person))
    outbox.put(
        f"{_place_prefix(registration)}{letter}",
        person,
        f"learning/{letter}",
        about(session, person.language, **told),
        calendar=calendar.cancellation(session, person) if had_a_seat else "",
        calendar_method="CANCEL" if had_a_seat else "",
        useless_after=session.ends_at,
    )


def session_moved(session: LearningSession, *, before: Mapping[str, Any]) -> int:
    """Tell those with a place what is no longer as they were told; return how many letters.

    *before* is how the session was. Somebody whose letter about an earlier change still waits was
    told what was so before that one: a change that is taken back in time is told to nobody. In the
    queue nobody knows the meeting link. The number of queries is the same for any number of people.
    """
    places = list(session.registrations.standing().select_related("person").order_by("pk"))
    concerned = [place for place in places if _facts(before, place) != _facts(vars(session), place)]
    first = outbox.waiting(f"learning.place:{session.pk}:")
    changes = outbox.waiting(f"learning.session:{session.pk}:")
    reminders = outbox.waiting(reminder_prefix(session))
    outbox.drop_these(_about_any({**first, **changes}, {place.pk for place in concerned}))
    outbox.drop_these(_untrue(reminders, places, concerned))
    untold, unsent = _unread(first), _unread(changes)
    for place in concerned:
        if place.pk not in unsent or not place.told:
            # Whose first letter has not left was told nothing, so what comes is news to them.
            place.told = _facts(before, place) | (NOTHING_YET if place.pk in untold else {})
    Registration.objects.bulk_update(concerned, ["told"])
    return _put_moved(
        session, [place for place in concerned if place.told != _facts(vars(session), place)]
    )


def _facts(session: Mapping[str, Any], place: Registration) -> dict[str, str]:
    """What letters about *session* tell the holder of *place*."""
    names = ["starts_at", "ends_at", "mode", "venue"]
    names += ["meeting_url"] if place.seated_at else []
    said = {name: session[name] for name in names}
    return {k: v.isoformat() if isinstance(v, datetime) else str(v) for k, v in said.items()}


def _about_any(letters: Iterable[str], these: set[int]) -> list[str]:
    """Of *letters* by their keys, those about one of *these* registrations."""
    return [key for key in letters if _whose(key) in these]


def _untrue(
    reminders: Iterable[str], places: list[Registration], concerned: list[Registration]
) -> list[str]:
    """Of *reminders* by their keys, all but those to people who are told nothing new."""
    changed = {place.pk for place in concerned}
    still_true = {place.person_id for place in places if place.pk not in changed}
    return [key for key in reminders if _whose(key) not in still_true]


def _unread(letters: dict[str, bool]) -> set[int]:
    return {_whose(key) for key, is_unread in letters.items() if is_unread}


def _whose(key: str) -> int:
    return int(key.split(":")[2])


def _put_moved(session: LearningSession, places: list[Registration]) -> int:
    seated = [place.person for place in places if place.seated_at is not None]
    entries = calendar.invitations(session, seated)
    alike: dict[tuple[str, bool, frozenset[str]], list[Registration]] = {}
    for place in places:
        facts = _facts(vars(session), place)
        changed = frozenset(name for name in facts if facts[name] != place.told.get(name))
        kind = place.told["starts_at"], place.seated_at is not None, changed
        alike.setdefault(kind, []).append(place)
    for (start, is_seated, changed), those in alike.items():
        told = {
            "previous_start": datetime.fromisoformat(start),
            "is_seated": is_seated,
            "changed": changed,
        }
        _put_moved_to(session, those, entries, told)
    return len(places)


def _put_moved_to(
    session: LearningSession,
    places: list[Registration],
    entries: dict[int, str],
    told: dict[str, Any],
) -> None:
    own = own_tokens(places)
    any_token, _hash = tokens.new()
    copies = [
        outbox.Copy(
            f"learning.session:{session.pk}:{place.pk}:moved:{session.ical_sequence}",
            place.person,
            calendar=entries.get(place.person_id, ""),
            calendar_method=calendar.method_to(place.person, "REQUEST")
            if told["is_seated"]
            else "",
            token=own.get(place.pk, ""),
        )
        for place in places
    ]
    outbox.put_to_many(
        copies,
        f"learning/session_{'moved' if 'starts_at' in told['changed'] else 'changed'}",
        lambda language: about(
            session, language, **told, withdraw_url=withdraw_address(language, any_token)
        ),
        token=any_token,
        useless_after=session.ends_at,
    )


def own_tokens(places: Iterable[Registration]) -> dict[int, str]:
    """For each place whose holder can get a letter the token of a new link. One query."""
    made = {place.pk: tokens.new() for place in places if place.person.email}
    PlaceLink.objects.bulk_create(
        PlaceLink(registration_id=pk, token_hash=token_hash)
        for pk, (_token, token_hash) in made.items()
    )
    return {pk: token for pk, (token, _hash) in made.items()}


def session_cancelled(session: LearningSession) -> int:
    """Tell everybody with a place that the session is called off; return how many letters.

    The number of queries is the same for any number of people.
    """
    _forget_overtaken(session)
    standing = session.registrations.standing().select_related("person").only(*_WRITTEN_TO)
    places = list(standing.order_by("pk"))
    seated = [registration.person for registration in places if registration.seated_at is not None]
    entries = calendar.cancellations(session, seated)
    for is_seated in (True, False):
        copies = [
            outbox.Copy(
                f"learning.session:{session.pk}:{place.pk}:cancelled",
                place.person,
                calendar=entries.get(place.person_id, ""),
                calendar_method="CANCEL" if place.person_id in entries else "",
            )
            for place in places
            if (place.seated_at is not None) == is_seated
        ]
        _put_cancelled(session, copies, is_seated=is_seated)
    return len(places)


def _put_cancelled(session: LearningSession, copies: list[outbox.Copy], *, is_seated: bool) -> None:
    outbox.put_to_many(
        copies,
        "learning/session_cancelled",
        lambda language: about(session, language, is_seated=is_seated),
        useless_after=session.ends_at,
    )


def reminder_prefix(session: LearningSession, person: User | None = None) -> str:
    """How the keys of the reminders of *session* begin, for outbox.drop; of one person's, if given.

    Drop them when the session is moved or cancelled, and one person's when they withdraw.
    """
    return f"learning.session_reminder:{session.pk}:" + (f"{person.pk}:" if person else "")


def _with_invitation(registration: Registration, letter: str, occasion: str = "") -> None:
    person = registration.person
    invitation = calendar.invitation(registration.session, person)
    method = calendar.method_to(person, "REQUEST")
    _put_place(
        registration,
        letter,
        occasion=occasion or letter,
        calendar=invitation,
        calendar_method=method,
    )


def _put_place(
    registration: Registration,
    letter: str,
    *,
    occasion: str = "",
    place: int = 0,
    calendar: str = "",
    calendar_method: str = "",
) -> None:
    person, session = registration.person, registration.session
    by_other = None if registration.created_by_id == person.pk else registration.created_by
    outbox.put(
        f"{_place_prefix(registration)}{occasion or letter}",
        person,
        f"learning/{letter}",
        about(
            session,
            person.language,
            place=place,
            by_other=by_other,
            withdraw_url=_withdraw_url(registration),
        ),
        calendar=calendar,
        calendar_method=calendar_method,
        useless_after=session.starts_at,
    )


def _withdraw_url(registration: Registration) -> str:
    """Where whoever reads this letter can leave the place without logging in."""
    person = registration.person
    if not person.email:
        return ""  # there will be no letter
    token, token_hash = tokens.new()
    PlaceLink.objects.create(registration=registration, token_hash=token_hash)
    return withdraw_address(person.language, token)


def withdraw_address(language: str, token: str) -> str:
    """Where whoever has a link with *token* can leave their place."""
    with translation.override(language):
        return outbox.absolute(reverse("withdraw_by_link", kwargs={"token": token}))


def _place_prefix(registration: Registration) -> str:
    return f"learning.place:{registration.session_id}:{registration.pk}:"


def _forget_overtaken(session: LearningSession) -> None:
    """Letters of the session that still wait would tell an old time or place."""
    outbox.drop(f"learning.place:{session.pk}:")
    outbox.drop(f"learning.session:{session.pk}:")
    outbox.drop(reminder_prefix(session))


def about(session: LearningSession, language: str, **more: object) -> dict[str, object]:
    """What every letter about *session* tells whoever reads *language*, and *more*."""
    with translation.override(language):
        address = outbox.absolute(reverse("session_detail", kwargs={"pk": session.pk}))
    return {
        "session": session,
        "title": session.title_in(language),
        "session_url": address,
        **more,
    }
