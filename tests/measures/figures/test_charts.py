from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from measures.figures import charts
from measures.figures.summary import YearRow, summary
from partners.models import FocusArea
from tests.builders import make_measure

pytestmark = pytest.mark.django_db


def test_bars_and_columns_fill_their_boxes(bostaden):
    area = FocusArea.objects.first()
    for status, tonnes in (("completed", "50"), ("in_progress", "30"), ("planned", "20")):
        make_measure(
            bostaden,
            focus_area=area,
            status=status,
            reduction_t=tonnes,
            start_on=date(2026, 1, 1),
        )
    found = summary(2026)

    longest = charts.areas(found.areas).bars[0].shapes
    column = next(c for c in charts.years(found.years, 2026).columns if c.row.year == 2026)

    assert [(s.x, s.width) for s in longest] == [("0", "500"), ("500", "300"), ("800", "200")]
    assert column.is_now
    assert [(s.y, s.height) for s in column.shapes] == [("20", "80"), ("0", "20")]


def test_with_nothing_published_there_is_nothing_to_draw():
    found = summary(2026)
    assert not charts.areas(found.areas).has_figures
    assert not charts.years(found.years, 2026).has_figures


def test_the_axis_ends_at_a_round_number_and_the_picture_is_told_in_words():
    rows = [YearRow(2025 + n, Decimal(tonnes), Decimal(0), 1) for n, tonnes in enumerate((3, 7, 5))]
    with translation.override("en"):
        chart = charts.years(rows, this_year=2026)
    assert (chart.top, chart.middle, chart.width) == (10, 5, 300)
    assert chart.summary == "Columns by year from 2025 to 2027; the highest is 2026."
    assert [column.is_now for column in chart.columns] == [False, True, False]
    assert [(s.x, s.y, s.height) for s in chart.columns[1].shapes] == [("116", "30", "70")]


def test_numbers_of_a_picture_are_written_as_svg_writes_them_in_every_language():
    with translation.override("sv"):
        shape = charts._shape("planned", 1 / 3, 0, 2.5, 20)
    assert (shape.look, shape.x, shape.y, shape.width) == ("c-plan", "0.33", "0", "2.5")
