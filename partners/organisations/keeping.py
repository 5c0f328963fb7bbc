"""What is written of an organisation is put right, and it says who it is in its own words."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.differences import Facts, refuse_if_changed
from partners.models import Organisation, OrganisationAlias, User
from partners.patience import patient
from partners.sheets import cells

OF_AN_ORGANISATION = ["name", "org_number", "sector", "website", "status", "joined_on", "left_on"]

OWN_WORDS = ["description_sv", "description_en"]


def facts_of_organisation(organisation: Organisation) -> dict[str, Any]:
    """What can be corrected, with the keys of its focus areas. One query."""
    areas = organisation.focus_areas.order_by("position", "pk")
    facts = {name: getattr(organisation, name) for name in OF_AN_ORGANISATION}
    return facts | {"focus_areas": list(areas)}


def words_of_organisation(organisation: Organisation) -> dict[str, Any]:
    return {name: getattr(organisation, name) for name in OWN_WORDS}


@patient
@transaction.atomic
def correct_organisation(
    organisation: Organisation, facts: Facts, *, seen: str, by: User
) -> Organisation:
    """Write *facts* over those whose seal is *seen*; saved again they change nothing.

    Its address on the portal stays. A former name is kept, so that lists that still use it find
    the organisation. Locks the organisation. Raises ValidationError ("changed", "taken", "busy").
    """
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    now = facts_of_organisation(organisation)
    if now == facts:
        return organisation
    refuse_if_changed(now, seen)
    _refuse_if_number_is_taken(organisation, facts["org_number"])
    if facts["status"] != organisation.status:
        organisation.status_changed_at, organisation.status_changed_by = timezone.now(), by
    if facts["name"] != organisation.name:
        _remember_name(organisation)
    for name in OF_AN_ORGANISATION:
        setattr(organisation, name, facts[name])
    organisation.corrected_at, organisation.corrected_by = timezone.now(), by
    organisation.save()
    organisation.focus_areas.set(facts["focus_areas"])
    return organisation


@patient
@transaction.atomic
def describe_organisation(
    organisation: Organisation, words: Facts, *, seen: str, by: User
) -> Organisation:
    """Write who *organisation* is over the words whose seal is *seen*; saved again is no change.

    Locks the organisation. Raises ValidationError ("changed", "busy").
    """
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    now = words_of_organisation(organisation)
    if now == words:
        return organisation
    refuse_if_changed(now, seen)
    for name in OWN_WORDS:
        setattr(organisation, name, words[name])
    organisation.corrected_at, organisation.corrected_by = timezone.now(), by
    organisation.save(update_fields=[*OWN_WORDS, "corrected_at", "corrected_by"])
    return organisation


def _refuse_if_number_is_taken(organisation: Organisation, number: str | None) -> None:
    others = Organisation.objects.exclude(pk=organisation.pk).filter(org_number=number or None)
    other = others.first() if number else None
    if other is not None:
        raise ValidationError(
            _("%(name)s has this number already."), code="taken", params={"name": other.name}
        )


def _remember_name(organisation: Organisation) -> None:
    """Let lists that use the former name find the organisation, unless it means another."""
    folded = cells.fold(organisation.name)[:200]
    if folded:
        OrganisationAlias.objects.get_or_create(
            folded=folded, defaults={"organisation": organisation}
        )
