"""Attendance by month: what is added up, and where the columns stand."""

from datetime import date

import pytest

from learning.participation.months import HEIGHT, months
from learning.participation.rows import Period
from tests.learning.participation.meetings import session_on

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))


@pytest.mark.django_db
def test_a_month_without_a_session_is_not_a_month_without_people():
    held, empty = session_on(2024, 2, 7), session_on(2024, 3, 7)
    found = months(YEAR, [held, empty], [], {held.pk: 12}, date(2024, 3, 1))
    by_month = {span.short: span.attended for span in found.spans}
    assert len(by_month) == 12
    assert by_month.pop("feb") == 12
    assert by_month.pop("mar", by_month.pop("mars", None)) == 0
    assert set(by_month.values()) == {None}
    assert [span.first.month for span in found.spans if span.is_now] == [3]
    assert found.fullest.attended == 12


@pytest.mark.django_db
def test_the_year_before_stands_behind_the_same_month():
    held, before = session_on(2024, 2, 7), session_on(2023, 2, 9)
    found = months(YEAR, [held], [before], {held.pk: 12, before.pk: 24}, date(2024, 3, 1))
    column = found.wide.columns[1]
    assert (column.span.attended, column.span.before) == (12, 24)
    assert column.before_height == pytest.approx(2 * column.height)
    assert column.before_height <= HEIGHT
    assert column.before_width > column.width


@pytest.mark.django_db
def test_more_than_two_years_are_shown_by_year():
    session = session_on(2022, 12, 31)
    found = months(
        Period(date(2020, 5, 1), date(2024, 12, 31)),
        [session],
        [],
        {session.pk: 3},
        date(2024, 1, 1),
    )
    assert [span.name for span in found.spans] == ["2020", "2021", "2022", "2023", "2024"]
    assert [span.attended for span in found.spans] == [None, None, 3, None, None]


@pytest.mark.django_db
def test_columns_stand_within_the_drawing_and_a_small_one_is_seen():
    large, small = session_on(2024, 1, 7), session_on(2024, 12, 30)
    found = months(YEAR, [large, small], [], {large.pk: 5_000, small.pk: 1}, date(2024, 3, 1))
    for drawing in (found.wide, found.narrow):
        for column in drawing.columns:
            assert drawing.left <= column.x
            assert column.x + column.width <= drawing.width
            assert column.y + column.height == pytest.approx(drawing.base)
        assert drawing.columns[-1].height == 3
