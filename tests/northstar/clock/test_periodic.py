"""What the clock does, and whether it is late."""

from datetime import UTC, datetime, timedelta

import pytest

from northstar.celery import INTERVALS
from northstar.clock import periodic
from partners.ticks import tick

pytestmark = pytest.mark.django_db

NOON = datetime(2027, 3, 9, 11, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SCHEDULE = {"a.tasks.deliver": timedelta(seconds=2), "a.tasks.sweep": timedelta(hours=1)}


def late(now):
    return [one.key for one in periodic.tasks(SCHEDULE, now) if one.is_late]


def test_every_task_of_the_clock_has_words_of_its_own():
    keys = {task.rpartition(".")[2] for task in INTERVALS}
    assert keys == set(periodic.WORDS)
    assert len(set(map(str, periodic.WORDS.values()))) == len(periodic.WORDS)


def test_a_task_is_late_ten_minutes_after_it_should_have_been_done_twice():
    tick("deliver", NOON)
    tick("sweep", NOON)
    assert late(NOON + 10 * MINUTE) == []
    assert late(NOON + 11 * MINUTE) == ["deliver"]
    assert late(NOON + 131 * MINUTE) == ["deliver", "sweep"]


def test_what_has_not_been_done_yet_is_not_late_but_a_clock_that_never_ran_stands_still():
    found = periodic.tasks(SCHEDULE, NOON)
    assert [one.is_late for one in found] == [False, False]
    assert periodic.last_pulse(found) is None
    assert periodic.stands_still(found, NOON)


def test_the_clock_stands_still_when_nothing_at_all_has_been_done_for_ten_minutes():
    tick("deliver", NOON - 20 * MINUTE)
    tick("sweep", NOON)
    found = periodic.tasks(SCHEDULE, NOON + 10 * MINUTE)
    assert periodic.last_pulse(found) == NOON
    assert not periodic.stands_still(found, NOON + 10 * MINUTE)
    assert periodic.stands_still(found, NOON + 11 * MINUTE)


def test_late_ones_stand_first_and_intervals_are_words(django_assert_num_queries):
    tick("deliver", NOON)
    tick("sweep", NOON - timedelta(days=1))
    with django_assert_num_queries(1):
        found = periodic.tasks(SCHEDULE, NOON)
    assert [(one.key, one.often) for one in found] == [
        ("sweep", "varje timme"),
        ("deliver", "med 2 sekunders mellanrum"),
    ]
