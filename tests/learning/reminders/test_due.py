"""Whose rules hold, when each is due and until when; what counts as missed."""

from datetime import datetime, time, timedelta

import pytest

from learning.models import SessionReminder
from learning.reminders import due, rules
from learning.reminders.due import Fate, Level
from partners.models.moments import STOCKHOLM
from tests.builders import make_rule, make_series, make_session

pytestmark = pytest.mark.django_db
START = datetime(2027, 4, 8, 13, tzinfo=STOCKHOLM)
EVE = datetime(2027, 4, 7, 9, tzinfo=STOCKHOLM)


@pytest.fixture(autouse=True)
def a_month_before(time_machine):
    time_machine.move_to(EVE - timedelta(days=30), tick=False)


@pytest.fixture
def session():
    return make_session(starts_at=START)


def held(session):
    return due.in_force([session])[session.pk]


def amounts(session):
    return [rule.amount for rule in held(session).rules]


def test_the_standard_holds_where_nobody_says_anything_else(session):
    assert (held(session).level, amounts(session)) == (Level.STANDARD, [1])


def test_a_series_takes_its_place_and_a_session_that_of_the_series(session):
    make_rule(series=session.series, amount=5)
    make_rule(series=make_series("En annan"), amount=9)
    assert (held(session).level, amounts(session)) == (Level.SERIES, [5])
    make_rule(session, amount=2)
    make_rule(make_session(starts_at=START), amount=8)
    assert (held(session).level, amounts(session)) == (Level.SESSION, [2])


@pytest.mark.parametrize("sessions", [1, 3])
def test_what_holds_costs_one_query_for_any_number(sessions, django_assert_num_queries):
    made = [make_session(starts_at=START) for _ in range(sessions)]
    for one in made:
        make_rule(one)
    with django_assert_num_queries(1):
        assert len(due.in_force(made)) == sessions


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ({"amount": 1, "clock": time(9)}, EVE),
        ({"amount": 0, "clock": time(7, 30)}, START.replace(hour=7, minute=30)),
        ({"amount": 14, "clock": time(9)}, datetime(2027, 3, 25, 9, tzinfo=STOCKHOLM)),
        ({"amount": 90, "unit": "minutes", "clock": None}, START - timedelta(minutes=90)),
        (
            {"amount": 1, "clock": time(8), "side": "after", "edge": "end"},
            datetime(2027, 4, 9, 8, tzinfo=STOCKHOLM),
        ),
        (
            {"amount": 30, "unit": "minutes", "clock": None, "side": "after", "edge": "end"},
            START + timedelta(hours=3, minutes=30),
        ),
        ({"amount": 0, "clock": time(6), "edge": "end"}, START.replace(hour=6)),
    ],
)
def test_a_rule_is_due_at(session, said, moment):
    assert due.due_at(make_rule(session, **said), session) == moment


def test_it_moves_with_the_session(session):
    rule = make_rule(session, amount=1, clock=time(9))
    session.starts_at += timedelta(days=7)
    session.ends_at += timedelta(days=7)
    assert due.due_at(rule, session) == EVE + timedelta(days=7)


@pytest.mark.parametrize("day", ["2027-03-28", "2027-10-31"])
@pytest.mark.parametrize("quarter", range(4 * 24))
def test_every_quarter_of_the_days_that_change_has_its_moment(day, quarter):
    """Of the rule; that day is a Sunday, so a reminder goes at that time of the Friday before.

    Or of the Thursday: Easter may be then, too.
    """
    clock = time(quarter // 4, quarter % 4 * 15)
    starts_at = datetime.fromisoformat(f"{day}T23:50").replace(tzinfo=STOCKHOLM)
    session = make_session(starts_at=starts_at)
    rule = make_rule(session, amount=0, clock=clock)
    left_out = day == "2027-03-28" and clock.hour == 2
    moment = rule.moment(session.starts_at, session.ends_at).astimezone(STOCKHOLM)
    assert moment.time() == (time(3) if left_out else clock)
    sent = due.due_at(rule, session).astimezone(STOCKHOLM)
    assert (sent.date().isoformat(), sent.time()) == (
        {"2027-03-28": "2027-03-25", "2027-10-31": "2027-10-29"}[day],
        moment.time(),
    )


@pytest.mark.parametrize(
    ("day", "said", "sent"),
    [
        ("2027-04-12", {"amount": 1}, "2027-04-09T09:00"),  # a Monday: on Friday
        ("2027-04-12", {"amount": 2}, "2027-04-09T09:00"),
        ("2027-04-13", {"amount": 1}, "2027-04-12T09:00"),
        ("2027-03-30", {"amount": 1}, "2027-03-25T09:00"),  # the day before is Easter Monday
        ("2027-05-07", {"amount": 1}, "2027-05-05T09:00"),  # Ascension Day
        ("2027-04-10", {"amount": 0}, "2027-04-09T09:00"),  # a session on a Saturday
        ("2027-04-12", {"amount": 26 * 60, "unit": "minutes", "clock": None}, "2027-04-11T11:00"),
    ],
)
def test_a_reminder_of_a_quiet_day_goes_the_working_day_before(day, said, sent):
    starts_at = datetime.fromisoformat(f"{day}T13:00").replace(tzinfo=STOCKHOLM)
    rule = make_rule(make_session(starts_at=starts_at), **{"clock": time(9)} | said)
    found = due.due_at(rule, rule.session)
    assert found.astimezone(STOCKHOLM).isoformat()[:16] == sent
    assert found.utcoffset() == timedelta(0)


def test_what_comes_after_a_session_waits_for_no_working_day(session):
    """It is unasked, so the outbox holds it."""
    said = {"letter": "session_material", "side": "after", "edge": "end", "amount": 2}
    rule = make_rule(session, **said, clock=time(9))
    assert due.due_at(rule, session).astimezone(STOCKHOLM).isoformat()[:10] == "2027-04-10"


def test_the_keys_of_the_day_before_at_nine_are_those_of_yesterdays_code(session):
    usual = make_rule(session, amount=1, clock=time(9))
    other = make_rule(session, amount=2, clock=time(9))
    assert due.occasion(usual, session) == "20270408T1100"
    assert due.occasion(other, session) == "20270408T1100:20270406T0700"


def fate(rule, session, now):
    return due.fate(rule, held(session), session, now)[0]


def test_what_had_been_when_the_rule_was_made_is_not_caught_up(session):
    rule = make_rule(session, amount=1, clock=time(9), counts_from=EVE + timedelta(minutes=1))
    assert fate(rule, session, EVE + timedelta(hours=1)) is Fate.NOTHING


def test_back_to_the_series_nothing_is_written_that_had_been_before(session, lo, time_machine):
    time_machine.move_to(EVE - timedelta(days=1), tick=False)
    make_rule(session)
    time_machine.move_to(EVE + timedelta(hours=1), tick=False)
    rules.take_back(session, by=lo)
    (standard,) = held(session).rules
    assert fate(standard, session, EVE + timedelta(hours=2)) is Fate.NOTHING


def test_a_rule_due_after_the_start_is_never_due(session):
    rule = make_rule(session, amount=0, clock=time(20))
    assert fate(rule, session, START + timedelta(days=1)) is Fate.NOTHING


def test_every_state_of_a_rule_before_the_session(session):
    (standard,) = SessionReminder.objects.standard()
    moments = [EVE - timedelta(seconds=1), EVE, START - timedelta(seconds=1), START]
    assert [fate(standard, session, now) for now in moments] == [
        Fate.NOTHING,
        Fate.RUN,
        Fate.RUN,
        Fate.MISS,
    ]


def test_what_is_left_out_in_haste_is_due_on_no_day_of_two_years(session):
    """Also over Christmas, when a reminder goes many days before the day it is counted for."""
    rules = [
        SessionReminder(letter=letter, edge=edge, side=side, unit=unit, amount=amount, clock=clock)
        for letter, side, edge in [
            ("session_reminder", "before", "start"),
            ("session_material", "after", "end"),
        ]
        for unit, amount, clock in [
            ("days", 0, time(0)),
            ("days", 1, time(23, 59)),
            ("days", 60, time(9)),
            ("minutes", 90, None),
        ]
    ]
    for day in range(730):
        session.starts_at = START + timedelta(days=day)
        session.ends_at = session.starts_at + timedelta(hours=3)
        for rule in rules:
            moment = due.due_at(rule, session)
            assert due.may_be_due(rule, session, moment)
            before = moment - timedelta(days=11)
            assert not due.may_be_due(rule, session, before)


@pytest.mark.parametrize(
    ("start", "days", "moment"),
    [
        (datetime(2028, 2, 29, 13), 1, datetime(2028, 2, 28, 9)),
        (datetime(2028, 3, 1, 13), 1, datetime(2028, 2, 29, 9)),
        (datetime(2028, 2, 29, 13), 29, datetime(2028, 1, 31, 9)),
    ],
)
def test_row_52_the_leap_day_is_a_day_like_others(session, start, days, moment):
    session.starts_at = start.replace(tzinfo=STOCKHOLM)
    rule = make_rule(session, amount=days, clock=time(9))
    assert due.due_at(rule, session) == moment.replace(tzinfo=STOCKHOLM)


def test_row_54_what_falls_on_new_year_goes_in_the_year_before(session):
    """Over a Sunday, a Saturday, a red day, and an eve on which offices are shut, in week 53."""
    session.starts_at = datetime(2027, 1, 4, 13, tzinfo=STOCKHOLM)
    rule = make_rule(session, amount=1, clock=time(9))
    moment = due.due_at(rule, session)
    assert moment == datetime(2026, 12, 30, 9, tzinfo=STOCKHOLM)
    assert moment.isocalendar().week == 53
