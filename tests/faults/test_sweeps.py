"""Rows 18, 19 and 49 to 53: five beats, a beat that was dead, a clock that is wrong, two nights."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time

import pytest
from django.utils import timezone

from learning.models import SessionReminderRun
from learning.places import registration
from learning.reminders import running
from learning.sessions import scheduling
from partners.models import ClockGap, ClockTick, Mailing, Message
from partners.models.moments import STOCKHOLM
from tests.builders import (
    make_attendance,
    make_link,
    make_mailing,
    make_member,
    make_person,
    make_registration,
    make_rule,
    make_session,
    queued,
)
from tests.faults import oracle, sweeping
from tests.races import at_once

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def of_each(letter):
    """How many letters called *letter* each person has."""
    return Counter(Message.objects.filter(letter=letter).values_list("recipient__name", flat=True))


def test_row_18_five_beats_at_the_same_moment_write_what_one_writes():
    people = sweeping.People()
    for sweep in (sweeping.remind, sweeping.send_mailings, sweeping.gather):
        people.lay_out()
        sweep(people.now)
        of_one = sweeping.picture()
        people.lay_out()
        returned = at_once(*[lambda sweep=sweep: sweep(people.now)] * 5)
        assert returned == [None] * 5
        sweep(people.now)
        assert sweeping.picture() == of_one
    assert oracle.broken() == {}


def test_row_19_after_six_dead_hours_what_is_of_use_is_caught_up_and_the_rest_is_noted(kim):
    people = sweeping.People()
    over = make_session(starts_at=people.now + 3 * HOUR, published_at=people.now - 60 * DAY)
    make_registration(over, people.readers[0], seated_at=people.now - 50 * DAY)
    type(over).objects.update(created_at=people.now - 50 * DAY)
    over.registrations.update(source="import")  # nobody was told of that place
    ClockTick.objects.create(task="watch", ticked_at=people.now)
    late = people.now + 6 * HOUR
    for _ in range(2):
        sweeping.all_sweeps(late)
    reminded = Message.objects.filter(letter="learning/session_reminder")
    assert Counter(reminded.values_list("state", flat=True)) == {"waiting": 3, "skipped": 1}
    assert not reminded.filter(key__startswith=f"learning.session_reminder:{over.pk}:").exists()
    assert SessionReminderRun.objects.get(session=over).because == "clock"
    assert of_each("partners/digest") == {"Ada": 1}  # Bo's one letter went by itself
    gap = ClockGap.objects.get()
    assert (gap.began_at, gap.ended_at) == (people.now, late)
    assert oracle.broken() == {}


def test_row_49_a_clock_that_jumps_to_and_fro_writes_nothing_twice():
    people = sweeping.People()
    jumps = [timedelta(0), HOUR, -HOUR, DAY, timedelta(0), -HOUR]
    for by in jumps:
        sweeping.all_sweeps(people.now + by)
    once = sweeping.picture()
    for by in jumps:
        sweeping.all_sweeps(people.now + by)
    assert sweeping.picture() == once
    assert of_each("learning/session_reminder") == dict.fromkeys(["Ada", "Bo", "Cai", "Di"], 1)
    mailing = Message.objects.filter(key__startswith="partners.mailing:")
    assert Counter(mailing.values_list("recipient__name", flat=True)) == dict.fromkeys(
        ["Ada", "Bo", "Cai", "Di"], 1
    )
    assert max(of_each("partners/digest").values()) == 1
    assert oracle.broken() == {}


SPRING, AUTUMN = datetime(2027, 3, 28, tzinfo=UTC), datetime(2027, 10, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    ("night", "half_past_two"),
    [
        pytest.param(SPRING, SPRING + HOUR, id="row_50_the_hour_that_is_left_out"),
        pytest.param(AUTUMN, AUTUMN + HOUR / 2, id="row_51_the_hour_that_comes_twice"),
    ],
)
def test_row_50_and_51_in_the_nights_when_the_clocks_change_all_is_written_once(
    ada, time_machine, night, half_past_two
):
    """Swept every ten minutes from one to seven: at 02.30, or at three where that is left out."""
    time_machine.move_to(night, tick=False)
    session = make_session(starts_at=night - 12 * HOUR, published_at=night - 30 * DAY)
    type(session).objects.update(created_at=night - 30 * DAY, attendance_taken_at=night - 8 * HOUR)
    make_attendance(session, ada)
    make_link(session)
    material = {"letter": "session_material", "whom": "attended", "side": "after", "edge": "end"}
    rule = make_rule(session, **material, amount=1, clock=clock_time(2, 30), counts_from=None)
    type(rule).objects.update(created_at=night - 30 * DAY)
    mailing = queued(make_mailing(make_person("Kim", staff_role="coordinator")))
    mailing.send_at = night + 1.25 * HOUR
    mailing.save()
    written = {}
    for minutes in range(0, 360, 10):
        now = night + timedelta(minutes=minutes)
        time_machine.move_to(now, tick=False)
        sweeping.all_sweeps(now)
        for key in Message.objects.values_list("key", flat=True):
            written.setdefault(key.split(":")[0], now)
    run = SessionReminderRun.objects.get(rule=rule)
    assert (run.state, run.due_at, run.letters) == ("done", half_past_two, 1)
    assert Mailing.objects.get().state == "sent"
    assert written == {
        "learning.survey_invitation": night,
        "learning.session_material": half_past_two,
        "partners.mailing": night + timedelta(minutes=80),
    }
    assert set(Message.objects.values_list("state", "held")) == {("waiting", True)}
    assert Message.objects.count() == 3


def test_row_53_a_session_moved_over_the_night_is_reminded_of_and_kept_by_the_wall_clock(
    bostaden, kim, time_machine
):
    time_machine.move_to(datetime(2026, 10, 19, 8, tzinfo=UTC), tick=False)
    session = make_session(starts_at=datetime(2026, 10, 23, 13, tzinfo=STOCKHOLM))
    ada = make_member(bostaden, "Ada")
    registration.register(session, ada, by=ada)
    plan = scheduling.plan_of(session)
    plan["starts_at"] = datetime(2026, 10, 27, 13, tzinfo=STOCKHOLM)
    plan["ends_at"] = datetime(2026, 10, 27, 16, tzinfo=STOCKHOLM)
    registered = session.registrations.get()
    Message.objects.update(state="sent", sent_at=timezone.now())
    moved = scheduling.save(session, plan, version=session.version, by=kim)
    letter = Message.objects.get(letter="learning/session_moved")
    assert "DTSTART;TZID=Europe/Stockholm:20261027T130000" in letter.calendar
    assert moved.ical_sequence == session.ical_sequence + 1
    assert registered.state == "confirmed"
    nine = datetime(2026, 10, 26, 8, tzinfo=UTC)  # by the wall clock, one hour ahead by then
    assert running.remind(nine - timedelta(seconds=1)) == 0
    assert running.remind(nine) == 1
