"""What is written of a person is put right."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.differences import Facts, refuse_if_changed
from partners.models import User
from partners.patience import patient
from partners.people import mails

OF_A_PERSON = ["name", "email"]


def facts_of_person(person: User) -> dict[str, Any]:
    return {name: getattr(person, name) for name in OF_A_PERSON}


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
    refuse_if_changed(now, seen)
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
