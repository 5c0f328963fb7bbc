"""What shows that a promise is kept: an organisation's own target, and its reports by link."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from measures.challenges.versions import write_over
from measures.models import OwnTarget, SharedReport
from partners.models import Organisation, User
from partners.patience import patient, take_turn

FACTS = ("mapped_year", "reduction_percent", "target_year")


def facts_of(target: OwnTarget | None) -> dict[str, Any]:
    """What a form shows of *target*."""
    return {name: getattr(target, name) for name in FACTS} if target else {}


@patient
@transaction.atomic
def aim(
    organisation: Organisation, facts: Mapping[str, Any], *, version: int, by: User
) -> OwnTarget:
    """Keep what *organisation* aims at, unless somebody changed it since *version* (0: none).

    Takes the turn of the organisation. Raises ValidationError ("changed", "busy").
    """
    take_turn(f"promise {organisation.pk}")
    known = OwnTarget.objects.select_related("updated_by").filter(organisation=organisation).first()
    if known is None:
        return OwnTarget.objects.create(organisation=organisation, updated_by=by, **facts)
    return write_over(known, facts, version=version, by=by)


@patient
@transaction.atomic
def share(organisation: Organisation, facts: Mapping[str, Any], *, by: User) -> SharedReport:
    """Share a report by its link; the same link for the same year is that one.

    Takes the turn of the organisation. Raises ValidationError ("taken", "busy").
    """
    take_turn(f"promise {organisation.pk}")
    own = organisation.shared_reports.filter(removed_at=None)
    known = own.filter(year=facts["year"], link=facts["link"]).first()
    if known is None:
        return own.create(organisation=organisation, created_by=by, **facts)
    if known.title != facts["title"]:
        raise ValidationError(_("This link is there already for the year."), code="taken")
    return known


@patient
@transaction.atomic
def take_away(report: SharedReport, *, by: User) -> None:
    """Take *report* away; the row is kept."""
    rows = SharedReport.objects.filter(pk=report.pk, removed_at=None)
    rows.update(removed_at=timezone.now(), removed_by=by)
