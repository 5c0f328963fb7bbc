"""The way to climate neutrality as pages show it: read, reckoned, said in words and drawn."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from django.utils.translation import get_language

from measures.city import drawing, words
from measures.city.drawing import NARROW, WIDE, Bar, Drawing
from measures.city.way import Parts, Point, Stage, Way, Work, nearest, rounded, toward
from measures.figures.summary import Published, Summary, state_of
from measures.models import CityEmission, CityTarget, MeasureStatus

BAR_WIDE, BAR_NARROW = 1040, 280
STAGES = {
    MeasureStatus.PLANNED: Stage.PLANNED,
    MeasureStatus.IN_PROGRESS: Stage.UNDER_WAY,
    MeasureStatus.COMPLETED: Stage.DONE,
}


@dataclass(frozen=True)
class Row:
    """What is known of a year, in tonnes CO2e; None where nothing is."""

    year: int
    outcome: Decimal | None
    target: Decimal | None
    expected: Decimal | None


@dataclass(frozen=True, eq=False)
class Shown:
    """All that a page shows of the way; equal only to itself, so that pages remember by it."""

    way: Way
    headline: str
    lead: tuple[str, ...]
    told: str
    covered: str
    in_thousands: bool
    wide: Drawing | None
    narrow: Drawing | None
    missing: Decimal | None  # as it is said: with three figures
    bar_wide: Bar | None
    bar_narrow: Bar | None
    rows: tuple[Row, ...]
    gaps: tuple[int, ...]  # years without a figure between two that have one
    source: str  # of the last outcome
    published_on: date | None
    today: date


def the_way(figures: Summary, today: date) -> Shown:
    """Tell the way, with what the measures of *figures* give. One query; three after a change.

    The most visited pages show it, so the process keeps it until a figure, the day or the
    language is another.
    """
    return _the_way(state_of(CityEmission, CityTarget), figures, today, get_language())


@lru_cache(maxsize=8)
def _the_way(
    _of_state: tuple[object, ...], figures: Summary, today: date, _language: str | None
) -> Shown:
    emissions = list(CityEmission.objects.all())
    outcomes = tuple(Point(one.year, one.tonnes) for one in emissions)
    targets = tuple(Point(one.year, one.tonnes) for one in CityTarget.objects.all())
    way = Way(outcomes, targets, _parts(outcomes, targets, figures), today.year)
    wide, narrow = _drawings(way, today)
    return Shown(
        way=way,
        headline=words.headline(way),
        lead=tuple(words.lead(way)),
        told=words.told(way) if outcomes else "",
        covered=words.covered(way),
        in_thousands=bool(outcomes) and drawing.in_thousands(way),
        wide=wide,
        narrow=narrow,
        missing=None if way.missing is None else rounded(way.missing),
        bar_wide=drawing.bar(way, BAR_WIDE),
        bar_narrow=drawing.bar(way, BAR_NARROW),
        rows=_rows(way),
        gaps=_gaps(way),
        source=emissions[-1].source if emissions else "",
        published_on=emissions[-1].published_on if emissions else None,
        today=today,
    )


def _parts(outcomes: tuple[Point, ...], targets: tuple[Point, ...], figures: Summary) -> Parts:
    last = outcomes[-1] if outcomes else None
    target = nearest(targets, last.year) if last else None
    if last is None or target is None:
        return Parts()
    return toward(map(_work, figures.counting), after=last.year, target_year=target.year)


def _work(row: Published) -> Work:
    return Work(
        stage=STAGES[MeasureStatus(row.status)],
        start=row.start_on.year if row.start_on else None,
        end=row.end_on.year if row.end_on else None,
        expected=row.reduction_t,
        achieved=row.achieved_t,
    )


def _drawings(way: Way, today: date) -> tuple[Drawing | None, Drawing | None]:
    if not way.outcomes:
        return None, None
    year = today.year + (today.timetuple().tm_yday - 1) / 366
    wide = drawing.draw(way, words.labels(way, is_wide=True), WIDE, year)
    return wide, drawing.draw(way, words.labels(way, is_wide=False), NARROW, year)


def _rows(way: Way) -> tuple[Row, ...]:
    outcomes, targets = dict(way.outcomes), dict(way.targets)
    expected = {}
    if way.target in way.ahead and way.target is not None and way.expected is not None:
        expected[way.target.year] = way.expected
    years = sorted({*outcomes, *targets, *expected})
    return tuple(Row(y, outcomes.get(y), targets.get(y), expected.get(y)) for y in years)


def _gaps(way: Way) -> tuple[int, ...]:
    between = ((a.year + 1, b.year) for a, b in pairwise(way.outcomes))
    return tuple(year for span in between for year in range(*span))
