from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from measures.city.scales import LEAST_PART, Scale, apart, number, star, widths_of


@settings(deadline=None)
@given(low=st.integers(0, 10**6), span=st.integers(1, 10**6), at=st.floats(0, 1))
def test_a_scale_keeps_order_and_ends(low, span, at):
    scale = Scale(low, low + span, 40, 500)

    assert scale(low) == pytest.approx(40)
    assert scale(low + span) == pytest.approx(500)
    assert 40 - 1e-6 <= scale(low + at * span) <= 500 + 1e-6


def test_a_part_too_small_to_see_is_drawn_as_wide_as_one_sees():
    widths = widths_of([Decimal("0.001"), Decimal(0), Decimal("0.999")], 1000)

    assert widths == [LEAST_PART, 0, 997]


@settings(deadline=None)
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=4))
def test_the_parts_fill_the_bar(values):
    assume(sum(values))
    widths = widths_of([Decimal(value) / sum(values) for value in values], 250)

    assert sum(widths) == pytest.approx(250)
    assert all(
        (wide >= LEAST_PART - 1e-9) == bool(value)
        for value, wide in zip(values, widths, strict=True)
    )


LABELS = st.lists(st.tuples(st.floats(-50, 400), st.sampled_from([18.0, 36.0])), max_size=5)


@settings(deadline=None)
@given(LABELS)
def test_labels_keep_off_each_other_and_inside(wanted):
    placed = apart(wanted, 30, 340)

    boxes = sorted((y - h / 2, y + h / 2) for y, (_, h) in zip(placed, wanted, strict=True))
    for (_, foot), (head, _) in zip(boxes, boxes[1:], strict=False):
        assert foot <= head + 1e-6
    for head, foot in boxes:
        assert head >= 30 - 1e-6
        assert foot <= 340 + 1e-6


def test_a_label_with_room_stands_where_it_wants():
    assert apart([(200, 36), (100, 18)], 30, 340) == [200, 100]


def test_numbers_are_written_for_svg_in_every_language():
    assert (number(12.0), number(-0.001), number(1040.256)) == ("12", "0", "1040.26")


def test_a_star_begins_at_its_point():
    assert star(100, 50, 13).startswith("M100 37c1.2 8.2")
