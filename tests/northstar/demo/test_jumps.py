"""Where the clock of the demo can be moved to."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from learning.models import Attendance
from northstar.demo import clock, jumps
from tests.builders import make_registration, make_session

pytestmark = pytest.mark.django_db
UMEA = ZoneInfo("Europe/Stockholm")


def test_with_nothing_to_come_there_are_plain_jumps():
    now = timezone.now()
    found = jumps.jumps(AnonymousUser(), now)
    assert [(jump.key, jump.to - now) for jump in found] == [
        ("hour", timedelta(hours=1)),
        ("day", timedelta(days=1)),
        ("week", timedelta(days=7)),
    ]


def test_a_member_jumps_to_the_session_they_have_a_seat_in_and_others_to_the_next(ada, bo, lo):
    first, second = make_session(in_days=3), make_session(in_days=5)
    make_registration(first, ada, state="queued")
    make_registration(second, ada)
    make_registration(second, lo)
    now = timezone.now()
    assert jumps.next_session(ada, now) == second
    assert jumps.next_session(bo, now) == first
    assert jumps.next_session(lo, now) == first
    assert jumps.next_session(AnonymousUser(), now) == first


def test_the_day_before_at_nine_is_the_local_nine_and_only_ahead(ada):
    session = make_session(in_days=3)
    before = {jump.key: jump.to for jump in jumps.jumps(ada, timezone.now())}["before"]
    day = session.starts_at.astimezone(UMEA).date() - timedelta(days=1)
    assert before == datetime(day.year, day.month, day.day, 9, 0, 1, tzinfo=UMEA)
    keys = [jump.key for jump in jumps.jumps(ada, before)]
    assert keys == ["hour", "day", "week", "after", "after-all-came"]


@pytest.mark.parametrize(
    ("ends", "seen"),
    [
        ("2027-04-08T14:00", "2027-04-08T15:00:02"),
        ("2027-04-08T16:30", "2027-04-09T09:00:01"),
        ("2027-04-09T17:00", "2027-04-12T09:00:01"),  # a Friday
    ],
)
def test_the_jump_to_the_survey_waits_for_working_hours(ada, time_machine, ends, seen):
    end, goal = (datetime.fromisoformat(text).replace(tzinfo=UMEA) for text in (ends, seen))
    time_machine.move_to(end - timedelta(days=3), tick=False)
    make_session(starts_at=end - timedelta(hours=2), ends_at=end)
    goals = {jump.key: jump.to for jump in jumps.jumps(ada, timezone.now())}
    assert goals["after-all-came"] == goal
    assert goals["after"] == end + timedelta(hours=1, seconds=1)


@pytest.mark.parametrize(("key", "came"), [("after", 0), ("after-all-came", 1)])
def test_only_the_jump_that_says_so_brings_everybody_along(ada, bo, lo, monkeypatch, key, came):
    moved = []
    monkeypatch.setattr(clock, "move_to", moved.append)
    session = make_session(in_days=-1, lead=lo)
    make_registration(session, ada)
    make_registration(session, bo, state="queued")
    jumps.make(jumps.Jump(key, session.ends_at, session))
    assert moved == [session.ends_at]
    assert Attendance.objects.present().count() == came
