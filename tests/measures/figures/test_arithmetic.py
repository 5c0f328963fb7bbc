from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.figures import arithmetic
from measures.figures.arithmetic import Figure, Total, add_up

METHODS = list(arithmetic.UNCERTAINTY_PERCENT)
TONNES = st.decimals(0, 1_000_000, places=3)
FIGURES = st.lists(
    st.builds(Figure, tonnes=TONNES, method=st.sampled_from(METHODS))
    | st.just(Figure(None, "not_quantified"))
)


@given(FIGURES)
def test_a_sum_has_what_is_known_and_counts_what_is_not(figures):
    known = [figure.tonnes for figure in figures if figure.tonnes is not None]
    total = arithmetic.add_up(figures)
    assert total.tonnes == (sum(known) if known else None)
    assert (total.quantified, total.count) == (len(known), len(figures))


@given(FIGURES)
def test_a_sum_lies_inside_its_range(figures):
    total = arithmetic.add_up(figures)
    if total.tonnes is not None:
        assert total.low <= total.tonnes <= total.high


@given(FIGURES, FIGURES)
def test_adding_up_in_two_parts_gives_the_same(some, others):
    whole, a, b = (arithmetic.add_up(f) for f in (some + others, some, others))
    parts = [part.tonnes for part in (a, b) if part.tonnes is not None]
    assert whole.tonnes == (sum(parts) if parts else None)


def test_nothing_known_is_not_nought():
    total = arithmetic.add_up([Figure(None, "not_quantified")] * 3)
    assert total.tonnes is None
    assert (total.quantified, total.unquantified, total.count) == (0, 3, 3)
    assert arithmetic.add_up([]).count == 0
    assert arithmetic.add_up([Figure(Decimal(0), "measured")]).tonnes == 0


def test_a_total_of_nothing_counts_nothing():
    assert arithmetic.Total() == arithmetic.add_up([])
    assert arithmetic.Total().count == 0


@pytest.mark.parametrize(
    ("method", "low", "high"),
    [("measured", 95, 105), ("calculated", 85, 115), ("estimated", 70, 130)],
)
def test_a_range_is_as_wide_as_the_method_is_unsure(method, low, high):
    assert arithmetic.range_of(Decimal(100), method) == (low, high)


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("1234", 1200), ("1250", 1300), ("0.0456", "0.046"), ("995", 1000), ("12", 12), ("0", 0)],
)
def test_two_figures(value, rounded):
    assert arithmetic.two_figures(Decimal(value)) == Decimal(rounded)


@given(TONNES)
def test_two_figures_move_a_value_by_at_most_five_per_cent_and_settle(value):
    rounded = arithmetic.two_figures(value)
    assert abs(rounded - value) <= value * Decimal("0.05")
    assert arithmetic.two_figures(rounded) == rounded


def test_only_an_estimate_is_rounded():
    assert arithmetic.shown(Decimal("1234.5"), "estimated") == 1200
    assert arithmetic.shown(Decimal("1234.5"), "measured") == Decimal("1234.5")
    assert arithmetic.shown(None, "estimated") is None


def test_a_reduction_counts_from_its_first_year_to_its_last():
    assert [y for y in range(2020, 2030) if arithmetic.is_in_force(y, 2022, 2024)] == [
        2022,
        2023,
        2024,
    ]
    assert arithmetic.is_in_force(2090, 2022, None)
    assert not arithmetic.is_in_force(2022, None, 2024)


def test_a_figure_nobody_says_how_they_know_is_as_unsure_as_an_estimate():
    assert arithmetic.range_of(Decimal(100), "") == arithmetic.range_of(Decimal(100), "estimated")


def test_what_is_not_known_gives_no_difference_and_no_share():
    assert arithmetic.difference(None, Decimal(3)) is None
    assert arithmetic.difference(Decimal(3), Decimal(1)) == -2
    assert arithmetic.percent_of(Decimal(3), Decimal(0)) is None
    assert arithmetic.percent_of(Decimal(3), Decimal(12)) == 25


def test_nothing_added_up_is_nothing_and_not_one():
    assert add_up([]) == Total(None, None, None, 0, 0)
    assert add_up([]).count == 0
    assert add_up([Figure(None, "not_quantified")]) == Total(None, None, None, 0, 1)
    assert add_up([Figure(Decimal(2), "measured")]).unquantified == 0
