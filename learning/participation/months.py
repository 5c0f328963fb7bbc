"""Attendance by month beside the same months a year before, and where its columns stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.dates import MONTHS, MONTHS_3

from learning import scales
from learning.models import LearningSession
from learning.participation.rows import Period

MOST_MONTHS = 24  # of more than two years the years are shown
HEIGHT, ABOVE, BELOW, LEFT = (
    200,
    22,
    26,
    44,
)  # of the drawing: its columns, and the words about them


@dataclass(frozen=True)
class Span:
    """A month, or a year of a long period."""

    first: date
    name: str
    short: str
    attended: int | None  # None: no session was held in it
    before: int | None  # the same, a year before
    is_now: bool


@dataclass(frozen=True)
class Column:
    span: Span
    x: float
    middle: float
    width: float
    y: float
    height: float
    before_x: float
    before_width: float
    before_y: float
    before_height: float
    label: str


@dataclass(frozen=True)
class Drawing:
    """Columns in a box; the axis ends at a round number above the highest."""

    width: int
    height: int
    base: int  # where the columns stand
    left: int
    columns: list[Column]
    steps: list[tuple[int, float]]  # what a line says, and where it is


@dataclass(frozen=True)
class Months:
    spans: list[Span]
    wide: Drawing
    narrow: Drawing

    @property
    def has_figures(self) -> bool:
        return any(span.attended or span.before for span in self.spans)

    @property
    def has_before(self) -> bool:
        return any(span.before is not None for span in self.spans)

    @property
    def fullest(self) -> Span:
        return max(self.spans, key=lambda span: span.attended or 0)


def months(
    period: Period,
    held: list[LearningSession],
    held_before: list[LearningSession],
    attended: Mapping[int, int],
    today: date,
) -> Months:
    """The months of *period*, with what *attended* says of the sessions of it and a year before."""
    by_year = _number_of_months(period) > MOST_MONTHS
    now = _added_up(held, attended, by_year, years_later=0)
    before = _added_up(held_before, attended, by_year, years_later=1)
    spans = [
        Span(
            first,
            str(first.year) if by_year else f"{MONTHS[first.month]} {first.year}",
            str(first.year) if by_year else str(MONTHS_3[first.month]),
            now.get(first),
            before.get(first),
            first == _start(today, by_year),
        )
        for first in _firsts(period, by_year)
    ]
    return Months(spans, _drawing(spans, 660), _drawing(spans, 320))


def _number_of_months(period: Period) -> int:
    first, last = period.first, period.last
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _start(day: date, by_year: bool) -> date:
    return day.replace(day=1, month=1 if by_year else day.month)


def _firsts(period: Period, by_year: bool) -> Iterator[date]:
    first = _start(period.first, by_year)
    while first <= period.last:
        yield first
        months = first.month + (12 if by_year else 1)
        first = first.replace(year=first.year + (months - 1) // 12, month=(months - 1) % 12 + 1)


def _added_up(
    sessions: list[LearningSession], attended: Mapping[int, int], by_year: bool, years_later: int
) -> dict[date, int]:
    found: dict[date, int] = {}
    for session in sessions:
        first = _start(timezone.localdate(session.starts_at), by_year)
        first = first.replace(year=first.year + years_later)
        found[first] = found.get(first, 0) + attended.get(session.pk, 0)
    return found


def _drawing(spans: list[Span], width: int) -> Drawing:
    highest = max(
        [0, *(figure for span in spans for figure in (span.attended, span.before) if figure)]
    )
    lines = [int(line) for line in scales.axis(highest, in_ones=True).lines]
    base, top = ABOVE + HEIGHT, lines[-1]
    room = (width - LEFT) / len(spans)
    every = max(1, -(-34 * len(spans) // (width - LEFT)))  # a word needs so much room

    def tall(figure: int | None) -> float:
        return round(max(3, HEIGHT * figure / top), 1) if figure else 0

    columns = []
    for place, span in enumerate(spans):
        wide = min(36, room * 0.6)
        middle = LEFT + room * (place + 0.5)
        columns.append(
            Column(
                span,
                x=round(middle - wide / 2, 1),
                middle=round(middle, 1),
                width=round(wide, 1),
                y=base - tall(span.attended),
                height=tall(span.attended),
                before_x=round(middle - wide / 2 - 2.5, 1),
                before_width=round(wide + 5, 1),
                before_y=base - tall(span.before),
                before_height=tall(span.before),
                label=_label(span, place, every),
            )
        )
    return Drawing(
        width, base + BELOW, base, LEFT, columns, [(n, base - HEIGHT * n / top) for n in lines]
    )


def _label(span: Span, place: int, every: int) -> str:
    if every == 1:
        return span.short
    return span.short if place % every == 0 else ""
