import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from measures.models import Measure
from northstar.demo.data.moments import (
    meeting_days,
    own_moments,
    when_people_register,
    working_day,
)
from tests.builders import make_measure

WEDNESDAY = datetime(2027, 3, 10, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize("month", range(1, 13))
def test_sessions_are_on_days_when_people_meet(month):
    now = datetime(2027, month, 10, 11, 0, tzinfo=UTC)
    days = meeting_days(now, 24, 9)
    assert days == sorted(set(days))
    assert [sum(day < now.date() for day in days), len(days)] == [24, 33]
    assert not [day for day in days if day.weekday() > 4 or day.month == 7]
    assert (12, 24) not in {(day.month, day.day) for day in days}


def test_a_year_lies_behind_however_many_sessions_there_were():
    for past in (6, 9, 12):
        days = meeting_days(WEDNESDAY, past, 1)
        assert 250 < (days[-2] - days[0]).days < 400
        assert len({day.weekday() for day in days[:-1]}) > 2


# Easter is on 28 March in 2027, so the 26th and 29th are red, and Ascension Day is 6 May.
@pytest.mark.parametrize(
    ("day", "off"),
    [
        (date(2027, 3, 25), True),
        (date(2027, 3, 26), True),
        (date(2027, 3, 29), True),
        (date(2027, 3, 30), False),
        (date(2027, 5, 6), True),
        (date(2027, 5, 7), True),
        (date(2027, 5, 10), False),
        (date(2028, 4, 14), True),
        (date(2038, 4, 26), True),
        (date(2027, 1, 6), True),
    ],
)
def test_nobody_meets_at_easter_nor_on_the_day_after_a_red_thursday(day, off):
    before = datetime.combine(day - timedelta(days=4), WEDNESDAY.timetz())
    assert (day in meeting_days(before, 1, 1)) is not off


def test_nobody_works_on_a_red_day():
    maundy_thursday = datetime(2027, 3, 25, 11, 0, tzinfo=UTC)
    assert working_day(maundy_thursday, 1, 9).date() == date(2027, 3, 30)


def test_a_session_of_tomorrow_is_looked_for_after_the_weekend():
    assert meeting_days(WEDNESDAY, 1, 2) == [date(2027, 3, 8), date(2027, 3, 15), date(2027, 3, 22)]


@pytest.mark.django_db
def test_rows_keep_the_moments_they_are_given_only_within(bostaden):
    then = WEDNESDAY - timedelta(days=300)
    with own_moments():
        inside = make_measure(bostaden, created_at=then, updated_at=then)
    outside = make_measure(bostaden, created_at=then, updated_at=then)
    assert Measure.objects.get(pk=inside.pk).updated_at == then
    assert Measure.objects.get(pk=outside.pk).updated_at > then


@pytest.mark.django_db
def test_a_failure_within_leaves_the_clock_of_rows_running(bostaden):
    with pytest.raises(ZeroDivisionError), own_moments():
        raise ZeroDivisionError
    then = WEDNESDAY - timedelta(days=300)
    assert make_measure(bostaden, created_at=then).created_at > then


@pytest.mark.parametrize(
    ("in_days", "day"), [(0, 10), (2, 12), (3, 15), (4, 15), (5, 15), (6, 16), (-3, 8), (-4, 8)]
)
def test_work_is_done_on_a_weekday_at_the_local_hour(in_days, day):
    moment = working_day(WEDNESDAY, in_days, 9, 15)
    assert moment == datetime(2027, 3, day, 9, 15, tzinfo=ZoneInfo("Europe/Stockholm"))


def test_people_register_in_turn_while_they_can_and_by_day():
    first = WEDNESDAY - timedelta(days=40)
    moments = when_people_register(first, WEDNESDAY, 60, random.Random(1))
    assert len(moments) == 60
    assert moments == sorted(moments)
    assert all(first < moment < WEDNESDAY for moment in moments)
    by_day = [m for m in moments if 7 <= m.astimezone(ZoneInfo("Europe/Stockholm")).hour < 20]
    assert len(by_day) > 50
