"""Reminders: the day before at nine by the wall clock, once, and nothing untrue."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone

from learning.models import RegistrationState
from learning.places import mails, reminders
from learning.places import mails as place_mails
from learning.places.registration import withdraw
from partners.models import Message
from partners.post import delivery, outbox
from tests.builders import make_person, make_registration, make_session

pytestmark = pytest.mark.django_db
STOCKHOLM = ZoneInfo("Europe/Stockholm")
START = datetime(2027, 4, 8, 13, 0, tzinfo=STOCKHOLM)
EVE = datetime(2027, 4, 7, 9, 0, tzinfo=STOCKHOLM)


@pytest.fixture(autouse=True)
def a_week_before(time_machine):
    time_machine.move_to(EVE - timedelta(days=6), tick=False)


@pytest.fixture
def seat(ada):
    session = make_session(starts_at=START)
    return make_registration(session, ada, seated_at=timezone.now())


def test_not_before_nine_then_once(seat):
    assert reminders.remind(EVE - timedelta(seconds=1)) == 0
    assert reminders.remind(EVE) == 1
    assert reminders.remind(EVE + timedelta(seconds=20)) == 0
    letter = Message.objects.get()
    assert letter.subject == "I morgon kl. 13.00: Budget som hjälper klimatet"
    assert "torsdag 8 april 2027 kl. 13.00–16.00" in letter.text
    assert f"http://localhost:8000/traffar/{seat.session.pk}/" in letter.text


def test_a_missed_hour_is_caught_up_but_not_once_the_session_has_begun(seat):
    assert reminders.remind(START) == 0
    assert reminders.remind(START + timedelta(hours=1)) == 0
    assert reminders.remind(EVE + timedelta(hours=7)) == 1


def test_missed_until_the_day_itself_it_says_today(seat):
    assert reminders.remind(START - timedelta(hours=4)) == 1
    assert Message.objects.get().subject.startswith("I dag kl. 13.00")


def test_tomorrow_is_never_said_on_the_day_itself(seat, time_machine):
    time_machine.move_to(EVE, tick=False)
    assert reminders.remind(timezone.now()) == 1  # and then the mail server is down all day
    time_machine.move_to(START - timedelta(hours=5), tick=False)
    delivery.deliver(timezone.now())
    assert mail.outbox == []
    assert reminders.remind(timezone.now()) == 1
    delivery.deliver(timezone.now())
    assert [letter.subject[:5] for letter in mail.outbox] == ["I dag"]
    assert reminders.remind(timezone.now()) == 0


def test_who_got_a_seat_after_nine_has_just_had_a_letter(seat, bo):
    make_registration(seat.session, bo, seated_at=EVE + timedelta(minutes=1))
    assert reminders.remind(EVE + timedelta(hours=1)) == 1
    assert Message.objects.get().recipient == seat.person


@pytest.mark.parametrize("state", [RegistrationState.QUEUED, RegistrationState.WITHDRAWN])
def test_only_those_with_a_seat_are_reminded(seat, bo, state):
    withdrawn_at = timezone.now() if state == RegistrationState.WITHDRAWN else None
    make_registration(seat.session, bo, state, withdrawn_at=withdrawn_at)
    assert reminders.remind(EVE) == 1


@pytest.mark.parametrize("change", [{"cancelled_at": EVE}, {"published_at": None}])
def test_a_session_that_is_not_held_reminds_nobody(seat, change):
    type(seat.session).objects.update(**change)
    assert reminders.remind(EVE) == 0


def test_a_moved_session_is_due_again(seat):
    assert reminders.remind(EVE) == 1
    session = seat.session
    session.starts_at += timedelta(days=7)
    session.ends_at += timedelta(days=7)
    session.save()
    assert outbox.drop(place_mails.reminder_prefix(session)) == 1
    assert reminders.remind(EVE + timedelta(hours=1)) == 0
    assert reminders.remind(EVE + timedelta(days=7)) == 1


def test_who_cannot_come_is_one_step_from_saying_so(seat, client):
    reminders.remind(EVE)
    letter = Message.objects.get()
    address = re.search(r"http://localhost:8000(/avboka/[\w-]{43}/)", letter.text).group(1)
    page = client.get(address).content.decode()
    assert "Vill du avboka din plats?" in page
    assert seat.session.title in page


def test_one_persons_letter_that_fails_costs_nobody_else_theirs(seat, bo, monkeypatch):
    make_registration(seat.session, bo, seated_at=timezone.now())
    write = mails.session_reminder

    def fails_for_ada(registration, **options):
        if registration == seat:
            raise ValueError
        return write(registration, **options)

    monkeypatch.setattr(mails, "session_reminder", fails_for_ada)
    assert reminders.remind(EVE) == 1
    assert Message.objects.get().recipient == bo


@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [
        ("2027-03-28", 8),  # the day before the change, at 09:00 = 08:00 UTC
        ("2027-03-29", 7),  # the day of the change itself: 09:00 is already summer time
        ("2027-10-31", 7),
        ("2027-11-01", 8),
    ],
)
def test_nine_is_nine_around_summer_time(ada, day, utc_hour, time_machine):
    time_machine.move_to(datetime(2027, 3, 1, tzinfo=UTC), tick=False)
    starts_at = datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=STOCKHOLM)
    session = make_session(starts_at=starts_at)
    make_registration(session, ada, seated_at=timezone.now())
    due = reminders.due_at(session)
    assert due.astimezone(UTC).hour == utc_hour
    assert (due.hour, due.date()) == (9, starts_at.date() - timedelta(days=1))
    assert reminders.remind(due - timedelta(minutes=1)) == 0
    assert reminders.remind(due) == 1


def test_every_turn_of_the_autumn_night_reminds_once(ada):
    """A session at 02:30 on the night that has two, swept from the day before until it is over.

    Every fifth minute, and each minute round a turn: nine by the clock in either offset, the first
    02:30, the hour that comes twice.
    """
    starts_at = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)  # the first 02:30
    make_registration(make_session(starts_at=starts_at), ada, seated_at=timezone.now())
    midnight = datetime(2027, 10, 30, tzinfo=UTC)
    turns = [timedelta(hours=hours) for hours in (7, 8, 24, 24.5, 25, 25.5)]
    near = [turn + timedelta(minutes=minute) for turn in turns for minute in range(-5, 6)]
    every_fifth = [timedelta(minutes=minute) for minute in range(6 * 60, 28 * 60, 5)]
    written = []
    for moment in (midnight + since for since in sorted({*near, *every_fifth})):
        written += [moment] * reminders.remind(moment)
    assert written == [datetime(2027, 10, 30, 7, 0, tzinfo=UTC)]


@pytest.mark.parametrize("people", [1, 3])
def test_a_sweep_with_nothing_to_do_costs_three_queries(seat, people, django_assert_num_queries):
    for _ in range(people - 1):
        make_registration(seat.session, make_person(), seated_at=timezone.now())
    reminders.remind(EVE)
    with django_assert_num_queries(3):
        assert reminders.remind(EVE) == 0


def test_who_gives_the_seat_back_is_not_reminded_and_the_others_are(seat, bo, time_machine):
    make_registration(seat.session, bo, seated_at=timezone.now())
    time_machine.move_to(EVE, tick=False)
    assert reminders.remind(EVE) == 2
    withdraw(seat, by=seat.person)

    letters = Message.objects.filter(letter="learning/session_reminder")
    assert dict(letters.values_list("recipient__name", "state")) == {
        "Ada Åström": "skipped",
        "Bo Berg": "waiting",
    }
