"""When a rule is due for a measure: by the wall clock in Umeå, on a working day."""

from datetime import datetime, time, timedelta

import pytest

from measures.models import COUNTED, Measure, MeasureReminder
from measures.reminders import due
from measures.reminders.due import Fate
from partners.models.moments import STOCKHOLM

NINE = datetime(2027, 4, 8, 9, 0, tzinfo=STOCKHOLM)
TOLD = NINE - timedelta(days=180, hours=1)


def rule(**fields):
    made = {"amount": 180, "clock": time(9), "created_at": TOLD}
    return MeasureReminder(**COUNTED | made | fields)


def measure(told=TOLD, **fields):
    made = {"created_at": told, "published_at": told, "updated_at": told}
    return Measure(**made | fields)


@pytest.mark.parametrize("clocks", ["2028-03-26", "2027-10-31"])
@pytest.mark.parametrize("days", [0, 1])
def test_it_is_nine_on_the_wall_on_both_sides_of_the_nights_when_the_clocks_change(clocks, days):
    """The night ends on a Sunday: what is due then goes on the Friday before."""
    told = datetime.fromisoformat(f"{clocks}T15:30").replace(tzinfo=STOCKHOLM)
    stale = measure(told - timedelta(days=180 - days))
    due_at = due.due_at(rule(), stale).astimezone(STOCKHOLM)
    assert (due_at.hour, due_at.minute) == (9, 0)
    assert (due_at.date() - told.date()).days == (-2, 1)[days]


@pytest.mark.parametrize(
    ("after", "fate"),
    [
        (timedelta(seconds=-1), Fate.NOTHING),
        (timedelta(), Fate.RUN),
        (timedelta(days=7, seconds=-1), Fate.RUN),
        (timedelta(days=7), Fate.MISS),
    ],
)
def test_it_is_due_from_its_moment_for_a_week(after, fate):
    assert due.fate(rule(), measure(), [], NINE + after) is fate


@pytest.mark.parametrize(
    ("of_rule", "of_measure"),
    [
        ({"is_off": True}, {}),
        ({"counts_from": NINE + timedelta(seconds=1)}, {}),
        ({}, {"created_at": NINE + timedelta(seconds=1)}),
        ({}, {"published_at": NINE + timedelta(seconds=1)}),
    ],
    ids=str,
)
def test_a_moment_before_there_was_rule_or_measure_is_none(of_rule, of_measure):
    late = NINE + timedelta(minutes=1)
    assert due.fate(rule(**of_rule), measure(**of_measure), [], late) is Fate.NOTHING


def test_the_next_rule_ends_the_time_of_the_one_before_and_one_that_is_off_does_not():
    later = rule(amount=183, clock=time(10))
    first = rule()
    until = due.caught_up_until(first, measure(), [first, later])
    assert until == due.due_at(later, measure())
    later.is_off = True
    assert due.caught_up_until(first, measure(), [first, later]) == NINE + timedelta(days=7)


def test_what_nobody_could_know_of_in_time_is_no_fault():
    young = rule(created_at=NINE + timedelta(days=8))
    assert due.fate(young, measure(), [], NINE + timedelta(days=9)) is Fate.NOTHING
