"""Days by the clock on the wall, minutes as they pass; every quarter of both days that change."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from partners.models import moments
from partners.models.moments import STOCKHOLM

SPRING, AUTUMN, USUAL = date(2027, 3, 28), date(2027, 10, 31), date(2027, 4, 8)
QUARTERS = [time(hour, minute) for hour in range(24) for minute in (0, 15, 30, 45)]


def utc(day, hour, minute=0):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize("day", [SPRING, AUTUMN, USUAL])
@pytest.mark.parametrize("clock", QUARTERS, ids=str)
def test_every_quarter_is_what_the_clock_shows_or_the_next_there_is(day, clock):
    moment = moments.at_clock(day, clock)
    shown = moment.astimezone(STOCKHOLM)
    is_left_out = day == SPRING and clock.hour == 2
    assert shown.time() == (time(3) if is_left_out else clock)
    assert shown.date() == day


def test_the_hour_left_out_in_spring_is_the_moment_it_is_left_out():
    for minute in (0, 15, 30, 45):
        assert moments.at_clock(SPRING, time(2, minute)) == utc(SPRING, 1)
    assert moments.at_clock(SPRING, time(1, 59)) == utc(SPRING, 0, 59)
    assert moments.at_clock(SPRING, time(3)) == utc(SPRING, 1)


@pytest.mark.parametrize("minute", [0, 15, 30, 45])
def test_of_the_hour_that_comes_twice_it_is_the_first(minute):
    assert moments.at_clock(AUTUMN, time(2, minute)) == utc(AUTUMN, 0, minute)


def test_later_on_the_wall_is_never_earlier():
    for day in (SPRING, AUTUMN, USUAL):
        found = [moments.at_clock(day, clock) for clock in QUARTERS]
        assert found == sorted(found)


@pytest.mark.parametrize("days", range(-60, 61))
@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_nine_is_nine_however_many_days_before_or_after(day, days):
    start = datetime.combine(day, time(13), STOCKHOLM)
    found = moments.by_days(start.astimezone(UTC), days, time(9)).astimezone(STOCKHOLM)
    assert (found.time(), found.date()) == (time(9), day + timedelta(days=days))


def test_the_day_is_that_of_the_place_and_not_of_utc():
    late = utc(USUAL, 22, 30)  # half past midnight of the next day in Umeå
    assert moments.by_days(late, -1, time(9)) == datetime.combine(USUAL, time(9), STOCKHOLM)


@pytest.mark.parametrize("quarter", range(4 * 24))
@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_minutes_pass_whatever_the_clocks_do(day, quarter):
    start = utc(day, 0) + timedelta(minutes=15 * quarter)
    for minutes in (-90, -15, 0, 45, 24 * 60):
        found = moments.by_minutes(start.astimezone(STOCKHOLM), minutes)
        assert found - start == timedelta(minutes=minutes)
