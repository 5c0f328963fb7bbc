"""Reminders: the day before at nine by the wall clock, once, and nothing untrue."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone

from learning.models import (
    STANDARD,
    LearningSession,
    RegistrationState,
    SessionReminder,
    SessionReminderRun,
)
from learning.places import leaving
from learning.places import mails as place_mails
from learning.places.registration import withdraw
from learning.reminders import due, mails, rules, running
from partners.models import Message, SwitchedOff, Topic
from partners.post import delivery, holding, outbox
from tests.builders import (
    make_leaving,
    make_person,
    make_registration,
    make_session,
)
from tests.races import at_once

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
    assert running.remind(EVE - timedelta(seconds=1)) == 0
    assert running.remind(EVE) == 1
    assert running.remind(EVE + timedelta(seconds=20)) == 0
    letter = Message.objects.get()
    assert letter.subject == "I morgon kl. 13.00: Budget som hjälper klimatet"
    assert "torsdag 8 april 2027 kl. 13.00–16.00" in letter.text
    assert f"http://localhost:8000/traffar/{seat.session.pk}/" in letter.text


def test_a_missed_hour_is_caught_up_but_not_once_the_session_has_begun(seat):
    assert running.remind(START) == 0
    assert running.remind(START + timedelta(hours=1)) == 0
    assert running.remind(EVE + timedelta(hours=7)) == 1


def test_of_two_missed_the_later_one_says_it_alone(seat):
    week, eve = (
        SessionReminder.objects.create(**STANDARD | {"amount": n}, session=seat.session)
        for n in (5, 1)
    )
    assert running.remind(EVE + timedelta(minutes=1)) == 1
    assert [one.subject[:8] for one in Message.objects.all()] == ["I morgon"]
    became = dict(SessionReminderRun.objects.values_list("rule", "state"))
    assert became == {week.pk: "missed", eve.pk: "done"}
    assert SessionReminderRun.objects.get(rule=week).lapsed_at == EVE


def test_who_has_switched_reminders_off_is_asked_about_once(seat):
    SwitchedOff.objects.create(person=seat.person, topic=Topic.PLACES)
    assert [running.remind(EVE + timedelta(minutes=n)) for n in range(3)] == [1, 0, 0]
    (letter,) = Message.objects.all()
    assert (letter.state, letter.last_error) == ("skipped", holding.UNWANTED)


def test_missed_until_the_day_itself_it_says_today(seat):
    assert running.remind(START - timedelta(hours=4)) == 1
    assert Message.objects.get().subject.startswith("I dag kl. 13.00")


def test_tomorrow_is_never_said_on_the_day_itself(seat, time_machine):
    time_machine.move_to(EVE, tick=False)
    assert running.remind(timezone.now()) == 1  # and then the mail server is down all day
    time_machine.move_to(START - timedelta(hours=5), tick=False)
    delivery.deliver(timezone.now())
    assert mail.outbox == []
    assert running.remind(timezone.now()) == 1
    delivery.deliver(timezone.now())
    assert [letter.subject[:5] for letter in mail.outbox] == ["I dag"]
    assert running.remind(timezone.now()) == 0


def test_who_got_a_seat_after_nine_has_just_had_a_letter(seat, bo):
    make_registration(seat.session, bo, seated_at=EVE + timedelta(minutes=1))
    assert running.remind(EVE + timedelta(hours=1)) == 1
    assert running.remind(EVE + timedelta(hours=2)) == 0
    letters = Message.objects.order_by("recipient__name")
    assert [(one.recipient, one.state) for one in letters] == [
        (seat.person, "waiting"),
        (bo, "skipped"),
    ]
    assert letters[1].last_error == mails.TOO_LATE_FOR_IT
    assert "•••" in letters[1].text


@pytest.mark.parametrize("state", [RegistrationState.QUEUED, RegistrationState.WITHDRAWN])
def test_only_those_with_a_seat_are_reminded(seat, bo, state):
    withdrawn_at = timezone.now() if state == RegistrationState.WITHDRAWN else None
    make_registration(seat.session, bo, state, withdrawn_at=withdrawn_at)
    assert running.remind(EVE) == 1


@pytest.mark.parametrize("change", [{"cancelled_at": EVE}, {"published_at": None}])
def test_a_session_that_is_not_held_reminds_nobody(seat, change):
    type(seat.session).objects.update(**change)
    assert running.remind(EVE) == 0


def test_a_moved_session_is_due_again(seat):
    assert running.remind(EVE) == 1
    session = seat.session
    session.starts_at += timedelta(days=7)
    session.ends_at += timedelta(days=7)
    session.save()
    assert outbox.drop(place_mails.reminder_prefix(session)) == 1
    assert running.remind(EVE + timedelta(hours=1)) == 0
    assert running.remind(EVE + timedelta(days=7)) == 1


def test_who_cannot_come_is_one_step_from_saying_so(seat, client):
    running.remind(EVE)
    letter = Message.objects.get()
    address = re.search(r"http://localhost:8000(/avboka/[\w-]{43}/)", letter.text).group(1)
    page = client.get(address).content.decode()
    assert "Vill du avboka din plats?" in page
    assert seat.session.title in page


def test_one_persons_letter_that_fails_costs_nobody_else_theirs(seat, bo, monkeypatch):
    make_registration(seat.session, bo, seated_at=timezone.now())
    write = mails.session_reminder

    def fails_for_ada(session, readers, **options):
        if seat.person in [reader.person for reader in readers]:
            raise ValueError
        return write(session, readers, **options)

    monkeypatch.setattr(mails, "session_reminder", fails_for_ada)
    assert running.remind(EVE) == 1
    assert Message.objects.get().recipient == bo
    assert not SessionReminderRun.objects.exists()  # nobody says that it is done
    monkeypatch.setattr(mails, "session_reminder", write)
    assert running.remind(EVE + timedelta(minutes=1)) == 1
    assert SessionReminderRun.objects.get().letters == 2


@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [
        ("2027-03-25", 8),  # the last working day before the change: 09:00 = 08:00 UTC
        ("2027-03-31", 7),  # the first after it, for Easter is then: 09:00 is summer time
        ("2027-10-30", 7),
        ("2027-11-02", 8),
    ],
)
def test_nine_is_nine_around_summer_time(ada, day, utc_hour, time_machine):
    time_machine.move_to(datetime(2027, 3, 1, tzinfo=UTC), tick=False)
    starts_at = datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=STOCKHOLM)
    session = make_session(starts_at=starts_at)
    make_registration(session, ada, seated_at=timezone.now())
    (rule,) = due.in_force([session])[session.pk].rules
    moment = due.due_at(rule, session).astimezone(STOCKHOLM)
    assert moment.astimezone(UTC).hour == utc_hour
    assert (moment.hour, moment.date()) == (9, starts_at.date() - timedelta(days=1))
    assert running.remind(moment - timedelta(minutes=1)) == 0
    assert running.remind(moment) == 1


def test_every_turn_of_the_autumn_night_reminds_once(ada):
    """A session at 02:30 on the night that has two, swept from the eve's morning until it is over.

    Its eve is a Saturday, so the reminder goes on the Friday.

    Every fifth minute, and each minute round a turn: nine by the clock in either offset, the first
    02:30, the hour that comes twice.
    """
    starts_at = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)  # the first 02:30
    make_registration(make_session(starts_at=starts_at), ada, seated_at=timezone.now())
    midnight = datetime(2027, 10, 29, tzinfo=UTC)
    turns = [timedelta(hours=hours) for hours in (7, 8, 31, 32, 48, 48.5, 49, 49.5)]
    near = [turn + timedelta(minutes=minute) for turn in turns for minute in range(-5, 6)]
    every_fifth = [timedelta(minutes=minute) for minute in range(6 * 60, 52 * 60, 5)]
    written = []
    for moment in (midnight + since for since in sorted({*near, *every_fifth})):
        written += [moment] * running.remind(moment)
    assert written == [datetime(2027, 10, 29, 7, 0, tzinfo=UTC)]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_sweep_with_nothing_to_do_costs_four_queries(seat, rows, django_assert_num_queries):
    for number in range(rows - 1):
        make_registration(seat.session, make_person(), seated_at=timezone.now())
        other = make_session(f"Träff {number}", starts_at=START)
        SessionReminder.objects.create(**STANDARD | {"amount": 2}, session=other)
        make_registration(other, make_person(), seated_at=timezone.now())
    running.remind(EVE)
    with django_assert_num_queries(4):
        assert running.remind(EVE) == 0


@pytest.mark.parametrize("people", [1, 30])
def test_a_session_that_is_due_costs_the_same_for_any_number_of_people(
    seat, people, django_assert_num_queries
):
    for _ in range(people - 1):
        make_registration(seat.session, make_person(), seated_at=timezone.now())
    with django_assert_num_queries(25):
        assert running.remind(EVE) == people


def test_without_any_session_it_costs_one_query(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert running.remind(EVE) == 0


def test_who_gives_the_seat_back_is_not_reminded_and_the_others_are(seat, bo, time_machine):
    make_registration(seat.session, bo, seated_at=timezone.now())
    time_machine.move_to(EVE, tick=False)
    assert running.remind(EVE) == 2
    withdraw(seat, by=seat.person)

    letters = Message.objects.filter(letter="learning/session_reminder")
    assert dict(letters.values_list("recipient__name", "state")) == {
        "Ada Åström": "skipped",
        "Bo Berg": "waiting",
    }


# What became of it is a row


def rule_of(session, **fields):
    return SessionReminder.objects.create(**STANDARD | fields, session=session)


def runs():
    return list(SessionReminderRun.objects.order_by("due_at").values_list("state", "letters"))


def test_what_was_done_is_a_row_once(seat):
    running.remind(EVE)
    running.remind(EVE + timedelta(minutes=1))
    (run,) = SessionReminderRun.objects.all()
    assert (run.state, run.letters, run.due_at, run.because) == ("done", 1, EVE, "")


def test_what_came_too_late_is_noted_as_missed_with_from_and_to(seat):
    assert running.remind(START + timedelta(hours=1)) == 0
    run = SessionReminderRun.objects.get()
    assert (run.state, run.because, run.letters) == ("missed", "clock", 0)
    assert (run.due_at, run.lapsed_at) == (EVE, START)
    running.remind(START + timedelta(hours=2))
    assert SessionReminderRun.objects.count() == 1


def test_a_clock_that_went_forward_and_back_has_lost_nothing(seat):
    running.remind(START + timedelta(hours=1))
    assert running.remind(EVE) == 1
    assert runs() == [("done", 1)]


def test_a_session_that_was_published_later_says_so(seat):
    LearningSession.objects.update(published_at=EVE + timedelta(minutes=1))
    assert running.remind(EVE + timedelta(hours=1)) == 0
    assert SessionReminderRun.objects.get().because == "unpublished"


def test_nobody_calls_missed_what_was_before_anybody_knew_of_the_session(seat, time_machine):
    time_machine.move_to(START + timedelta(days=3), tick=False)
    listed = make_session("Från en lista", starts_at=START - timedelta(days=1))
    running.remind(timezone.now())
    assert not SessionReminderRun.objects.filter(session=listed).exists()


def test_a_moved_session_has_a_run_for_each_time(seat):
    running.remind(EVE)
    LearningSession.objects.update(
        starts_at=START + timedelta(hours=2), ends_at=START + timedelta(hours=4)
    )
    assert running.remind(EVE + timedelta(hours=1)) == 1
    assert runs() == [("done", 1), ("done", 1)]


def test_whoever_takes_the_seat_again_is_reminded_after_all(seat, time_machine):
    time_machine.move_to(EVE, tick=False)
    make_leaving(seat)
    assert running.remind(EVE) == 0
    leaving.stay(seat)
    assert running.remind(EVE + timedelta(minutes=1)) == 1
    assert runs() == [("done", 1)]


def test_whoever_comes_after_the_moment_finds_a_row_that_says_why(seat, bo):
    running.remind(EVE)
    make_registration(seat.session, bo, seated_at=EVE + timedelta(hours=3))
    assert running.remind(EVE + timedelta(hours=4)) == 0
    letter = Message.objects.get(recipient=bo)
    assert (letter.state, letter.last_error) == ("skipped", mails.TOO_LATE_FOR_IT)
    running.remind(START - timedelta(hours=1))
    assert Message.objects.filter(recipient=bo).count() == 1


# Rules of a session


@pytest.mark.parametrize(("seconds", "letters"), [(5, 1), (-5, 1)], ids=["after", "before"])
def test_times_given_up_around_the_moment_cost_nobody_the_letter(
    seat, lo, seconds, letters, time_machine
):
    """Between its moment and the clock's next turn a rule may go, and another says the same."""
    rules.make_own(seat.session, by=lo)
    time_machine.move_to(EVE + timedelta(seconds=seconds), tick=False)
    rules.take_back(seat.session, by=lo)
    assert running.remind(EVE + timedelta(seconds=20)) == letters
    assert running.remind(EVE + timedelta(seconds=40)) == 0
    assert SessionReminderRun.objects.done().count() == 1


def test_times_given_up_that_were_switched_off_send_nothing_afterwards(seat, lo, time_machine):
    (own,) = rules.make_own(seat.session, by=lo)
    rules.switch(own, on=False, by=lo)
    time_machine.move_to(EVE + timedelta(seconds=5), tick=False)
    rules.take_back(seat.session, by=lo)
    assert running.remind(EVE + timedelta(seconds=20)) == 0


def test_times_given_up_after_they_left_send_nothing_again(seat, lo, time_machine):
    rules.make_own(seat.session, by=lo)
    assert running.remind(EVE) == 1
    time_machine.move_to(EVE + timedelta(hours=1), tick=False)
    rules.take_back(seat.session, by=lo)
    assert running.remind(EVE + timedelta(hours=1)) == 0
    assert Message.objects.count() == 1


def test_a_rule_that_is_switched_off_or_taken_away_writes_nothing(seat):
    rule = rule_of(seat.session, is_off=True)
    assert running.remind(EVE) == 0
    SessionReminder.objects.filter(pk=rule.pk).update(removed_at=EVE + timedelta(minutes=1))
    assert running.remind(EVE + timedelta(hours=1)) == 0  # the others hold from then on


@pytest.mark.parametrize("hour", [0, 1])
def test_a_rule_in_the_hour_that_comes_twice_is_done_once(ada, hour, time_machine):
    """Three hours before 04:30 on the night that has two 02:30: at the first of them, once."""
    time_machine.move_to(datetime(2027, 10, 1, tzinfo=UTC), tick=False)
    session = make_session(starts_at=datetime(2027, 10, 31, 3, 30, tzinfo=UTC))
    make_registration(session, ada, seated_at=timezone.now())
    rule_of(session, amount=180, unit="minutes", clock=None)  # as no day is a working day then
    first = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert running.remind(first - timedelta(seconds=1)) == 0
    assert running.remind(first + timedelta(hours=hour)) == 1
    assert running.remind(first + timedelta(hours=hour, minutes=5)) == 0
    (run,) = SessionReminderRun.objects.all()
    assert run.due_at == first
    assert due.due_at(run.rule, session) == run.due_at


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_write_once(ada):
    SessionReminder.objects.plant()
    session = make_session(starts_at=START)
    make_registration(session, ada, seated_at=timezone.now())
    written = at_once(lambda: running.remind(EVE), lambda: running.remind(EVE))
    assert sorted(written) == [0, 1]
    assert Message.objects.count() == 1
    assert runs() == [("done", 1)]
