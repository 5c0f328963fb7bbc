"""Who acts for whom: invite, accept, change a role, end."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners import mails, tokens
from partners.models import Invitation, Membership, MembershipRole, Organisation, User

LASTS = timedelta(days=30)  # of the link in an invitation
RECENT = timedelta(minutes=10)  # a second click within this time sends no second letter


def tidy(text: str) -> str:
    """Return *text* as one line: line breaks and other control characters become single spaces."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


@transaction.atomic
def invite(organisation: Organisation, email: str, name: str, role: str, *, by: User) -> Invitation:
    """Let the person with *email* act for *organisation*, and send them an invitation.

    Somebody known keeps their name, and a role they already have in the organisation.

    Raises ValidationError ("inactive") for somebody who may no longer log in.
    """
    person = _person_with(email.strip().lower(), tidy(name))
    Membership.objects.current().get_or_create(
        person=person,
        organisation=organisation,
        ended_at=None,
        defaults={"role": role, "created_by": by},
    )
    return invite_person(person, organisation, by=by)


@transaction.atomic
def invite_person(person: User, organisation: Organisation | None, *, by: User) -> Invitation:
    """Send *person* an invitation to log in; within ten minutes of the last one, send no other.

    Locks the person. Raises ValidationError ("no_address", "inactive").
    """
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if not person.email:
        raise ValidationError(_("This person has no e-mail address."), code="no_address")
    if not person.is_active:
        raise ValidationError(_("This person may no longer log in."), code="inactive")
    now = timezone.now()
    latest = person.invitations.filter(
        organisation=organisation, accepted_at=None, created_at__gt=now - RECENT
    ).last()
    if latest:
        return latest
    token, token_hash = tokens.new()
    invitation = Invitation.objects.create(
        person=person,
        organisation=organisation,
        token_hash=token_hash,
        created_by=by,
        expires_at=now + LASTS,
    )
    mails.invitation(invitation, token)
    return invitation


def open_invitation(token: str) -> Invitation | None:
    """The invitation a link belongs to; None if it is unknown, used, or too old. One query."""
    return (
        Invitation.objects.filter(
            token_hash=tokens.hash_of(token),
            accepted_at=None,
            expires_at__gt=timezone.now(),
            person__is_active=True,
            person__email__isnull=False,
        )
        .select_related("person", "organisation", "created_by")
        .first()
    )


def accept(person: User) -> int:
    """Mark the invitations of *person* as accepted, at their login; return how many were open."""
    return person.invitations.filter(accepted_at=None).update(accepted_at=timezone.now())


def change_role(membership: Membership, role: str) -> Membership:
    """Give a current member another role; an ended membership is left as it is."""
    Membership.objects.current().filter(pk=membership.pk).update(role=MembershipRole(role))
    membership.refresh_from_db()
    return membership


def end(membership: Membership) -> Membership:
    """End a membership now; one already ended keeps its moment."""
    Membership.objects.current().filter(pk=membership.pk).update(ended_at=timezone.now())
    membership.refresh_from_db()
    return membership


def _person_with(email: str, name: str) -> User:
    try:
        with transaction.atomic():
            return User.objects.filter(email=email).first() or User.objects.create_user(email, name)
    except IntegrityError:  # somebody else wrote the same address at the same moment
        return User.objects.get(email=email)
