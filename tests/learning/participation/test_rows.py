"""The rows behind the figures: each place once, with the words a reader knows."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from learning.models import AttendanceStatus
from learning.participation import report as participation
from learning.participation import rows as places
from learning.participation.report import By
from learning.participation.rows import COUNTED, FIGURES, KEYS, Period, Selection
from partners.models import User
from tests.builders import make_attendance, make_registration
from tests.learning.participation.meetings import NOW, YEAR, session_on


def report(kim):
    return participation.report(YEAR, By.ORGANISATION, kim, NOW)


def rows_behind(kim, counted, period=YEAR, **more):
    sessions = places.begun_in(period, kim, NOW)
    return list(places.places(Selection(sessions, counted, **more)))


@pytest.mark.parametrize("counted", COUNTED)
def test_the_rows_behind_a_figure_are_as_many_as_it_says(kim, spring, counted):
    found = rows_behind(kim, counted)
    assert len(found) == getattr(report(kim).total, counted)
    sessions = places.begun_in(YEAR, kim, NOW)
    assert sum(places.numbers(Selection(sessions, counted)).values()) == len(found)


def test_rows_in_order_with_words(kim, spring):
    rows = rows_behind(kim, "")
    assert [(row.session, row.person) for row in rows] == [
        ("Första", "Ada Åström"),
        ("Första", "Bo Berg"),
        ("Första", "Cai Öberg"),
        ("Första", "Gun Gäst"),
        ("Andra", "Ada Åström"),
        ("Andra", "Bo Berg"),
        ("Andra", "Cai Öberg"),
    ]
    assert sum(row.hours or 0 for row in rows) == Decimal("7.5")
    assert rows[1].attendance is None
    assert (rows[3].organisation, rows[3].sector) == (None, None)


def test_rows_of_some_organisations(kim, spring, norrbyggen):
    found = rows_behind(kim, "", organisation_ids=[norrbyggen.pk], of_all=False)
    assert {row.person for row in found} == {"Bo Berg"}
    none = rows_behind(kim, "", without_organisation=True, of_all=False)
    assert {row.person for row in none} == {"Gun Gäst"}


def test_a_period_lies_between_two_local_midnights():
    start, end = Period(date(2024, 3, 1), date(2024, 3, 31)).moments()
    assert start == timezone.make_aware(datetime(2024, 3, 1))
    assert end == timezone.make_aware(datetime(2024, 4, 1))
    assert end.utcoffset() != start.utcoffset(), "the clocks went forward"


def test_every_figure_is_a_condition_and_the_other_way_round():
    assert set(FIGURES) == set(COUNTED)


@pytest.mark.parametrize("by", KEYS)
def test_figures_are_added_up_each_by_itself(kim, spring, by):
    found = places.counts([session.pk for session in spring], by)
    total = found.pop("")
    assert total.figures == {name: len(rows_behind(kim, name)) for name in FIGURES}
    for name in FIGURES:
        assert sum(one.figures[name] for one in found.values()) == total.figures[name]
    assert sum(one.hours for one in found.values()) == total.hours


def test_nothing_is_added_up_to_nothing(db):
    (total,) = places.counts([], "organisation").values()
    assert total == ("", 0, 0, [], None, *[0] * len(FIGURES))


def test_who_was_not_there_has_no_hours_and_a_word_for_it(kim, ada, bo, cai):
    session = session_on(2024, 2, 7, hours=2)
    make_registration(session, ada)
    make_attendance(session, ada, AttendanceStatus.EXCUSED)
    make_registration(session, bo, "queued")
    make_attendance(session, cai)
    found = {row.person: row for row in rows_behind(kim, "")}
    seen = [found[person.name] for person in (ada, bo, cai)]
    assert [(row.registration, row.attendance, row.hours) for row in seen] == [
        ("anmäld", "anmälde förhinder", None),
        ("i kö", None, None),
        ("inte anmäld", "kom", Decimal(2)),
    ]
    assert [row.first_time for row in seen] == ["", "", "första gången"]


def test_whoever_was_there_a_part_of_the_time_has_the_hours_of_it(kim, ada, bo, cai):
    session = session_on(2024, 2, 7, hours=2)
    make_attendance(session, ada, minutes_present=45)
    make_attendance(session, bo)
    make_attendance(session, cai, minutes_present=180)  # the session has been cut since
    found = {row.person: row for row in rows_behind(kim, "attended")}
    assert [found[person.name].attendance for person in (ada, bo)] == [
        "kom en del av tiden",
        "kom",
    ]
    hours = [found[person.name].hours for person in (ada, bo, cai)]
    assert hours == [Decimal("0.75"), Decimal(2), Decimal(2)]


@pytest.mark.parametrize("by", ["organisation", "session", "series", "sector"])
def test_the_sum_of_hours_is_that_of_the_rows_also_of_those_there_a_part_of_the_time(
    kim, ada, bo, cai, by
):
    short, long = session_on(2024, 2, 7, hours=1.5), session_on(2024, 3, 7, hours=3)
    make_attendance(short, ada, minutes_present=30)
    make_attendance(short, bo, minutes_present=200)
    make_attendance(long, ada)
    make_attendance(long, bo, minutes_present=10)
    make_attendance(long, cai, AttendanceStatus.ABSENT)
    total = places.counts([short.pk, long.pk], by)[""]
    behind = sum(row.hours for row in rows_behind(kim, "attended"))
    assert total.attended == 4
    assert round(total.hours, 6) == round(behind, 6) == round(Decimal(5) + Decimal(1) / 6, 6)


def test_the_words_are_those_of_the_language_in_which_they_were_asked_for(kim, spring):
    with translation.override("en"):
        found = places.places(Selection(places.begun_in(YEAR, kim, NOW), "excused"))
    assert [row.attendance for row in found] == ["absent, had sent word"]


def test_no_more_rows_than_asked_for(kim, spring):
    selection = Selection(places.begun_in(YEAR, kim, NOW))
    assert [row.person for row in places.places(selection, 2)] == ["Ada Åström", "Bo Berg"]
    assert sum(places.numbers(selection).values()) == 7


@pytest.mark.parametrize("limit", range(1, 9))
@pytest.mark.parametrize("counted", ["", "registered", "first_timers"])
def test_the_pages_one_after_the_other_are_the_whole_list(kim, spring, counted, limit):
    selection = Selection(places.begun_in(YEAR, kim, NOW), counted)
    number_of = places.numbers(selection)
    every = list(places.places(selection))
    pages = [
        list(places.page(selection, number_of, limit, skipped))
        for skipped in range(0, len(every), limit)
    ]
    assert all(len(page) == limit for page in pages[:-1])
    assert [row for page in pages for _person, row in page] == every
    people = dict(User.objects.values_list("pk", "name"))
    assert all(people[person] == row.person for page in pages for person, row in page)
