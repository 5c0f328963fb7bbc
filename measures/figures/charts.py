"""Where the shapes of a chart stand: figures in, places out. The words are the templates'.

Shapes stretch with the page, so places are in a box of our own and text stands outside it as HTML:
it stays as large as the reader wants it on a phone, too.
"""

from dataclasses import dataclass
from decimal import Decimal

from learning import scales
from measures.figures import arithmetic
from measures.figures.summary import AreaRow
from measures.models import COUNTING, MeasureStatus

WIDTH = 1000  # of a horizontal bar's box
BAR = 20  # how high a horizontal bar is
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
    end = high * 5 / 4
    axis = scales.axis(end, most=5 if end < 1000 else 2)  # long numbers need room on a phone
    places = [float(value / axis.top) * WIDTH for value in (low, high, tonnes)]
    return RangeChart(
        field=_shape(MeasureStatus.PLANNED, places[0], 0, places[1] - places[0], BAR),
        mark=_shape(MeasureStatus.COMPLETED, places[2] - MARK / 2, 0, MARK, BAR),
        ticks=axis.lines,
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
    """Horizontal bars, the longest first and as wide as the box."""
    rows = sorted(rows, key=lambda row: -(row.expected.tonnes or 0))
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


def _parts(row: AreaRow, longest: Decimal) -> list[Shape]:
    shapes: list[Shape] = []
    x = 0.0
    for status in COUNTING:
        if row.tonnes[status]:
            width = float(row.tonnes[status] / longest) * WIDTH
            shapes.append(_shape(status, x, 0, width, BAR))
            x += width
    return shapes


def _shape(status: MeasureStatus, x: float, y: float, width: float, height: float) -> Shape:
    return Shape(*LOOKS[status], *(f"{round(n, 2) or 0:g}" for n in (x, y, width, height)))
