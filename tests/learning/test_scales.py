from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learning.scales import axis

HIGHEST = st.decimals(min_value="0.001", max_value=10**9, places=3)


@pytest.mark.parametrize(
    ("highest", "step", "top"),
    [(412_000, 100_000, 500_000), (500_000, 100_000, 500_000), (501_000, 200_000, 600_000)]
    + [(82, 20, 100), (5, 1, 5), (0, 1, 1), (-3, 1, 1), (1_000_000, 200_000, 1_000_000)],
)
def test_an_axis_ends_at_a_round_number(highest, step, top):
    assert axis(Decimal(highest)) == (step, top)


@settings(deadline=None)
@given(HIGHEST, st.integers(1, 8))
def test_an_axis_holds_its_highest_value_in_few_steps(highest, most):
    step, top = found = axis(highest, most=most)

    assert highest <= top < highest + step, "no empty step on top"
    assert str(step.normalize().as_tuple().digits[0]) in "125"
    assert found.lines[0] == 0
    assert found.lines[-1] == top
    assert len(found.lines) <= most + 1
    assert {high - low for low, high in zip(found.lines, found.lines[1:], strict=False)} == {step}


@settings(deadline=None)
@given(st.integers(0, 10**9))
def test_what_is_counted_has_no_half_steps(highest):
    found = axis(highest, in_ones=True)

    assert found.top >= highest
    assert all(line == int(line) for line in found.lines)
    assert axis(1, in_ones=True).lines == [0, 1]
