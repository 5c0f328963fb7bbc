"""Where the shapes of a chart stand: figures in, places out. The words are the templates'.

Shapes stretch with the page, so places are in a box of our own and text stands outside it as HTML:
it stays as large as the reader wants it on a phone, too.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from measures.figures import arithmetic
from measures.figures.summary import AreaRow, YearRow
from measures.models import COUNTING, MeasureStatus

WIDTH = 1000  # of a horizontal bar's box
BAR = 20  # how high a horizontal bar is
HEIGHT = 100  # of the columns' box
STEP = 100  # from one column to the next
COLUMN = 68  # how wide a column is
MARK = 8  # how wide the mark of a figure is in its range
LEAST = 4  # of a bar that is not nothing: it can still be seen

# Look of each part: its class and the colour it has where no stylesheet reaches.
LOOKS = {
    MeasureStatus.COMPLETED: ("c1", "#094268"),
    MeasureStatus.IN_PROGRESS: ("c3", "#2588e5"),
    MeasureStatus.PLANNED: ("c-plan", "#ffffff"),
}


@dataclass(frozen=True)
class Shape:
    """A rectangle in the chart's box."""

    look: str
    fill: str
    x: str  # as SVG writes numbers, whatever the language of the page
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Key:
    """An entry of the legend."""

    look: str
    fill: str
    label: str


@dataclass(frozen=True)
class Bar:
    row: AreaRow
    shapes: list[Shape]
    parts: list[tuple[Key, Decimal]]  # what the legend names, in t CO2e a year


@dataclass(frozen=True)
class BarChart:
    """Expected reduction by focus area, in parts by status; every bar to the same scale."""

    bars: list[Bar]
    legend: list[Key]
    has_figures: bool


@dataclass(frozen=True)
class Column:
    row: YearRow
    shapes: list[Shape]
    is_now: bool


@dataclass(frozen=True)
class YearChart:
    """Reduction in force by year: under way below, planned on top."""

    columns: list[Column]
    legend: list[Key]
    summary: str  # what the picture says, for who does not see it
    lines: list[int]  # heights of the axis's lines
    top: Decimal  # where the axis ends, t CO2e
    middle: Decimal
    width: int
    has_figures: bool


@dataclass(frozen=True)
class RangeChart:
    """Where a figure may lie: a dashed field from its low to its high, and a mark at the figure."""

    field: Shape
    mark: Shape
    ticks: list[Decimal]  # from 0 to where the axis ends, t CO2e a year


@dataclass(frozen=True)
class EffectChart:
    """What a measure is to give as a dashed bar, and what it has given filled over it."""

    expected: Shape | None
    achieved: Shape | None


def range_of(tonnes: Decimal, method: str) -> RangeChart | None:
    """The range of a figure on an axis with room for it; None where there is nothing to draw."""
    if tonnes <= 0:
        return None
    low, high = arithmetic.range_of(tonnes, method)
    top = arithmetic.nice_ceiling(high * 5 / 4)
    places = [float(value / top) * WIDTH for value in (low, high, tonnes)]
    return RangeChart(
        field=_shape(MeasureStatus.PLANNED, places[0], 0, places[1] - places[0], BAR),
        mark=_shape(MeasureStatus.COMPLETED, places[2] - MARK / 2, 0, MARK, BAR),
        ticks=[Decimal(0), top / 2, top],
    )


def effect(expected: Decimal | None, achieved: Decimal | None) -> EffectChart | None:
    """Both bars to the scale of the longer; None where there is no length to compare."""
    longest = max(expected or Decimal(0), achieved or Decimal(0))
    if not longest:
        return None
    return EffectChart(
        expected=_bar(MeasureStatus.PLANNED, expected, longest),
        achieved=_bar(MeasureStatus.COMPLETED, achieved, longest),
    )


def _bar(look: MeasureStatus, tonnes: Decimal | None, longest: Decimal) -> Shape | None:
    width = float((tonnes or Decimal(0)) / longest) * WIDTH
    return _shape(look, 0, 0, max(width, LEAST), BAR) if tonnes else None


def areas(rows: list[AreaRow]) -> BarChart:
    """Horizontal bars, the longest as wide as the box."""
    longest = max((row.expected.tonnes or Decimal(0) for row in rows), default=Decimal(0))
    legend = {status: Key(*LOOKS[status], str(status.label)) for status in COUNTING}
    return BarChart(
        bars=[
            Bar(
                row,
                _parts(row, longest),
                [(key, row.tonnes[status]) for status, key in legend.items()],
            )
            for row in rows
        ],
        legend=list(legend.values()),
        has_figures=longest > 0,
    )


def years(rows: list[YearRow], this_year: int) -> YearChart:
    """Columns on an axis that ends at a round number."""
    highest = max((row.total for row in rows), default=Decimal(0))
    top = arithmetic.nice_ceiling(highest)
    return YearChart(
        columns=[
            Column(row, _column(number, row, top), row.year == this_year)
            for number, row in enumerate(rows)
        ],
        legend=[
            Key(*LOOKS[MeasureStatus.COMPLETED], _("in progress or completed")),
            Key(*LOOKS[MeasureStatus.PLANNED], str(MeasureStatus.PLANNED.label)),
        ],
        summary=_("Columns by year from %(first)s to %(last)s; the highest is %(year)s.")
        % {"first": rows[0].year, "last": rows[-1].year, "year": _highest(rows).year},
        lines=[0, HEIGHT // 2, HEIGHT],
        top=top,
        middle=top / 2,
        width=STEP * len(rows),
        has_figures=highest > 0,
    )


def _highest(rows: list[YearRow]) -> YearRow:
    return max(rows, key=lambda row: row.total)


def _parts(row: AreaRow, longest: Decimal) -> list[Shape]:
    shapes: list[Shape] = []
    x = 0.0
    for status in COUNTING:
        if row.tonnes[status]:
            width = float(row.tonnes[status] / longest) * WIDTH
            shapes.append(_shape(status, x, 0, width, BAR))
            x += width
    return shapes


def _column(number: int, row: YearRow, top: Decimal) -> list[Shape]:
    shapes: list[Shape] = []
    x, y = number * STEP + (STEP - COLUMN) / 2, float(HEIGHT)
    parts = ((MeasureStatus.COMPLETED, row.under_way), (MeasureStatus.PLANNED, row.planned))
    for status, tonnes in parts:
        if tonnes:
            height = float(tonnes / top) * HEIGHT
            y -= height
            shapes.append(_shape(status, x, y, COLUMN, height))
    return shapes


def _shape(status: MeasureStatus, x: float, y: float, width: float, height: float) -> Shape:
    return Shape(*LOOKS[status], *(f"{round(n, 2) or 0:g}" for n in (x, y, width, height)))
