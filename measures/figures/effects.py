"""Measures side by side: what each is expected to give and has given, as bars on one scale."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from measures.figures import arithmetic
from measures.figures.arithmetic import Figure, Total
from measures.models import COUNTING, EffectMethod, Measure, MeasureStatus

WIDTH = 100  # of the box a bar is drawn in
LEAST = 3  # a part that is there is never thinner


@dataclass(frozen=True)
class Row:
    """One measure, its figures in t CO2e a year, and where its bar ends as SVG writes numbers."""

    measure: Measure
    expected: Decimal | None
    achieved: Decimal | None
    expected_ends: str  # "" where there is nothing to draw
    achieved_ends: str


@dataclass(frozen=True)
class Together:
    """Measures added up: how many, how far, and what those that count give."""

    measures: int
    statuses: list[tuple[str, int]]  # status in words and how many, as a measure goes on
    expected: Total
    achieved: Total
    measured_t: Decimal  # of what is achieved, what is measured


def rows(measures: Iterable[Measure]) -> list[Row]:
    """A row each, in the order given, to the scale of the largest. Needs with_achieved."""
    found = list(measures)
    figures = [tonnes for measure in found for tonnes in _figures(measure) if tonnes is not None]
    largest = max(figures, default=Decimal(0))
    return [_row(measure, largest) for measure in found]


def together(measures: Iterable[Measure]) -> Together:
    """Add up *measures*, of which ideas, paused and cancelled ones count in no sum.

    Needs with_achieved.
    """
    found = list(measures)
    numbers = Counter(measure.status for measure in found)
    counting = [measure for measure in found if measure.status in COUNTING]
    given = [_given(measure) for measure in counting]
    known = (one.tonnes for one in given if one.method == EffectMethod.MEASURED)
    return Together(
        measures=len(found),
        statuses=[
            (str(status.label), numbers[status]) for status in MeasureStatus if numbers[status]
        ],
        expected=arithmetic.add_up(Figure(one.reduction_t, one.method) for one in counting),
        achieved=arithmetic.add_up(given),
        measured_t=sum((tonnes for tonnes in known if tonnes is not None), Decimal(0)),
    )


def _figures(measure: Measure) -> tuple[Decimal | None, Decimal | None]:
    return measure.reduction_t, _given(measure).tonnes


def _given(measure: Measure) -> Figure:
    tonnes: Decimal | None = getattr(measure, "achieved_t", None)
    method: str | None = getattr(measure, "achieved_method", None)
    return Figure(tonnes, method or EffectMethod.NOT_QUANTIFIED)


def _row(measure: Measure, largest: Decimal) -> Row:
    expected, achieved = _figures(measure)
    return Row(measure, expected, achieved, _ends(expected, largest), _ends(achieved, largest))


def _ends(tonnes: Decimal | None, largest: Decimal) -> str:
    if not tonnes:
        return ""
    return f"{max(LEAST, round(float(tonnes / largest) * WIDTH, 1)):g}"
