"""What a partner does, from all apps: its row in the directory, and whom it is like."""

from dataclasses import dataclass

from django.db.models import Count, F, Max, Min, OuterRef, Q, Subquery, Sum
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce, Greatest, Left

from learning.models import Attendance
from measures.models import COUNTING, Measure, MeasureQuerySet
from partners.models import FocusArea, Organisation, OrganisationQuerySet

BY_NAME, BY_TONNES, BY_ACTIVITY = "name", "tonnes", "active"
ORDERS: dict[str, list[str | OrderBy]] = {
    BY_NAME: ["sort_name", "pk"],
    BY_TONNES: [F("expected_t").desc(nulls_last=True), "sort_name", "pk"],
    BY_ACTIVITY: [F("active_at").desc(nulls_last=True), "sort_name", "pk"],
}


@dataclass(frozen=True)
class Letter:
    """A letter that names begin with, and the page on which the first of them stands."""

    letter: str
    page: int


@dataclass(frozen=True)
class Alike:
    """A focus area an organisation works on, and how many other partners do."""

    area: FocusArea
    others: int


def with_activity(partners: OrganisationQuerySet) -> OrganisationQuerySet:
    """Add measure_count, expected_t and active_at, of what is public: no query of its own.

    expected_t is the sum that counts, in t CO2e a year, or None; active_at the latest session
    attended, or change of a measure.
    """
    published = Measure.objects.published().filter(organisation=OuterRef("pk")).order_by()
    each = published.values("organisation")
    counting = published.filter(status__in=COUNTING).values("organisation")
    came = Attendance.objects.present().filter(organisation=OuterRef("pk")).order_by()
    seen = came.values("organisation").annotate(at=Max("session__starts_at"))
    return partners.annotate(
        measure_count=Coalesce(Subquery(each.annotate(n=Count("pk")).values("n")), 0),
        expected_t=Subquery(counting.annotate(t=Sum("reduction_t")).values("t")),
        active_at=Greatest(
            Subquery(each.annotate(at=Max("updated_at")).values("at")), Subquery(seen.values("at"))
        ),
    )


def letters(partners: OrganisationQuerySet, rows_a_page: int) -> list[Letter]:
    """What names begin with, in order. One query."""
    first = partners.order_by().annotate(first=Left("name", 1)).values_list("first")
    counted = first.annotate(n=Count("pk"), place=Min("sort_name")).order_by("place")
    found: dict[str, int] = {}
    before = 0
    for letter, n, _place in counted:
        found.setdefault(letter.upper(), before // rows_a_page + 1)
        before += n
    return [Letter(letter, page) for letter, page in found.items()]


def public_measures(organisation: Organisation) -> MeasureQuerySet:
    """The largest first; those without a figure last."""
    found = Measure.objects.published().filter(organisation=organisation)
    return found.order_by(F("reduction_t").desc(nulls_last=True), "title", "pk")


def alike(organisation: Organisation) -> list[Alike]:
    """The focus areas it works on together with others. One query."""
    partners = Organisation.objects.partners().exclude(pk=organisation.pk)
    others = Count("organisations", filter=Q(organisations__in=partners.values("pk")))
    areas = FocusArea.objects.filter(pk__in=organisation.focus_areas.values("pk"))
    shared = areas.annotate(others=others).filter(others__gt=0)
    return [Alike(area, area.others) for area in shared]
