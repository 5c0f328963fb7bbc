"""Where the lines, stars and labels of the way stand: a way and words in, places out.

There are two drawings, for a wide and for a narrow place, each in a box of its own: a unit is a
pixel where the box is as wide as the place, and grows with it, so that no text is under 14 px.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from learning.scales import axis
from measures.city.scales import LEAST_PART, Scale, apart, number, star, widths_of
from measures.city.way import NOTHING, Point, Way

LINE = 18.0  # from one line of a label to the next
GLYPH = 7.8  # of the widest usual letter of a label, 14 px
STRONG = 9.6  # of a strong one, where the reader's own font is a wide one
AWAY = 11.0  # from the target's year to the labels beside it
STAR_MAIN, STAR_OTHER = 13.0, 9.0

# Look of each part of the bar: the colours it has where no stylesheet reaches.
PARTS = {
    "given": ("#094268", "none"),
    "under-way": ("#2588e5", "none"),
    "planned": ("#ffffff", "#2588e5"),
    "missing": ("none", "#6c7f89"),
}
# Look of each label: its class.
LOOKS = {
    "base": "way-strong",
    "last": "way-now",
    "today": "way-scale",
    "expected": "way-hoped",
    "missing": "way-strong",
    "target": "way-goal",
    "later": "way-goal",
}

Texts = Mapping[str, tuple[str, ...]]  # the lines of each label, by its kind


@dataclass(frozen=True)
class Size:
    """A box, and what is left free round the plot in it; *beside* is the least at the target."""

    width: float
    height: float
    left: float
    beside: float
    apart: float  # from one year written under the axis to the next, at least


WIDE = Size(528, 372, 40, 118, 46)
NARROW = Size(288, 216, 36, 80, 60)
TOP, BOTTOM, RIGHT = 34.0, 30.0, 12.0


@dataclass(frozen=True)
class Mark:
    """A place in the drawing, and the year and tonnes that stand there."""

    x: str  # as SVG writes numbers, whatever the language of the page
    y: str
    point: Point


@dataclass(frozen=True)
class Tick:
    place: str
    value: int
    is_main: bool = False


@dataclass(frozen=True)
class Label:
    """Some lines of text at a place; *anchor* is which end of them stands there."""

    kind: str
    x: str
    lines: tuple[tuple[str, str], ...]  # (y, text)
    anchor: str

    @property
    def look(self) -> str:
        return LOOKS[self.kind.partition("-")[0]]


@dataclass(frozen=True)
class Drawing:
    """All shapes of the way in one box, as SVG writes them; "" for what is not there."""

    size: Size
    left: str
    right: str
    top: str
    bottom: str
    lines: tuple[Tick, ...]
    years: tuple[Tick, ...]
    areas: tuple[str, ...]
    outcome: str
    lone: tuple[Mark, ...]
    marks: tuple[Mark, ...]
    ends: tuple[Mark, ...]  # the first outcome and the last
    path: str
    forecast: str
    expected: Mark | None
    bracket: str
    stars: tuple[str, ...]
    today: str
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class Part:
    kind: str
    x: str
    width: str
    fill: str
    stroke: str


@dataclass(frozen=True)
class Bar:
    """What remains to the target as one bar, in parts; the star is where the target is."""

    width: int
    parts: tuple[Part, ...]
    star: str


@dataclass(frozen=True)
class _Plot:
    """Both scales of a drawing, and what it is of."""

    way: Way
    size: Size
    lines: list[Decimal]  # of the axis, up to the highest value
    x: Scale
    y: Scale

    def place(self, point: Point) -> tuple[float, float]:
        return self.x(point.year), self.y(point.tonnes)

    def mark(self, point: Point) -> Mark:
        x, y = self.place(point)
        return Mark(number(x), number(y), point)

    def marks(self, points: Iterable[Point]) -> tuple[Mark, ...]:
        return tuple(self.mark(point) for point in points)

    def line(self, points: Iterable[Point]) -> str:
        return "M" + " L".join(" ".join(map(number, self.place(point))) for point in points)


def draw(way: Way, texts: Texts, size: Size, today: float) -> Drawing | None:
    """Draw *way* with the labels of *texts*; None where there is no outcome.

    *today* is a year with its part gone by: 2026.9 at the end of November.
    """
    base, last = way.base, way.last
    if base is None or last is None:
        return None
    plot = _plot(way, size, _beside(texts, size))
    expected = _expected(way)
    path = (last, *way.ahead)
    return Drawing(
        size=size,
        left=number(plot.x.start),
        right=number(plot.x.end),
        top=number(plot.y.end),
        bottom=number(plot.y.start),
        lines=_lines(plot),
        years=_years(plot),
        areas=tuple(_area(plot, run) for run in _lines_of(way)),
        outcome=" ".join(plot.line(run) for run in _lines_of(way)),
        lone=plot.marks(_lone(way)),
        marks=plot.marks(way.outcomes),
        ends=plot.marks(dict.fromkeys((base, last))),
        path=plot.line(path) if way.ahead else "",
        forecast=plot.line((last, expected)) if expected else "",
        expected=plot.mark(expected) if expected else None,
        bracket=_bracket(plot, expected),
        stars=_stars(plot),
        today=number(plot.x(today)),
        labels=tuple(_labels(plot, texts, expected, today)),
    )


def bar(way: Way, width: int) -> Bar | None:
    """Draw what remains as a bar, *width* with the star at its end; None where nothing remains."""
    if not way.remaining or way.missing is None:
        return None
    parts = way.parts
    shown = {"given": parts.given, "under-way": parts.under_way}
    shown |= {"planned": parts.planned, "missing": max(NOTHING, way.remaining - parts.total)}
    room = width - 2 * STAR_MAIN - 4
    end = max(way.remaining, parts.total)
    widths = widths_of([shown[kind] / end for kind in shown], room)
    drawn, x = [], 0.0
    for kind, wide in zip(shown, widths, strict=True):
        if wide:
            drawn.append(Part(kind, number(x), number(wide), *PARTS[kind]))
        x += wide
    return Bar(width, tuple(drawn), star(float(way.remaining / end) * room + 17, 18, STAR_MAIN))


def _beside(texts: Texts, size: Size) -> float:
    """The room that the labels beside the target need, in whichever language they are."""
    beside = (text for kind in ("expected", "missing") for text in texts.get(kind, ()))
    return max(size.beside, AWAY + STRONG * max(map(len, beside), default=0))


def _plot(way: Way, size: Size, beside: float) -> _Plot:
    first, end = way.outcomes[0].year, _last_year(way) + 1
    highest = max(point.tonnes for point in (*way.outcomes, *way.ahead))
    upright = axis(highest)
    x_end = size.width - _right(way, size, beside, first, end)
    return _Plot(
        way,
        size,
        [line for line in upright.lines if line <= highest],
        Scale(first, end, size.left, x_end),
        Scale(0, float(upright.top), size.height - BOTTOM, TOP),
    )


def _last_year(way: Way) -> int:
    return max(point.year for point in (*way.outcomes, *way.ahead, Point(way.this_year, Decimal())))


def _right(way: Way, size: Size, beside: float, first: int, end: int) -> float:
    """The margin that leaves room for the labels beside the target, however late it is."""
    if way.target not in way.ahead or way.target is None:
        return RIGHT
    share = (way.target.year - first) / (end - first)
    room = size.width - size.left
    return max(RIGHT, room - (room - beside) / share)


def _lines_of(way: Way) -> list[tuple[Point, ...]]:
    return [run for run in way.runs() if len(run) > 1]


def _lone(way: Way) -> list[Point]:
    """The years with a figure that no line reaches."""
    return [run[0] for run in way.runs() if len(run) == 1]


def _expected(way: Way) -> Point | None:
    if way.target is None or way.target not in way.ahead or way.expected is None:
        return None
    return Point(way.target.year, way.expected)


def _lines(plot: _Plot) -> tuple[Tick, ...]:
    """The lines below the highest value, with what is written at them: see in_thousands."""
    unit = 1000 if in_thousands(plot.way) else 1
    return tuple(Tick(number(plot.y(value)), int(value / unit)) for value in plot.lines)


def in_thousands(way: Way) -> bool:
    """Whether the axis counts in thousands of tonnes."""
    return axis(max(point.tonnes for point in (*way.outcomes, *way.ahead))).step >= 1000


def _years(plot: _Plot) -> tuple[Tick, ...]:
    """What is written under the axis: targets, the first year, and tens where there is room."""
    way = plot.way
    first, end = int(plot.x.low), int(plot.x.high)
    ahead = [point.year for point in way.ahead]
    kept: list[int] = []
    for year in [*ahead, first, *range(-(-first // 10) * 10, end + 1, 10)]:
        if all(abs(plot.x(year) - plot.x(other)) >= plot.size.apart for other in kept):
            kept.append(year)
    main = way.target.year if way.target else None
    return tuple(Tick(number(plot.x(year)), year, year == main) for year in sorted(kept))


def _area(plot: _Plot, run: tuple[Point, ...]) -> str:
    bottom = number(plot.y.start)
    first, last = (number(plot.x(run[at].year)) for at in (0, -1))
    return f"{plot.line(run)} L{last} {bottom} L{first} {bottom}z"


def _bracket(plot: _Plot, expected: Point | None) -> str:
    """From what is expected to the target, where the star leaves room for it."""
    target = plot.way.target
    if expected is None or target is None or not plot.way.missing:
        return ""
    x, y = plot.place(expected)
    top, end = y + 7, plot.y(target.tonnes) - STAR_MAIN - 4
    if end - top < LEAST_PART:
        return ""
    at, left, right = number(x), number(x - 5), number(x + 5)
    return f"M{at} {number(top)} V{number(end)} M{left} {number(end)} H{right}"


def _stars(plot: _Plot) -> tuple[str, ...]:
    way = plot.way
    return tuple(
        star(*plot.place(point), STAR_MAIN if point == way.target else STAR_OTHER)
        for point in way.ahead
    )


def _labels(plot: _Plot, texts: Texts, expected: Point | None, today: float) -> Iterable[Label]:
    way = plot.way
    base_x, base_y = plot.place(way.outcomes[0])
    yield _label("base", texts, base_x + 8, base_y - 11)
    base_ends = base_x + 8 + GLYPH * max(map(len, texts["base"]))
    if plot.x(today) - 20 > base_ends or base_y - 26 > TOP:
        yield _label("today", texts, plot.x(today), TOP - 20, "middle")
    if way.base != way.last:
        yield from _at_the_left(plot, texts)
    if expected is not None:
        yield from _at_the_right(plot, texts, expected)
    for point in way.ahead:
        kind = f"later-{point.year}"
        if kind in texts:
            x, y = plot.place(point)
            yield _label(kind, texts, min(x, plot.size.width - 32), y + 21, "middle")


def _at_the_left(plot: _Plot, texts: Texts) -> Iterable[Label]:
    """Below the last outcome, and before the star of the nearest target."""
    last, target = plot.way.outcomes[-1], plot.way.target
    below = 6 + LINE * len(texts["last"]) / 2
    found = [("last", plot.x(last.year) - 10, plot.y(last.tonnes) + below)]
    if target is not None and target in plot.way.ahead:
        x, y = plot.place(target)
        found.append(("target", x - STAR_MAIN - 6, y))
    yield from _kept_apart(plot, texts, found, "end", plot.y.start - 4)


def _at_the_right(plot: _Plot, texts: Texts, expected: Point) -> Iterable[Label]:
    """Beside what is expected, and beside the bracket from there to the target."""
    x, y = plot.place(expected)
    found, foot = [("expected", x + AWAY, y - LINE / 2)], plot.y.start - 4
    if plot.way.missing and plot.way.target is not None:
        end = plot.y(plot.way.target.tonnes)
        found.append(("missing", x + AWAY, (y + end) / 2))
        foot = end - 6  # the path goes on below
    yield from _kept_apart(plot, texts, found, "start", foot)


def _kept_apart(
    plot: _Plot, texts: Texts, found: list[tuple[str, float, float]], anchor: str, foot: float
) -> Iterable[Label]:
    heights = [LINE * len(texts[kind]) for kind, _x, _y in found]
    wanted = [(y, height) for (_kind, _x, y), height in zip(found, heights, strict=True)]
    middles = apart(wanted, TOP, foot)
    for (kind, x, _y), height, middle in zip(found, heights, middles, strict=True):
        yield _label(kind, texts, x, middle - height / 2 + LINE - 4, anchor)


def _label(kind: str, texts: Texts, x: float, y: float, anchor: str = "start") -> Label:
    """The lines of a label, the first with its foot at *y*."""
    lines = tuple((number(y + LINE * at), text) for at, text in enumerate(texts[kind]))
    return Label(kind, number(x), lines, anchor)
