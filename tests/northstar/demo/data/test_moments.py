from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from measures.models import Measure
from northstar.demo.data.moments import own_moments, working_day
from tests.builders import make_measure

WEDNESDAY = datetime(2027, 3, 10, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("in_days", "day"), [(0, 10), (2, 12), (3, 15), (4, 15), (5, 15), (6, 16), (-3, 8), (-4, 8)]
)
def test_a_session_falls_on_a_weekday_at_the_local_hour(in_days, day):
    moment = working_day(WEDNESDAY, in_days, 9, 15)
    assert moment == datetime(2027, 3, day, 9, 15, tzinfo=ZoneInfo("Europe/Stockholm"))


def test_the_hour_is_the_same_after_the_clocks_have_changed():
    winter, summer = working_day(WEDNESDAY, 5, 9), working_day(WEDNESDAY, 19, 9)
    assert (winter.hour, winter.utcoffset()) == (9, timedelta(hours=1))
    assert (summer.hour, summer.utcoffset()) == (9, timedelta(hours=2))


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
