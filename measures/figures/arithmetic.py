"""Numbers in, numbers out: what may be added up, and how sure a sum is.

A quantity is in tonnes CO2e; None means "not known" and is never counted as 0. Yearly reductions
are added up to a yearly reduction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

# How far off a figure may be, in per cent, by how it is known. After the data quality scores of
# PCAF's Global GHG Accounting Standard, 2022, table 5.2, coarsened to three steps.
UNCERTAINTY_PERCENT = {"measured": 5, "calculated": 15, "estimated": 30}


@dataclass(frozen=True)
class Figure:
    """A yearly reduction as somebody gave it."""

    tonnes: Decimal | None
    method: str  # a key of UNCERTAINTY_PERCENT where tonnes is known


@dataclass(frozen=True)
class Total:
    """A sum of yearly reductions, and how many figures are in it and how many are not."""

    tonnes: Decimal | None = None  # None where nothing is quantified: that is not 0
    low: Decimal | None = None
    high: Decimal | None = None
    quantified: int = 0
    unquantified: int = 0

    @property
    def count(self) -> int:
        return self.quantified + self.unquantified


def range_of(tonnes: Decimal, method: str) -> tuple[Decimal, Decimal]:
    """Between what and what the true value may lie; of an unknown *method* the widest range."""
    widest = max(UNCERTAINTY_PERCENT.values())
    share = Decimal(UNCERTAINTY_PERCENT.get(method, widest)) / 100
    return tonnes * (1 - share), tonnes * (1 + share)


def add_up(figures: Iterable[Figure]) -> Total:
    """Add yearly reductions; figures that are not known are counted, not added.

    The range of the sum is the sum of the ranges: as if all erred the same way, the careful choice.
    """
    known = []
    missing = 0
    for figure in figures:
        if figure.tonnes is None:
            missing += 1
        else:
            known.append((figure.tonnes, *range_of(figure.tonnes, figure.method)))
    if not known:
        return Total(unquantified=missing)
    tonnes, low, high = (sum(column, Decimal(0)) for column in zip(*known, strict=True))
    return Total(tonnes, low, high, quantified=len(known), unquantified=missing)


def two_figures(value: Decimal) -> Decimal:
    """*value* with two significant figures: 1 234 becomes 1 200, 0.0456 becomes 0.046."""
    return _figures(value, 2)


def three_figures(value: Decimal) -> Decimal:
    """*value* with three significant figures, as a sum is said: 1 370.2 becomes 1 370."""
    return _figures(value, 3)


def _figures(value: Decimal, figures: int) -> Decimal:
    if not value:
        return Decimal(0)
    unit = Decimal(1).scaleb(value.adjusted() - figures + 1)
    return (value / unit).quantize(Decimal(1), rounding=ROUND_HALF_UP) * unit


def shown(tonnes: Decimal | None, method: str) -> Decimal | None:
    """The figure as a page shows it: an estimate with two significant figures, others as given."""
    if tonnes is None:
        return None
    return two_figures(tonnes) if method == "estimated" else tonnes


def is_in_force(year: int, start: int | None, end: int | None) -> bool:
    """Whether a yearly reduction counts in *year*: from its first year to its last, both included.

    Without an end it lasts; without a start nobody knows when it began, and it counts in no year.
    """
    return start is not None and start <= year and (end is None or year <= end)


def difference(expected: Decimal | None, achieved: Decimal | None) -> Decimal | None:
    """Achieved less expected; None where one of them is not known."""
    return None if expected is None or achieved is None else achieved - expected


def percent_of(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """*part* of *whole* in per cent; None where one is not known or the whole is nothing."""
    return None if part is None or not whole else 100 * part / whole
