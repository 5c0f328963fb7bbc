"""The public start page: how it goes, what comes next, who is in, and what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils import timezone

from learning.models import (
    AttendanceStatus,
    LearningSession,
    SessionAudience,
)
from measures.city.report import the_way
from measures.figures.summary import Summary, summary
from measures.models import COUNTING, Measure, MeasureReport
from partners.models import ContentKey, ContentVersion, Organisation, OrganisationStatus, Sector
from partners.telling import markdown

NEWS = 2  # lines of what has happened; all of them have a page
CANDIDATES = (
    20  # good examples that are looked through for one of an organisation that is a partner
)


class Partner(NamedTuple):
    """What the page says of an organisation that is a partner, or has been."""

    pk: int
    name: str
    slug: str
    sector: str
    status: str
    joined_on: date | None
    left_on: date | None

    def was_in(self, day: date) -> bool:
        joined = self.joined_on is not None and self.joined_on <= day
        return joined and (self.left_on is None or self.left_on > day)


@dataclass(frozen=True)
class SectorRow:
    key: str
    label: str
    partners: list[Partner]


@dataclass(frozen=True)
class Example:
    """A measure that has given much, as its last report with a figure told it."""

    pk: int
    title: str
    organisation_id: int
    expected_t: Decimal | None
    achieved_t: Decimal
    text: str


def front(now: datetime) -> dict[str, object]:
    """All that the page shows. Six queries; more where a measure or a figure has changed."""
    today = timezone.localdate(now)
    figures = summary(today.year)
    partners = _partners(today)
    current = [one for one in partners if _is_in(one, today)]
    return {
        "way": the_way(figures, today),
        "figures": figures,
        "coming": _next_open(now),
        "partners": len(current),
        "partners_more": _more_than_a_year_ago(partners, current, today),
        "sectors": _by_sector(current),
        "learning": _learning(now, today.year, [one.pk for one in current]),
        "this_year": today.year,
        "news": _news(),
        **_example(figures, current),
    }


def _next_open(now: datetime) -> LearningSession | None:
    live = LearningSession.objects.live().filter(audience=SessionAudience.PUBLIC, starts_at__gt=now)
    return live.with_places().coming(now).first()


def _partners(today: date) -> list[Partner]:
    """Partners, and who left since a year ago; in the order of the list of partners."""
    kept = [OrganisationStatus.ACTIVE, OrganisationStatus.LEFT]
    found = Organisation.objects.filter(status__in=kept).in_order()
    since = found.filter(Q(left_on=None) | Q(left_on__gt=today - timedelta(days=366)))
    return [Partner(*row) for row in since.values_list(*Partner._fields)]


def _is_in(one: Partner, today: date) -> bool:
    return one.status == OrganisationStatus.ACTIVE and (one.left_on is None or one.left_on > today)


def _more_than_a_year_ago(
    partners: list[Partner], current: list[Partner], today: date
) -> int | None:
    """How many more than on the same day last year; None where it is not known of all of them."""
    if any(one.joined_on is None for one in current):
        return None
    then = today - timedelta(days=365)
    return len(current) - sum(one.was_in(then) for one in partners)


def _by_sector(partners: list[Partner]) -> list[SectorRow]:
    """The largest sector first; who has said none comes last."""
    rows = [
        SectorRow(key, str(label), [one for one in partners if one.sector == key])
        for key, label in [*Sector.choices, ("", "")]
    ]
    found = [row for row in rows if row.partners]
    return sorted(found, key=lambda row: (not row.key, -len(row.partners)))


def _learning(now: datetime, year: int, partners: list[int]) -> dict[str, int]:
    """The sessions of *year* so far, how often somebody came, and from how many partners."""
    present = Q(attendances__status=AttendanceStatus.PRESENT)
    held = LearningSession.objects.live().past(now).order_by().filter(starts_at__year=year)
    return held.aggregate(
        sessions=Count("pk", distinct=True),
        attended=Count("attendances", filter=present),
        partners=Count(
            "attendances__organisation",
            filter=present & Q(attendances__organisation__in=partners),
            distinct=True,
        ),
    )


def _example(figures: Summary, current: list[Partner]) -> dict[str, object]:
    """The best of the measures whose organisation is a partner; nothing where there is none."""
    known = {one.pk: one for one in current}
    found = next((one for one in _examples(figures) if one.organisation_id in known), None)
    if found is None:
        return {}
    longest = max(found.expected_t or Decimal(0), found.achieved_t)
    widths = {
        "expected_width": _width(found.expected_t, longest),
        "achieved_width": _width(found.achieved_t, longest),
    }
    return {"example": found, "example_partner": known[found.organisation_id], **widths}


def _width(value: Decimal | None, longest: Decimal) -> str:
    """Of a bar in a box 300 wide."""
    return f"{float((value or 0) / longest * 298):.0f}" if longest else "0"


@lru_cache(maxsize=4)
def _examples(figures: Summary) -> tuple[Example, ...]:
    """Those that achieved most, with what was told; kept as long as *figures* are. Two queries."""
    best = sorted(
        (row for row in figures.counting if row.achieved_t), key=lambda row: -(row.achieved_t or 0)
    )[:CANDIDATES]
    measures = Measure.objects.published().filter(status__in=COUNTING)
    titles = dict(measures.filter(pk__in=[row.pk for row in best]).values_list("pk", "title"))
    texts = _texts(titles)
    return tuple(
        Example(
            row.pk,
            titles[row.pk],
            row.organisation_id,
            row.reduction_t,
            row.achieved_t,
            texts[row.pk],
        )
        for row in best
        if row.achieved_t is not None and texts.get(row.pk)
    )


def _texts(measures: Iterable[int]) -> dict[int, str]:
    """What the latest report with a figure says of each of *measures*."""
    told = MeasureReport.objects.filter(measure__in=measures, reduction_t__isnull=False)
    return dict(told.order_by("created_at", "pk").values_list("measure", "text"))


def _news() -> Iterable[markdown.Row]:
    """The first lines of what coordinators have written as news; none where they have not."""
    version = ContentVersion.objects.now(ContentKey.NEWS).get(ContentKey.NEWS)
    return markdown.rows(version.body)[:NEWS] if version else ()
