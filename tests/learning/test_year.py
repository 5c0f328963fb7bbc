"""A year of somebody who comes to four sessions: how often they are written to unasked, and when.

The real clock's work on the real rows, with the clock moved on. Whoever raises the number says so.
"""

from collections import Counter
from datetime import datetime, time, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from learning.attendance import taking
from learning.models import AttendanceStatus
from learning.places import registration
from learning.reminders import running
from learning.surveys import asking
from partners.models import Message
from partners.models.moments import STOCKHOLM
from partners.post import delivery, gathering, kinds, quiet
from tests.builders import make_session

pytestmark = pytest.mark.django_db

MOST = 12  # unasked letters a year

# Two of one week, one that ends on a Friday evening, and one on the eve of a holiday.
SESSIONS = ["2027-02-09T13:00", "2027-02-11T13:00", "2027-05-21T15:00", "2027-06-24T13:00"]
YEAR = 365


def moments():
    """When the clock comes by: each hour of a session's day, often after it, now and then else."""
    starts = [datetime.fromisoformat(text).date() for text in SESSIONS]
    day = quiet.at(datetime(2027, 1, 1).date(), time(0))
    for _ in range(YEAR):
        since = min(abs((day.date() - start).days) for start in starts)
        hours = range(24) if since == 0 else (3, 9, 20) if since <= 10 else ()
        yield from (quiet.at(day.date(), time(hour, 0, 5)) for hour in hours)
        day = quiet.at(day.date() + timedelta(days=1), time(0))


def go_by():
    """What the clock does, as its tasks do it."""
    now = timezone.now()
    running.remind(now)
    asking.ask(now)
    gathering.gather_all(now, for_s=5)
    delivery.deliver_all()


def hold(session, person, lo):
    if timezone.now() >= session.ends_at and not session.attendances.exists():
        taking.take(session, {person.pk: AttendanceStatus.PRESENT}, by=lo)


def test_a_member_of_four_sessions_gets_few_letters_unasked_and_none_in_quiet_hours(
    ada, lo, time_machine
):
    time_machine.move_to(quiet.at(datetime(2027, 1, 1).date(), time(12)), tick=False)
    sessions = []
    for text in SESSIONS:
        start = datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)
        sessions.append(make_session(f"Träff {start:%d %m}", starts_at=start, hours=2, lead=lo))
        registration.register(sessions[-1], ada, by=ada)

    for moment in moments():
        time_machine.move_to(moment, tick=False)
        for session in sessions:
            hold(session, ada, lo)
        go_by()

    unasked = Message.objects.filter(letter__in=kinds.UNASKED, sent_at__isnull=False)
    at = [letter.sent_at.astimezone(STOCKHOLM) for letter in unasked.order_by("sent_at")]
    assert 3 <= len(at) <= MOST
    assert all(quiet.is_working_day(moment.date()) for moment in at)
    assert all(quiet.BEGINS <= moment.time() < quiet.ENDS for moment in at)
    assert max(Counter(moment.date() for moment in at).values()) == 1
    assert all(later - first >= timedelta(days=6) for first, later in zip(at, at[2:], strict=False))
    subjects = " ".join(letter.subject + letter.body for letter in mail.outbox)
    assert all(f"Fyra frågor om {session.title}" in subjects for session in sessions)
    assert not Message.objects.filter(state="waiting").exists()
