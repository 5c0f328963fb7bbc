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


def test_the_range_of_a_figure_stands_on_an_axis_with_room_for_it():
    chart = charts.range_of(Decimal(40), "estimated")
    assert chart.ticks == [0, 50, 100]
    assert (chart.field.x, chart.field.width, chart.mark.x) == ("280", "240", "396")
    assert charts.range_of(Decimal(0), "measured") is None


@pytest.mark.parametrize(
    ("expected", "achieved", "widths"),
    [
        ("16", "4", ("1000", "250")),
        ("4", "16", ("250", "1000")),
        ("16", None, ("1000", None)),
        (None, "16", (None, "1000")),
        ("1000", "0.01", ("1000", "4")),
    ],
)
def test_expected_and_achieved_are_drawn_to_one_scale(expected, achieved, widths):
    chart = charts.effect(*(tonnes and Decimal(tonnes) for tonnes in (expected, achieved)))
    assert tuple(bar and bar.width for bar in (chart.expected, chart.achieved)) == widths


def test_an_effect_of_nothing_is_not_drawn():
    assert charts.effect(None, Decimal(0)) is None


def test_numbers_of_a_picture_are_written_as_svg_writes_them_in_every_language():
    with translation.override("sv"):
        shape = charts._shape("planned", 1 / 3, 0, 2.5, 20)
    assert (shape.look, shape.x, shape.y, shape.width) == ("c-plan", "0.33", "0", "2.5")
