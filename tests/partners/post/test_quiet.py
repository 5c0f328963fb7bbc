"""Working hours in Umeå: weekends, red days, eves, and both nights when the clocks change."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from partners.models.moments import STOCKHOLM
from partners.post import quiet


def here(text):
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)


@pytest.mark.parametrize(
    "day",
    [
        "2027-01-01",  # New Year's Day
        "2027-01-06",  # Epiphany
        "2027-03-26",  # Good Friday
        "2027-03-29",  # Easter Monday
        "2027-05-06",  # Ascension Day
        "2029-06-06",  # the national day, a Wednesday
        "2027-06-25",  # midsummer eve
        "2026-12-24",  # Christmas Eve
        "2026-12-25",
        "2026-12-31",  # New Year's Eve
        "2027-04-03",  # a Saturday
        "2027-04-04",  # a Sunday
    ],
)
def test_on_red_days_and_eves_nobody_works(day):
    assert not quiet.is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize(
    "day",
    ["2027-03-25", "2027-04-30", "2026-12-23", "2026-12-30", "2027-05-07", "2027-01-05"],
)
def test_the_day_before_a_red_day_is_a_working_day(day):
    assert quiet.is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("due", "leaves"),
    [
        ("2027-04-08T08:00", "2027-04-08T08:00"),
        ("2027-04-08T16:59:59", "2027-04-08T16:59:59"),
        ("2027-04-08T17:00", "2027-04-09T09:00"),  # Thursday
        ("2027-04-08T07:59", "2027-04-08T09:00"),  # the day's work has not begun
        ("2027-04-08T00:30", "2027-04-08T09:00"),
        ("2027-04-09T17:30", "2027-04-12T09:00"),  # Friday
        ("2027-04-10T12:00", "2027-04-12T09:00"),
        ("2027-03-25T18:00", "2027-03-30T09:00"),  # over Easter
        ("2026-12-23T18:00", "2026-12-28T09:00"),  # over Christmas
        ("2026-12-30T17:00", "2027-01-04T09:00"),
        ("2027-06-24T20:00", "2027-06-28T09:00"),  # over midsummer
    ],
)
def test_what_falls_in_quiet_hours_goes_at_nine_the_next_working_day(due, leaves):
    assert quiet.next_moment(here(due)) == here(leaves)


@pytest.mark.parametrize(
    ("due", "utc"),
    [
        ("2027-03-26T18:00", "2027-03-30T07:00"),  # Good Friday: summer time begins on the Sunday
        ("2027-03-28T03:30", "2027-03-30T07:00"),  # in the night itself
        ("2026-10-23T18:00", "2026-10-26T08:00"),  # Friday: summer time ends on the Sunday
        ("2026-10-25T02:30", "2026-10-26T08:00"),  # an hour that comes twice
    ],
)
def test_it_is_nine_on_the_wall_after_the_clocks_have_changed(due, utc):
    expected = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert quiet.next_moment(here(due)) == expected


@pytest.mark.parametrize("fold", [0, 1])
def test_the_hour_that_comes_twice_is_quiet_both_times(fold):
    moment = here("2026-10-25T02:30").replace(fold=fold)
    assert quiet.next_moment(moment) == here("2026-10-26T09:00")


def test_a_moment_may_be_given_by_any_clock():
    assert quiet.next_moment(datetime(2027, 4, 8, 6, 30, tzinfo=UTC)) == here("2027-04-08T08:30")
    assert quiet.next_moment(datetime(2027, 4, 8, 15, 30, tzinfo=UTC)) == here("2027-04-09T09:00")


@pytest.mark.parametrize(
    ("due", "goes"),
    [
        ("2027-04-08T09:00", "2027-04-08T09:00"),  # Thursday
        ("2027-04-11T09:00", "2027-04-09T09:00"),  # Sunday: on Friday
        ("2027-03-29T09:00", "2027-03-25T09:00"),  # Easter Monday: on Maundy Thursday
        ("2026-12-26T15:30", "2026-12-23T15:30"),
    ],
)
def test_a_reminder_that_falls_on_a_quiet_day_goes_the_working_day_before(due, goes):
    assert quiet.working_day_before(here(due)) == here(goes)


def test_a_reminder_keeps_its_clock_time_over_the_change_of_the_clocks():
    sunday = here("2027-03-28T09:00")  # the first day of summer time, seven in UTC
    assert quiet.working_day_before(sunday) == datetime(2027, 3, 25, 8, 0, tzinfo=UTC)


def test_five_working_days_later_it_has_lapsed():
    assert quiet.lapses_at(here("2027-04-08T10:00"), 5) == here("2027-04-15T17:00")
    assert quiet.lapses_at(here("2027-04-10T10:00"), 5) == here("2027-04-19T17:00")
    assert quiet.lapses_at(here("2026-12-23T16:00"), 5) == here("2027-01-05T17:00")


NOW = here("2027-04-08T10:00")  # a Thursday
TODAY = date(2027, 4, 8)


@pytest.mark.parametrize(
    ("days_ago", "leaves"),
    [
        ([], "2027-04-08T10:00"),
        ([0], "2027-04-09T09:00"),  # one today
        ([6], "2027-04-08T10:00"),
        ([0, 1], "2027-04-14T09:00"),  # two in seven days: the first of them was on Wednesday
        ([0, 6], "2027-04-09T09:00"),  # the first was on Friday a week ago: room again on Friday
        ([3, 6], "2027-04-09T09:00"),
        ([7, 8], "2027-04-08T10:00"),
    ],
)
def test_at_most_one_a_day_and_two_in_seven_days(days_ago, leaves):
    sent_on = [TODAY - timedelta(days=ago) for ago in days_ago]
    assert quiet.next_free(NOW, sent_on, 1, 2) == here(leaves)


def test_the_limits_are_settings_and_nothing_is_no_limit():
    sent_on = [TODAY] * 5
    assert quiet.next_free(NOW, sent_on, 0, 0) == NOW
    assert quiet.next_free(NOW, sent_on, 6, 6) == NOW
    assert quiet.next_free(NOW, sent_on, 6, 5) == here("2027-04-15T09:00")


def test_what_has_room_in_quiet_hours_still_waits_for_the_morning():
    assert quiet.next_free(here("2027-04-08T20:00"), [], 1, 2) == here("2027-04-09T09:00")


def test_the_week_begins_with_the_first_of_seven_days():
    assert quiet.week_before(NOW) == here("2027-04-02T00:00")
    assert quiet.at(TODAY, time(9)) == here("2027-04-08T09:00")
