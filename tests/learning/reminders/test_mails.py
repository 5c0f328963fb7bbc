"""What rules let people be written: to whom, how it begins, and what it waits for."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from learning.models import (
    STANDARD,
    LearningSession,
    RegistrationState,
    SessionReminder,
    SessionReminderRun,
)
from learning.places import mails as place_mails
from learning.reminders import running
from partners.models import Message
from partners.models.moments import STOCKHOLM
from tests.builders import make_attendance, make_link, make_registration, make_session

pytestmark = pytest.mark.django_db
START = datetime(2027, 4, 8, 13, 0, tzinfo=STOCKHOLM)
EVE = datetime(2027, 4, 7, 9, 0, tzinfo=STOCKHOLM)


@pytest.fixture(autouse=True)
def a_week_before(time_machine):
    time_machine.move_to(EVE - timedelta(days=6), tick=False)


@pytest.fixture
def seat(ada):
    session = make_session(starts_at=START)
    return make_registration(session, ada, seated_at=timezone.now())


def rule_of(session, **fields):
    return SessionReminder.objects.create(**STANDARD | fields, session=session)


def test_own_rules_take_the_place_of_the_others_as_a_whole(seat):
    rule_of(seat.session, amount=3)
    assert running.remind(EVE - timedelta(days=2)) == 1
    assert Message.objects.get().subject.startswith("Torsdag 8 april 2027 kl. 13.00:")
    assert running.remind(EVE) == 0


def test_those_in_the_queue_are_told_that_they_wait_and_the_link_is_not_theirs(seat, bo):
    LearningSession.objects.update(meeting_url="https://mote.example/x")
    make_registration(seat.session, bo, RegistrationState.QUEUED)
    rule_of(seat.session, whom="waiting")
    assert running.remind(EVE) == 1
    letter = Message.objects.get()
    assert letter.recipient == bo
    assert "Du står i kö" in letter.text
    assert "mote.example" not in letter.text


def test_the_lead_is_reminded_without_a_link_to_cancel(seat, lo):
    LearningSession.objects.update(lead=lo)
    rule_of(seat.session, whom="lead", amount=120, unit="minutes", clock=None)
    assert running.remind(START - timedelta(minutes=121)) == 0
    assert running.remind(START - timedelta(minutes=120)) == 1
    letter = Message.objects.get()
    assert letter.recipient == lo
    assert "Du leder träffen i dag" in letter.text
    assert "avboka" not in letter.text.lower()
    assert running.remind(START - timedelta(minutes=119)) == 0


def material_rule(session, whom):
    after = {"letter": "session_material", "side": "after", "edge": "end", "whom": whom}
    return rule_of(session, **after, amount=1)


def test_material_waits_for_attendance_and_material_and_goes_to_those_who_came(seat, bo):
    session = seat.session
    material_rule(session, "attended")
    make_attendance(session, seat.person)
    make_attendance(session, bo, "absent")
    after = EVE + timedelta(days=2)
    assert running.remind(after) == 0
    LearningSession.objects.update(attendance_taken_at=after)
    assert running.remind(after) == 0
    make_link(session)
    assert running.remind(after + timedelta(hours=23)) == 1
    assert Message.objects.get().recipient == seat.person
    assert running.remind(after + timedelta(hours=23)) == 0


@pytest.mark.parametrize(("noted", "why"), [(False, "not_noted"), (True, "no_material")])
def test_material_that_never_came_is_missed_after_a_day(seat, noted, why):
    material_rule(seat.session, "absent")
    after = EVE + timedelta(days=2)
    if noted:
        LearningSession.objects.update(attendance_taken_at=after)
    assert running.remind(after + timedelta(hours=24)) == 0
    run = SessionReminderRun.objects.get()
    assert (run.state, run.because) == ("missed", why)
    assert run.lapsed_at == after + timedelta(hours=24)


def test_the_turn_from_the_queue_takes_back_what_was_said_of_it(seat, bo):
    session = seat.session
    place = make_registration(session, bo, RegistrationState.QUEUED)
    rule_of(session, whom="waiting")
    running.remind(EVE)
    place_mails.seat_from_queue(place)
    letter = Message.objects.get(letter="learning/session_reminder_queue")
    assert letter.state == "skipped"
