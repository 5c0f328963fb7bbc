from datetime import timedelta

import pytest
from django.utils import timezone

from learning.sessions import overview
from tests.builders import (
    make_attendance,
    make_member,
    make_organisation,
    make_person,
    make_registration,
    make_session,
)

pytestmark = pytest.mark.django_db


def test_an_empty_session_adds_up_to_nothing():
    found = overview.of(make_session(), timezone.now())
    assert (found.organisations, found.new, found.left, found.sectors) == (0, 0, 0, [])
    assert found.filled is None


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_however_many_come(rows, django_assert_num_queries):
    session = make_session()
    for _ in range(rows):
        make_registration(session, make_person())
    with django_assert_num_queries(3):
        overview.of(session, timezone.now())


def test_those_with_a_seat_are_counted_once_and_the_queue_not_at_all(ada, bo, cai, bostaden):
    session, now = make_session(capacity=2), timezone.now()
    make_attendance(make_session(in_days=-30), bo)
    make_registration(session, ada)
    make_registration(session, bo)
    make_registration(session, cai, "queued")
    gone = make_person()
    make_registration(session, gone, "withdrawn", withdrawn_at=now)
    make_registration(session, ada, "withdrawn", withdrawn_at=now)  # came back

    found = overview.of(session, now)

    assert (found.organisations, found.new, found.left) == (2, 1, 1)
    assert sum(bar.count for bar in found.sectors) == 2


def test_sectors_are_bars_the_longest_first():
    session = make_session()
    for sector, people in (("academia", 1), ("business", 2)):
        organisation = make_organisation(f"Org {sector}", sector=sector)
        for _ in range(people):
            make_registration(session, make_member(organisation))
    make_registration(session, make_person())
    bars = overview.of(session, timezone.now()).sectors
    assert [(bar.label, bar.count) for bar in bars] == [
        ("näringsliv", 2),
        ("akademi", 1),
        ("sektor inte känd", 1),
    ]


def test_seats_fill_and_empty_again_in_the_order_of_time(ada, bo):
    session, now = make_session(capacity=4), timezone.now()
    days = [now - timedelta(days=back) for back in (9, 6, 3)]
    make_registration(session, ada, seated_at=days[1])
    make_registration(session, bo, "withdrawn", seated_at=days[0], withdrawn_at=days[2])

    filled = overview.of(session, now).filled

    assert filled.points == [(days[0], 1), (days[1], 2), (days[2], 1)]
    assert (filled.first, filled.last, filled.taken, filled.seats) == (days[0], now, 1, 4)


def test_afterwards_it_says_who_came_and_of_whom_nothing_is_known(ada, bo, cai):
    session = make_session(in_days=-1)
    for person in (ada, bo, cai):
        make_registration(session, person)
    make_attendance(session, ada)
    make_attendance(session, bo, "excused")
    found = overview.of(session, timezone.now())
    assert (found.came, found.absent, found.not_noted) == (1, 1, 1)
