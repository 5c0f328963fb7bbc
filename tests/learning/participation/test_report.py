"""The participation report on a few rows one can count by eye."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from learning.models import RegistrationState
from learning.participation import report as participation
from learning.participation import rows as places
from learning.participation.report import By
from learning.participation.rows import COUNTED, UNKNOWN, Period, Selection
from partners.models import OrganisationStatus
from tests.builders import (
    make_attendance,
    make_member,
    make_organisation,
    make_registration,
    make_session,
)
from tests.learning.participation.meetings import NOW, YEAR, session_on


def report(kim, by=By.ORGANISATION, period=YEAR, now=NOW):
    return participation.report(period, by, kim, now)


def test_the_figures_of_all(kim, spring):
    total = report(kim).total
    assert timezone.localdate(total.last) == date(2024, 3, 6)
    assert replace(total, last=None) == participation.Row(
        key="",
        name=total.name,
        day=None,
        sessions=2,
        registered=5,
        attended=3,
        attended_registered=1,
        walk_ins=2,
        absent=2,
        excused=1,
        not_noted=2,
        queued=1,
        hours=Decimal("7.5"),
        organisations=1,
        first_timers=3,
    )


def test_registered_is_attended_absent_and_not_noted(kim, spring):
    for by in By:
        found = report(kim, by)
        for row in [*found.rows, found.total]:
            assert row.registered == row.attended_registered + row.absent + row.not_noted
            assert row.attended == row.attended_registered + row.walk_ins


@pytest.mark.parametrize("by", By)
def test_the_total_is_the_sum_of_the_rows(kim, spring, by):
    found = report(kim, by)
    for name in [*COUNTED, "hours"]:
        assert sum(getattr(row, name) for row in found.rows) == getattr(found.total, name), name


def test_by_organisation_in_swedish_order_with_those_of_none_last(kim, spring):
    rows = report(kim).rows
    assert [(row.name, row.registered, row.attended, row.hours) for row in rows[:2]] == [
        ("Bostaden", 3, 2, Decimal("4.5")),
        ("Norrbyggen", 2, 0, Decimal(0)),
    ]
    assert (rows[2].key, rows[2].walk_ins, rows[2].organisations) == (UNKNOWN, 1, 0)


def test_by_session_in_order_of_time(kim, spring):
    rows = report(kim, By.SESSION).rows
    assert [(row.name, row.day, row.registered, row.attended) for row in rows] == [
        ("Första", date(2024, 2, 7), 3, 2),
        ("Andra", date(2024, 3, 6), 2, 1),
    ]


def test_by_series_and_sector(kim, spring, bostaden):
    bostaden.sector = "municipal_company"
    bostaden.save()
    assert [row.registered for row in report(kim, By.SERIES).rows] == [5]
    sectors = [(row.key, row.registered) for row in report(kim, By.SECTOR).rows]
    assert sectors == [("business", 2), ("municipal_company", 3), (UNKNOWN, 0)]


def test_what_must_not_count(kim, spring, ada, bo):
    before = report(kim).total
    for fields in (
        {"cancelled_at": NOW},
        {"published_at": None},
        {"starts_at": timezone.make_aware(datetime(2023, 12, 31, 23, 59))},
        {"starts_at": timezone.make_aware(datetime(2025, 1, 1, 0, 0))},
    ):
        start = fields.get("starts_at", timezone.make_aware(datetime(2024, 5, 1)))
        session = make_session(**({"starts_at": start} | fields))
        make_registration(session, ada)
        make_attendance(session, bo)
    make_registration(spring[1], kim, RegistrationState.WITHDRAWN, withdrawn_at=NOW)  # given back
    after = report(kim).total
    # Bo was there on 31 December, so this year holds no first time of his; nor did it before.
    assert after == before


def test_both_days_belong_to_the_period_in_local_time(kim, ada):
    for start in (datetime(2024, 1, 1, 0, 0), datetime(2024, 12, 31, 23, 59)):
        session = make_session(starts_at=timezone.make_aware(start))
        make_attendance(session, ada)
    assert report(kim).total.attended == 2


def test_a_session_still_to_come_is_not_counted(kim, ada):
    make_registration(session_on(2024, 5, 1), ada)
    early = timezone.make_aware(datetime(2024, 4, 30))
    assert report(kim, now=early).sessions == []


def test_a_person_comes_for_the_first_time_once(kim, ada):
    for year, month in ((2023, 5), (2024, 2), (2024, 3)):
        make_attendance(session_on(year, month, 1), ada)
    assert report(kim).total.first_timers == 0
    assert report(kim, period=Period(date(2023, 1, 1), date(2024, 12, 31))).total.first_timers == 1


def test_partners_reached_and_not_seen(kim, spring, bostaden, norrbyggen, bo):
    make_organisation("Änglamark", status=OrganisationStatus.PROSPECT)
    make_organisation("Åkeriet", joined_on=date(2025, 1, 1))
    late = make_organisation("Öbacka", joined_on=date(2024, 12, 31))
    left = make_organisation("Lämnat", status=OrganisationStatus.LEFT)
    make_attendance(spring[0], make_member(left), organisation=left)
    make_member(norrbyggen, "Äsa", role="contact_person")
    make_member(norrbyggen, "Åke", role="contact_person")

    found = report(kim)

    assert (found.reached, found.partners, found.not_partners) == (1, 3, 1)
    assert [item.organisation for item in found.unseen] == [norrbyggen, late]
    assert [person.name for person in found.unseen[0].contacts] == ["Åke", "Äsa"]


@pytest.mark.parametrize(
    ("left_on", "status", "counts"),
    [
        (date(2024, 12, 31), OrganisationStatus.LEFT, False),  # no partner on its last day
        (date(2025, 1, 1), OrganisationStatus.LEFT, True),
        (date(2024, 5, 1), OrganisationStatus.ACTIVE, False),  # the day has come, nobody swept yet
        (date(2099, 1, 1), OrganisationStatus.ACTIVE, True),
        (None, OrganisationStatus.LEFT, False),  # when is not known
    ],
)
def test_who_had_left_by_the_last_day_is_no_partner(kim, spring, left_on, status, counts):
    gone = make_organisation("Gått", status=status, left_on=left_on)
    make_attendance(spring[0], make_member(gone), organisation=gone)
    found = report(kim)
    assert (found.reached, found.not_partners) == ((2, 0) if counts else (1, 1))


def test_of_a_period_that_goes_on_those_are_partners_who_are_today(kim, spring):
    leaving = make_organisation("Går snart", left_on=date(2024, 12, 1))
    make_organisation("Kommer snart", joined_on=date(2024, 12, 1))
    november = timezone.make_aware(datetime(2024, 11, 28))
    found = report(kim, now=november)
    assert leaving in [item.organisation for item in found.unseen]
    assert found.partners == 3  # and Bostaden, Norrbyggen
    assert report(kim).partners == 3  # the one left, the other came


def test_turnout_of_nobody_is_not_known(kim, spring, ada):
    rows = {row.name: row for row in report(kim).rows}
    assert rows["Bostaden"].turnout == Decimal("0.5")  # one came, one excused, one not noted
    assert rows["Norrbyggen"].turnout == 0
    assert report(kim).rows[2].turnout is None


def test_a_period_without_sessions_costs_one_query(kim, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = report(kim)
    assert (found.rows, found.sessions, found.total.turnout) == ([], [], None)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_report_costs_the_same_however_long(kim, rows, django_assert_num_queries):
    for number in range(rows):
        session = session_on(2024, 2, 1 + number)
        make_attendance(session, make_member(make_organisation()))
        make_member(make_organisation("Tyst"), role="contact_person")
    with django_assert_num_queries(4):
        found = report(kim)
    assert len(found.rows) == rows
    with django_assert_num_queries(3):  # the sessions, organisations, rows
        sessions = places.begun_in(YEAR, kim, NOW)
        assert len(list(places.places(Selection(sessions, "attended")))) == rows


@pytest.mark.parametrize("by", [By.SESSION, By.SERIES])
def test_a_session_nobody_came_to_was_held_all_the_same(kim, spring, by):
    empty = session_on(2024, 3, 3)
    found = report(kim, by)
    assert empty in found.sessions
    assert found.total.sessions == sum(row.sessions for row in found.rows) == len(found.sessions)


@pytest.mark.parametrize(
    ("status", "joined", "left", "is_partner"),
    [
        ("active", None, None, True),
        ("active", date(2024, 12, 31), None, True),
        ("active", date(2025, 1, 1), None, False),
        ("left", None, date(2025, 1, 1), True),  # after the period
        ("left", None, date(2024, 12, 31), False),  # the first day on which it is none
        ("active", None, date(2024, 6, 1), False),
        ("left", None, None, False),  # when is not known
        ("prospect", None, None, False),
    ],
)
def test_a_partner_is_who_was_one_at_the_end_of_the_period(
    kim, spring, status, joined, left, is_partner
):
    before = report(kim).partners
    make_organisation("Prövad", status=status, joined_on=joined, left_on=left)
    assert report(kim).partners - before == is_partner
