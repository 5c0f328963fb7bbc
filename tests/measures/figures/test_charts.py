from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from measures.figures import charts
from measures.figures.summary import summary
from partners.models import FocusArea
from tests.builders import make_measure

pytestmark = pytest.mark.django_db


def test_the_longest_bar_fills_its_box(bostaden):
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

    assert [(s.x, s.width) for s in longest] == [("0", "500"), ("500", "300"), ("800", "200")]


def test_the_area_that_gives_most_comes_first(bostaden):
    small, large, *empty = FocusArea.objects.all()
    make_measure(bostaden, focus_area=small, reduction_t="5")
    make_measure(bostaden, focus_area=large, reduction_t="50")
    bars = charts.areas(summary(2026).areas).bars
    assert [bar.row.area for bar in bars] == [large, small, *empty]


def test_with_nothing_published_there_is_nothing_to_draw():
    found = summary(2026)
    assert not charts.areas(found.areas).has_figures


def test_the_range_of_a_figure_stands_on_an_axis_with_room_for_it():
    chart = charts.range_of(Decimal(40), "estimated")
    assert chart.ticks == [0, 20, 40, 60, 80]
    assert (chart.field.x, chart.field.width, chart.mark.x) == ("350", "300", "496")
    assert charts.range_of(Decimal(4000), "estimated").ticks == [0, 5000, 10_000]
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
