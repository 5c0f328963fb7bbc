"""A session as a calendar entry, the way Outlook and Google take it (RFC 5545, RFC 6047)."""

from datetime import UTC, datetime
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone, translation
from icalendar import Calendar, Event, vCalAddress, vText

from learning.models import LearningSession, Registration, RegistrationState
from partners.models import User
from partners.post import outbox

STOCKHOLM = ZoneInfo("Europe/Stockholm")
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


def invitation(session: LearningSession, person: User) -> str:
    """Put *session* in the calendar of *person*, or move it there. One query."""
    return _entry(session, person, method_to(person, "REQUEST"))


def cancellation(session: LearningSession, person: User) -> str:
    """Take *session* out of the calendar of *person*: METHOD:CANCEL. One query."""
    return _entry(session, person, "CANCEL")


def file_for(session: LearningSession, person: User) -> str:
    """*session* as a file to fetch: nobody is invited by it, and one that is off says so."""
    return _entry(session, person, "PUBLISH" if session.cancelled_at is None else "CANCEL", [])


def method_to(person: User, method: str) -> str:
    """PUBLISH for the organiser: a calendar shows nobody an invitation from themselves."""
    return "PUBLISH" if method == "REQUEST" and _is_organiser(person) else method


def _entry(
    session: LearningSession, person: User, method: str, invited: list[User] | None = None
) -> str:
    with translation.override(person.language):
        event = _event(session, person)
    invited = [person] if invited is None else invited
    for each in invited:
        if not _is_organiser(each):
            event.add("attendee", _attendee(each))
    event.add("sequence", _sequence(session, person, method))
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//Umea klimatfardplan//Northstar//SV")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(event)
    text = str(calendar.to_ical(sorted=False).decode())
    # As text: to write the zone anew for each letter took half the time of the whole entry.
    return text.replace("BEGIN:VEVENT", f"{_ZONE}BEGIN:VEVENT", 1)


def _event(session: LearningSession, person: User) -> Event:
    address = outbox.link(person, "session_detail", pk=session.pk)
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


def _is_organiser(person: User) -> bool:
    return (person.email or "").casefold() == _sender().casefold()


def _organiser() -> vCalAddress:
    # The sender of the letter: Outlook shows no buttons when the two differ.
    organiser = vCalAddress(f"mailto:{_sender()}")
    organiser.params["CN"] = vText(settings.PORTAL_NAME)
    return organiser


def _attendee(person: User) -> vCalAddress:
    """The reader alone, for who else comes is no business of theirs; no reply is asked for."""
    attendee = vCalAddress(f"mailto:{person.email}")
    attendee.params["CN"] = vText(str(person))
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("ACCEPTED")
    attendee.params["RSVP"] = vText("FALSE")
    return attendee


def _sequence(session: LearningSession, person: User, method: str) -> int:
    """Higher in each entry of a person than in the one before, whoever caused the change.

    A move of the session counts a hundred; each registration and each withdrawal of the person
    counts one, for a calendar that has seen a cancellation takes only something newer.
    """
    states = Registration.objects.filter(session=session, person=person)
    withdrawn = [s == RegistrationState.WITHDRAWN for s in states.values_list("state", flat=True)]
    steps = len(withdrawn) + sum(withdrawn)
    if method == "CANCEL" and not all(withdrawn):
        steps += 1
    return 100 * session.ical_sequence + steps
