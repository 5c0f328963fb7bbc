"""What is written of people and organisations is put right, and organisations say who they are."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.models import Organisation, OrganisationAlias, User
from partners.patience import patient
from partners.people import mails
from partners.sheets import cells

Facts = Mapping[str, Any]

OF_A_PERSON = ["name", "email"]
OF_AN_ORGANISATION = ["name", "org_number", "sector", "website", "status", "joined_on", "left_on"]

OWN_WORDS = ["description_sv", "description_en"]


def facts_of_person(person: User) -> dict[str, Any]:
    return {name: getattr(person, name) for name in OF_A_PERSON}


def facts_of_organisation(organisation: Organisation) -> dict[str, Any]:
    """What can be corrected, with the keys of its focus areas. One query."""
    areas = organisation.focus_areas.order_by("position", "pk")
    facts = {name: getattr(organisation, name) for name in OF_AN_ORGANISATION}
    return facts | {"focus_areas": list(areas)}


def words_of_organisation(organisation: Organisation) -> dict[str, Any]:
    return {name: getattr(organisation, name) for name in OWN_WORDS}


def seal(facts: Facts) -> str:
    """What a page shows of *facts*, in short: another seal means that somebody changed them."""
    told = [f"{name}={_told(value)}" for name, value in sorted(facts.items())]
    return sha256("\n".join(told).encode()).hexdigest()


def _told(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(str(row.pk) for row in value)
    return "" if value is None else str(value)


@patient
@transaction.atomic
def correct_person(person: User, facts: Facts, *, seen: str, by: User) -> User:
    """Write *facts* of a person over those whose seal is *seen*; saved again they change nothing.

    With another address, what was sent to the former one opens nothing any more: links in
    invitations, codes and logins. Both addresses are written to.

    Locks the person. Raises ValidationError ("changed", "taken", "busy").
    """
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    now = facts_of_person(person)
    if now == facts:
        return person
    _refuse_if_changed(now, seen)
    if facts["email"] != person.email:
        _change_address(person, facts["email"], by)
    person.name = facts["name"]
    person.corrected_at, person.corrected_by = timezone.now(), by
    _save_unless_taken(person)
    return person


def _change_address(person: User, email: str | None, by: User) -> None:
    """Close what the former address opens, and tell both."""
    moment = timezone.now()
    opened = person.invitations.unanswered().filter(expires_at__gt=moment)
    for invitation in opened:
        mails.forget_invitation(invitation)
    opened.update(expires_at=moment)
    if not person.has_usable_password():
        person.set_unusable_password()  # a new one: logins that are open hang on the old
    occasion = f"{person.pk}:{moment:%Y%m%dT%H%M%S%f}"
    mails.address_was_changed(person, occasion, by=by)
    person.email = email
    mails.address_is_changed(person, occasion, by=by)


def _save_unless_taken(person: User) -> None:
    """Raises ValidationError ("taken"), also when somebody else takes it at this moment."""
    other = User.objects.with_address(person.email or "").exclude(pk=person.pk).first()
    try:
        with transaction.atomic():
            if other is None:
                person.save(
                    update_fields=["name", "email", "password", "corrected_at", "corrected_by"]
                )
    except IntegrityError:
        other = User.objects.with_address(person.email or "").exclude(pk=person.pk).get()
    if other is not None:
        raise ValidationError(
            _("%(name)s has this address already."), code="taken", params={"name": other.name}
        )


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
    _refuse_if_changed(now, seen)
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
    _refuse_if_changed(now, seen)
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


def _refuse_if_changed(now: Facts, seen: str) -> None:
    if seal(now) != seen:
        raise ValidationError(
            _(
                "Somebody changed this while you were writing. Both versions are "
                "below: choose what to keep and save again."
            ),
            code="changed",
        )
