"""The measures as figures: how many, how far, how much, and how much of it is known.

What counts: published measures that are planned, in progress or completed. The expected effect is
the plan's; the achieved one is that of the latest progress report that gives a figure. A measure
counts from the year it starts to the year it ends, both included, and without an end it lasts.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, Model, OuterRef, Q, Subquery, Sum

from measures.figures import arithmetic
from measures.figures.arithmetic import Figure, Total
from measures.models import (
    COUNTING,
    EffectMethod,
    Measure,
    MeasureQuerySet,
    MeasureReport,
    MeasureStatus,
)
from partners.models import FocusArea

FIRST_YEAR = 2020
YEARS_AHEAD = 5
UNDER_WAY = (MeasureStatus.COMPLETED, MeasureStatus.IN_PROGRESS)


@dataclass(frozen=True)
class AreaRow:
    """The measures of one focus area."""

    area: FocusArea
    statuses: dict[str, int]  # measures by status, every status named
    tonnes: dict[str, Decimal]  # expected t CO2e a year by status, of those that count
    expected: Total
    achieved: Total

    @property
    def measures(self) -> int:
        return sum(self.statuses.values())


@dataclass(frozen=True)
class YearRow:
    """The reduction in force in one year, t CO2e."""

    year: int
    under_way: Decimal  # of measures in progress or completed
    planned: Decimal
    measures: int

    @property
    def total(self) -> Decimal:
        return self.under_way + self.planned


@dataclass(frozen=True, eq=False)
class Summary:
    """All of it, for the public; equal only to itself, so that more can be remembered by it."""

    measures: int  # published
    organisations: int  # that have published one
    expected: Total
    achieved: Total
    areas: list[AreaRow]
    years: list[YearRow]
    undated: int  # quantified, but nobody said when they start: in no year
    counting: tuple["Published", ...]  # what is in the sums, measure by measure

    @property
    def not_counting(self) -> int:
        return self.measures - self.expected.count


@dataclass(frozen=True)
class Counted:
    """A list of measures added up: what is in the sum and what is not, and why."""

    measures: int
    expected: Total  # of those that count
    not_counting: int  # ideas, paused, cancelled
    drafts: int


class Published(NamedTuple):
    """What the figures ask of a published measure."""

    pk: int
    organisation_id: int
    focus_area_id: int
    status: str
    counts: bool  # in sums
    start_on: date | None
    end_on: date | None
    reduction_t: Decimal | None  # expected, t CO2e a year
    method: str
    achieved_t: Decimal | None
    achieved_method: str | None


class Group(NamedTuple):
    """The measures of a list that are alike in what decides how they are added up."""

    counts: bool  # in sums, unless they are drafts
    method: str  # as all figures of the group are known; "not_quantified" has none
    is_draft: bool
    measures: int
    tonnes: Decimal | None  # expected t CO2e a year, all together


def summary(this_year: int) -> Summary:
    """Add up all published measures. One query; three when something has changed.

    The most visited pages show it, so the process keeps it until something it depends on changes.
    """
    return _summary(state_of(Measure, MeasureReport, FocusArea), this_year)


def state_of(*models: type[Model]) -> tuple[object, ...]:
    """What is another whenever a row of one of *models* is. One query.

    A row that is written gets another place or another transaction, whoever writes it and how: a
    time of change would miss who commits late, and who does not go by save().
    """
    one = "(SELECT sum(hashtextextended(ctid::text || xmin::text, 0)) FROM {})"
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(one.format(table) for table in tables)}")
        return tuple(cursor.fetchone())


@lru_cache(maxsize=4)
def _summary(_of_state: tuple[object, ...], this_year: int) -> Summary:
    """Add up all published measures. Two queries."""
    rows = list(_published())
    counting = [row for row in rows if row.counts]
    return Summary(
        measures=len(rows),
        organisations=len({row.organisation_id for row in rows}),
        expected=_expected(counting),
        achieved=_achieved(counting),
        areas=[_area(area, rows) for area in FocusArea.objects.all()],
        years=[_year(y, counting) for y in _years(counting, this_year)],
        undated=sum(row.reduction_t is not None and row.start_on is None for row in counting),
        counting=tuple(counting),
    )


def counted(measures: MeasureQuerySet) -> Counted:
    """Add up a list somebody looks at; drafts are in the list but not in the sum. One query."""
    groups = _groups(measures)
    published = [group for group in groups if not group.is_draft]
    return Counted(
        measures=_number(groups),
        expected=_sum_of([group for group in published if group.counts]),
        not_counting=_number(group for group in published if not group.counts),
        drafts=_number(group for group in groups if group.is_draft),
    )


def with_achieved(measures: MeasureQuerySet) -> MeasureQuerySet:
    """Add achieved_t and achieved_method: of the latest progress report that gives a figure."""
    latest = MeasureReport.objects.filter(
        measure=OuterRef("pk"), reduction_t__isnull=False
    ).order_by("-created_at", "-pk")
    return measures.annotate(
        achieved_t=Subquery(latest.values("reduction_t")[:1]),
        achieved_method=Subquery(latest.values("method")[:1]),
    )


def _groups(measures: MeasureQuerySet) -> list[Group]:
    found = (
        measures.with_counts()
        .order_by()
        .annotate(is_draft=Q(published_at__isnull=True))
        .values("counts", "method", "is_draft")
        .annotate(measures=Count("pk"), tonnes=Sum("reduction_t"))
    )
    return [Group(*row) for row in found.values_list(*Group._fields)]


def _number(groups: Iterable[Group]) -> int:
    return sum(group.measures for group in groups)


def _sum_of(groups: list[Group]) -> Total:
    """Add up what is known; how many figures a group holds is its number of measures."""
    total = arithmetic.add_up(Figure(group.tonnes, group.method) for group in groups)
    quantified = _number(group for group in groups if group.tonnes is not None)
    return replace(total, quantified=quantified, unquantified=_number(groups) - quantified)


def _years(counting: list[Published], this_year: int) -> range:
    """From the year before the first effect, where one sees it begin, to YEARS_AHEAD from now."""
    starts = [row.start_on.year for row in counting if row.start_on and row.reduction_t]
    first = max(FIRST_YEAR, min([this_year, *starts]) - 1)
    return range(first, this_year + YEARS_AHEAD + 1)


def _published() -> Iterable[Published]:
    found = with_achieved(Measure.objects.published().with_counts())
    return (Published(*row) for row in found.values_list(*Published._fields))


def _expected(rows: Iterable[Published]) -> Total:
    return arithmetic.add_up(Figure(row.reduction_t, row.method) for row in rows)


def _achieved(rows: Iterable[Published]) -> Total:
    return arithmetic.add_up(
        Figure(row.achieved_t, row.achieved_method or EffectMethod.NOT_QUANTIFIED) for row in rows
    )


def _area(area: FocusArea, rows: list[Published]) -> AreaRow:
    own = [row for row in rows if row.focus_area_id == area.pk]
    counting = [row for row in own if row.counts]
    numbers = Counter(row.status for row in own)
    return AreaRow(
        area=area,
        statuses={status: numbers[status] for status in MeasureStatus.values},
        tonnes={
            status: _tonnes(row for row in counting if row.status == status) for status in COUNTING
        },
        expected=_expected(counting),
        achieved=_achieved(counting),
    )


def _year(year: int, counting: list[Published]) -> YearRow:
    rows = [row for row in counting if row.reduction_t is not None and _is_in_force(year, row)]
    return YearRow(
        year=year,
        under_way=_tonnes(row for row in rows if row.status in UNDER_WAY),
        planned=_tonnes(row for row in rows if row.status not in UNDER_WAY),
        measures=len(rows),
    )


def _is_in_force(year: int, row: Published) -> bool:
    start = row.start_on.year if row.start_on else None
    end = row.end_on.year if row.end_on else None
    return arithmetic.is_in_force(year, start, end)


def _tonnes(rows: Iterable[Published]) -> Decimal:
    return sum((row.reduction_t for row in rows if row.reduction_t is not None), Decimal(0))
