"""The way of the city's emissions to its targets: years and tonnes in, years and tonnes out.

All quantities are tonnes CO2e a year. What no year tells is absent, never 0.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from measures.figures import arithmetic

OLD = 3  # years after which an outcome no longer says how it goes
TREND = 3  # years over which emissions must have fallen
NOTHING = Decimal(0)


def rounded(value: Decimal) -> Decimal:
    """*value* in whole tonnes with three significant figures: 108 234 becomes 108 000."""
    unit = Decimal(1).scaleb(max(0, value.adjusted() - 2))
    return (value / unit).quantize(Decimal(1), rounding=ROUND_HALF_UP) * unit


class Point(NamedTuple):
    """What a year gave, or shall give at most."""

    year: int
    tonnes: Decimal


class Stage(Enum):
    """How far a measure has come, of those that count."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"


class Work(NamedTuple):
    """What the way asks of a measure: its yearly reduction, and the years in which it counts."""

    stage: Stage
    start: int | None
    end: int | None
    expected: Decimal | None
    achieved: Decimal | None


@dataclass(frozen=True)
class Parts:
    """What measures give towards a target, a year: so far, and what is still to come of them."""

    given: Decimal = NOTHING
    under_way: Decimal = NOTHING
    planned: Decimal = NOTHING
    measures: int = 0

    @property
    def total(self) -> Decimal:
        return self.given + self.under_way + self.planned


class State(Enum):
    """How it goes, in one word; the sentence belongs to the page."""

    NO_FIGURES = "no_figures"
    WAITING = "waiting"
    TOO_EARLY = "too_early"
    ON_COURSE = "on_course"
    NOT_FALLING = "not_falling"
    FALLING = "falling"  # and there is no target to compare with
    ENOUGH = "enough"
    TOO_SLOW = "too_slow"


def toward(works: Iterable[Work], *, after: int, target_year: int) -> Parts:
    """Add up what measures give in *target_year* that the outcome of the year *after* has not.

    A measure that began in *after* or earlier is in the outcome already; one that ends before the
    target, or has no year or no figure, is in no sum. What is achieved counts as given, and of a
    completed measure nothing more is to come.
    """
    given = under_way = planned = NOTHING
    number = 0
    for work in works:
        if not _counts(work, after, target_year):
            continue
        number += 1
        now, ahead = _now_and_ahead(work)
        given += now
        if work.stage is Stage.PLANNED:
            planned += ahead
        else:
            under_way += ahead
    return Parts(given, under_way, planned, number)


def _counts(work: Work, after: int, target_year: int) -> bool:
    begins_later = work.start is not None and work.start > after
    known = work.expected is not None or work.achieved is not None
    return known and begins_later and arithmetic.is_in_force(target_year, work.start, work.end)


def _now_and_ahead(work: Work) -> tuple[Decimal, Decimal]:
    """What a measure gives now, and what is still expected of it."""
    expected = work.expected or NOTHING
    if work.stage is Stage.DONE:
        return expected if work.achieved is None else work.achieved, NOTHING
    now = work.achieved or NOTHING
    return now, max(NOTHING, expected - now)


def on_path(base: Point, targets: Iterable[Point], year: int) -> Decimal:
    """Say where the straight way from *base* over the targets is in *year*.

    After the last target it stays there; before the base it is the base.
    """
    before = base
    for target in targets:
        if year <= before.year:
            break
        if year <= target.year:
            share = Decimal(year - before.year) / (target.year - before.year)
            return before.tonnes + (target.tonnes - before.tonnes) * share
        before = target
    return before.tonnes


@dataclass(frozen=True, eq=False)
class Way:
    """Outcomes and targets in order of years, what measures give, and what follows from it.

    Equal only to itself, so that what is drawn of it can be remembered by it.
    """

    outcomes: tuple[Point, ...]
    targets: tuple[Point, ...]
    parts: Parts
    this_year: int

    @property
    def base(self) -> Point | None:
        return self.outcomes[0] if self.outcomes else None

    @property
    def last(self) -> Point | None:
        return self.outcomes[-1] if self.outcomes else None

    @cached_property
    def target(self) -> Point | None:
        """The nearest target to come after the last outcome; the last one when all are past."""
        return nearest(self.targets, self.last.year if self.last else None)

    @property
    def ahead(self) -> tuple[Point, ...]:
        """The targets that the path leads to from the last outcome."""
        after = self.last.year if self.last else 0
        return tuple(target for target in self.targets if target.year > after)

    # What follows from sums is worked out from the rounded figures that stand beside it, so that
    # a reader who reckons it again gets the same.

    @property
    def total(self) -> Decimal:
        """What measures give towards the target, as it is said: with two figures."""
        return arithmetic.two_figures(self.parts.total)

    @property
    def remaining(self) -> Decimal | None:
        """From the last outcome to the nearest target, not less than nothing."""
        if self.last is None or self.target is None:
            return None
        return max(NOTHING, rounded(self.last.tonnes) - rounded(self.target.tonnes))

    @property
    def is_enough(self) -> bool:
        """Whether measures cover what remains: the sum is taken as it is, so none is rounded up."""
        if self.last is None or self.target is None:
            return False
        return not self.remaining or self.last.tonnes - self.parts.total <= self.target.tonnes

    @property
    def expected(self) -> Decimal | None:
        """The outcome to expect in the target's year, if nothing but the measures changes."""
        if self.last is None:
            return None
        left = max(NOTHING, rounded(self.last.tonnes) - self.total)
        return min(left, rounded(self.target.tonnes)) if self.is_enough and self.target else left

    @property
    def missing(self) -> Decimal | None:
        """What no measure covers of what remains; nothing only where measures are enough."""
        if self.remaining is None:
            return None
        if self.is_enough:
            return NOTHING
        return max(Decimal(1), self.remaining - self.total)

    @property
    def share(self) -> Decimal | None:
        """What measures give of what remains, in per cent; None where nothing remains."""
        return arithmetic.percent_of(self.total, self.remaining)

    @property
    def change(self) -> Decimal | None:
        """From the base year to the last outcome, in per cent; less than nothing is lower."""
        if self.base is None or self.last is None or self.base == self.last:
            return None
        return arithmetic.percent_of(self.last.tonnes - self.base.tonnes, self.base.tonnes)

    @cached_property
    def state(self) -> State:
        if self.base is None or self.last is None:
            return State.NO_FIGURES
        if self.this_year - self.last.year > OLD:
            return State.WAITING
        if self.base == self.last:
            return State.TOO_EARLY
        return self._trend(self.base, self.last)

    def _trend(self, base: Point, last: Point) -> State:
        later = tuple(target for target in self.targets if target.year > base.year)
        if later and last.tonnes <= on_path(base, later, last.year):
            return State.ON_COURSE
        if not is_falling(self.outcomes):
            return State.NOT_FALLING
        if self.target is None:
            return State.FALLING
        return State.TOO_SLOW if self.missing else State.ENOUGH

    def runs(self) -> list[tuple[Point, ...]]:
        """The outcomes without gaps: a year that is missing ends a run."""
        found: list[list[Point]] = []
        for point in self.outcomes:
            if found and point.year == found[-1][-1].year + 1:
                found[-1].append(point)
            else:
                found.append([point])
        return [tuple(run) for run in found]


def nearest(targets: Iterable[Point], after: int | None) -> Point | None:
    """The first target later than the year *after*; the last one where none is."""
    found = None
    for found in targets:
        if after is None or found.year > after:
            break
    return found


def is_falling(outcomes: tuple[Point, ...]) -> bool:
    """Whether the last outcome is below that of TREND years before, or the nearest one earlier.

    Where none is so early, below the first.
    """
    last = outcomes[-1]
    earlier = [point for point in outcomes if point.year <= last.year - TREND]
    return last.tonnes < (earlier or outcomes)[-1 if earlier else 0].tonnes
