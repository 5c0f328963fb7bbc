"""Calendar entries: read back as a calendar program reads them."""

from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone
from icalendar import Calendar

from learning.models import RegistrationState
from learning.places import calendar
from tests.builders import make_person, make_registration, make_session

pytestmark = pytest.mark.django_db


def read(text):
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    entry = Calendar.from_ical(text)
    [event] = entry.walk("VEVENT")
    return entry, event


def test_an_invitation_says_what_when_and_where(ada):
    session = make_session(summary_sv="Vi räknar; tillsammans, på riktigt")
    make_registration(session, ada)
    entry, event = read(calendar.invitation(session, ada))
    assert entry["METHOD"] == "REQUEST"
    assert event["STATUS"] == "CONFIRMED"
    assert event["UID"] == f"{session.ical_uid}@northstar"
    assert event.decoded("DTSTART") == session.starts_at.replace(microsecond=0)
    assert event["SUMMARY"] == "Budget som hjälper klimatet"
    assert event["LOCATION"] == "Väven, plan 4"
    assert event["DESCRIPTION"].startswith("Vi räknar; tillsammans, på riktigt")
    assert "METHOD" not in event


def test_only_the_reader_is_named_and_no_reply_is_asked_for(ada, bo):
    session = make_session()
    make_registration(session, ada)
    make_registration(session, bo)
    text = calendar.invitation(session, ada)
    _, event = read(text)
    assert event["ATTENDEE"] == f"mailto:{ada.email}"
    assert event["ATTENDEE"].params["RSVP"] == "FALSE"
    assert event["ORGANIZER"] == "mailto:klimatfardplanen@umea.example"
    assert bo.email not in text


def test_a_reader_of_english_gets_english(ada):
    ada.language = "en"
    session = make_session(title_en="Budgets that help", meeting_url="https://meet.example/1")
    _, event = read(calendar.invitation(session, ada))
    assert event["SUMMARY"] == "Budgets that help"
    assert event["LOCATION"] == "Väven, plan 4, https://meet.example/1"
    assert "/en/" in event["URL"]


def test_a_name_cannot_add_lines(ada):
    ada.name = 'Ada "A"\r\nATTENDEE:mailto:x@evil.example'
    _, event = read(calendar.invitation(make_session(title="Rad\r\nSTATUS:CANCELLED"), ada))
    assert event["STATUS"] == "CONFIRMED"
    assert event["ATTENDEE"] == f"mailto:{ada.email}"


def test_each_entry_of_a_person_is_newer_than_the_one_before(ada):
    session = make_session()

    def sequence(write):
        return read(write(session, ada))[1]["SEQUENCE"]

    seen = []
    for moves in (0, 1):
        session.ical_sequence = moves
        place = make_registration(session, ada)
        seen.append(sequence(calendar.invitation))
        place.state, place.withdrawn_at = RegistrationState.WITHDRAWN, session.created_at
        place.save()
        seen.append(sequence(calendar.cancellation))
    make_registration(session, ada)
    seen.append(sequence(calendar.invitation))
    seen.append(sequence(calendar.cancellation))  # the session itself is cancelled
    assert seen == sorted(set(seen))


def test_a_cancellation_takes_the_same_entry_out(ada):
    session = make_session()
    entry, event = read(calendar.cancellation(session, ada))
    assert (entry["METHOD"], event["STATUS"]) == ("CANCEL", "CANCELLED")
    assert event["UID"] == read(calendar.invitation(session, ada))[1]["UID"]


def test_the_identity_outlives_the_settings(ada, settings):
    session = make_session()
    before = read(calendar.invitation(session, ada))[1]["UID"]
    settings.SITE_URL = "https://annan.example"
    settings.CONTACT_EMAIL = "annan@annan.example"
    settings.DEFAULT_FROM_EMAIL = "Annan <annan@annan.example>"
    after = read(calendar.invitation(session, ada))[1]["UID"]
    assert (after, after.count("@")) == (before, 1)


def test_entries_already_sent_keep_the_identity_they_have(ada):
    session = make_session()
    step = import_module("learning.migrations.0005_calendar_entries_keep_their_identity")
    step.keep(apps, None)
    session.refresh_from_db()
    sent = f"{session.ical_uid}@klimatfardplanen@umea.example"
    assert read(calendar.invitation(session, ada))[1]["UID"] == sent


@pytest.mark.parametrize("state", [None, "queued", "withdrawn", "confirmed"])
def test_a_fetched_file_invites_nobody(as_, ada, state):
    session = make_session()
    if state:
        left = {"withdrawn_at": timezone.now()} if state == "withdrawn" else {}
        make_registration(session, ada, state, **left)
    text = as_(ada).get(f"/traffar/{session.pk}/kalender/").content.decode()
    entry, event = read(text)
    assert (entry["METHOD"], event["STATUS"]) == ("PUBLISH", "CONFIRMED")
    assert "ATTENDEE" not in event


@pytest.mark.parametrize("state", [None, "confirmed"])
def test_a_file_fetched_by_an_old_link_says_that_the_session_is_off(as_, ada, state):
    session = make_session(cancelled_at=timezone.now())
    if state:
        make_registration(session, ada, state)
    text = as_(ada).get(f"/traffar/{session.pk}/kalender/").content.decode()
    entry, event = read(text)
    assert (entry["METHOD"], event["STATUS"]) == ("CANCEL", "CANCELLED")
    assert "ATTENDEE" not in event


def test_the_organiser_is_not_invited_by_themselves(ada):
    ada.email = "Klimatfardplanen@Umea.example"
    session = make_session()
    entry, event = read(calendar.invitation(session, ada))
    assert entry["METHOD"] == calendar.method_to(ada, "REQUEST") == "PUBLISH"
    assert "ATTENDEE" not in event


@pytest.mark.parametrize(
    ("starts_at", "wall", "offset"),
    [
        ("2027-03-27T12:00", "20270327T130000", 1),
        ("2027-03-28T11:00", "20270328T130000", 2),  # the day summer time begins
        ("2027-10-30T11:00", "20271030T130000", 2),
        ("2027-10-31T12:00", "20271031T130000", 1),  # the day it ends
    ],
)
def test_the_wall_clock_is_right_around_summer_time(ada, starts_at, wall, offset):
    session = make_session(starts_at=datetime.fromisoformat(starts_at).replace(tzinfo=UTC))
    text = calendar.invitation(session, ada)
    assert f"DTSTART;TZID=Europe/Stockholm:{wall}" in text
    entry, event = read(text)
    # The zone as the entry itself tells it, without what this computer knows of Stockholm.
    [zone] = entry.walk("VTIMEZONE")
    own = zone.to_tz(lookup_tzid=False)
    local = event.decoded("DTSTART").replace(tzinfo=None)
    assert own.utcoffset(local) == timedelta(hours=offset)
    rules = [part.to_ical() for part in zone.walk() if part.name in {"DAYLIGHT", "STANDARD"}]
    assert all(b"RRULE:FREQ=YEARLY" in rule for rule in rules)
    assert len(rules) == 2


def test_entries_for_many_are_each_reader_s_own(ada, bo, django_assert_num_queries):
    session = make_session()
    make_registration(session, bo)
    eve = make_person("Eve", language="en")
    with django_assert_num_queries(1):
        entries = calendar.invitations(session, [ada, bo, eve])
    for person in (ada, bo, eve):
        assert entries[person.pk] == calendar.invitation(session, person)
    invited = [read(entries[person.pk])[1]["ATTENDEE"] for person in (ada, bo, eve)]
    assert invited == [f"mailto:{person.email}" for person in (ada, bo, eve)]
    assert "/en/" in read(entries[eve.pk])[1]["URL"]
