"""A session as a calendar entry, the way Outlook and Google take it (RFC 5545, RFC 6047)."""

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parseaddr

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from icalendar import Calendar, Event, vCalAddress, vText
from icalendar.parser import Contentline, Parameters

from learning.models import LearningSession, Registration, RegistrationState
from partners.models import User
from partners.models.moments import STOCKHOLM
from partners.post import outbox

# A constant: Outlook reads rules from 1970 right, lists of dates (as libraries make them) wrong,
# and a zone that is only named is taken for "floating".
_ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Stockholm
BEGIN:DAYLIGHT
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
END:VTIMEZONE
""".replace("\n", "\r\n")
_INVITED = "ATTENDEE;PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT;RSVP=FALSE;"
_END = "END:VEVENT\r\nEND:VCALENDAR\r\n"


def invitation(session: LearningSession, person: User) -> str:
    """Put *session* in the calendar of *person*, or move it there. One query."""
    return invitations(session, [person])[person.pk]


def cancellation(session: LearningSession, person: User) -> str:
    """Take *session* out of the calendar of *person*: METHOD:CANCEL. One query."""
    return cancellations(session, [person])[person.pk]


def invitations(session: LearningSession, people: Iterable[User]) -> dict[int, str]:
    """As invitation, for each of *people*, by their key. One query."""
    return _entries(session, list(people), "REQUEST")


def cancellations(session: LearningSession, people: Iterable[User]) -> dict[int, str]:
    """As cancellation, for each of *people*, by their key. One query."""
    return _entries(session, list(people), "CANCEL")


def file_for(session: LearningSession, person: User) -> str:
    """*session* as a file to fetch: nobody is invited by it, and one that is off says so."""
    method = "PUBLISH" if session.cancelled_at is None else "CANCEL"
    sequence = _sequences(session, [person], method)[person.pk]
    return _begun(session, person.language, method) + _end(method, sequence)


def method_to(person: User, method: str) -> str:
    """PUBLISH for the organiser: a calendar shows nobody an invitation from themselves."""
    return _method_to(method, is_organiser=_is(person, _sender()))


def _method_to(method: str, *, is_organiser: bool) -> str:
    return "PUBLISH" if method == "REQUEST" and is_organiser else method


def _entries(session: LearningSession, people: list[User], method: str) -> dict[int, str]:
    sequences = _sequences(session, people, method)
    # What all share who read one language, and what all share whose entry is as new.
    begun: dict[tuple[str, str], str] = {}
    ends: dict[tuple[str, int], str] = {}
    entries = {}
    organiser = _sender()
    for person in people:
        is_organiser = _is(person, organiser)
        kind = person.language, _method_to(method, is_organiser=is_organiser)
        end = kind[1], sequences[person.pk]
        if kind not in begun:
            begun[kind] = _begun(session, *kind)
        if end not in ends:
            ends[end] = _end(*end)
        own = "" if is_organiser else _invited(person)
        entries[person.pk] = begun[kind] + own + ends[end]
    return entries


def _begun(session: LearningSession, language: str, method: str) -> str:
    """An entry up to where it becomes somebody's own."""
    with translation.override(language):
        event = _event(session)
    calendar = Calendar()
    calendar.add("prodid", "-//Umea klimatfardplan//Northstar//SV")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(event)
    text = str(calendar.to_ical(sorted=False).decode()).removesuffix(_END)
    # As text: to write the zone anew for each letter took half the time of the whole entry.
    return text.replace("BEGIN:VEVENT", f"{_ZONE}BEGIN:VEVENT", 1)


def _invited(person: User) -> str:
    """The line of an entry that invites *person*: the reader alone, for who else comes is no
    business of theirs; no reply is asked for.

    What all have alike is a line folded by hand, so that the rest is short enough to need no fold.
    """
    name = Parameters({"CN": str(person)}).to_ical().decode()
    own = Contentline(f"{name}:mailto:{person.email}")
    return f"{_INVITED}\r\n {own.to_ical().decode()}\r\n"


def _end(method: str, sequence: int) -> str:
    """The rest of an entry, below whom it invites."""
    event = Event()
    event.add("sequence", sequence)
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    text = str(event.to_ical(sorted=False).decode())
    return text.removeprefix("BEGIN:VEVENT\r\n") + "END:VCALENDAR\r\n"


def _event(session: LearningSession) -> Event:
    address = outbox.absolute(reverse("session_detail", kwargs={"pk": session.pk}))
    event = Event()
    event.add("uid", session.calendar_uid)
    event.add("dtstamp", timezone.now().astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", _local(session.starts_at))
    event.add("dtend", _local(session.ends_at))
    event.add("summary", session.title)
    event.add("description", "\n\n".join(filter(None, [session.summary, address])))
    event.add("location", ", ".join(filter(None, [session.venue, session.meeting_url])))
    event.add("url", address)
    event.add("organizer", _organiser())
    return event


def _local(moment: datetime) -> datetime:
    return moment.astimezone(STOCKHOLM).replace(microsecond=0)


def _sender() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def _is(person: User, organiser: str) -> bool:
    return (person.email or "").casefold() == organiser.casefold()


def _organiser() -> vCalAddress:
    # The sender of the letter: Outlook shows no buttons when the two differ.
    organiser = vCalAddress(f"mailto:{_sender()}")
    organiser.params["CN"] = vText(settings.PORTAL_NAME)
    return organiser


def _sequences(session: LearningSession, people: list[User], method: str) -> dict[int, int]:
    """Higher in each entry of a person than in the one before, whoever caused the change.

    A move of the session counts a hundred; each registration and each withdrawal of the person
    counts one, for a calendar that has seen a cancellation takes only something newer. One query.
    """
    rows = Registration.objects.filter(session=session, person__in=people)
    withdrawn: dict[int, list[bool]] = {person.pk: [] for person in people}
    for person, state in rows.values_list("person", "state"):
        withdrawn[person].append(state == RegistrationState.WITHDRAWN)
    return {
        person: 100 * session.ical_sequence
        + len(ends)
        + sum(ends)
        + (method == "CANCEL" and not all(ends))
        for person, ends in withdrawn.items()
    }
