"""Who acts for whom: invite, accept, change a role, end, shut out."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners import patience
from partners.models import (
    Invitation,
    InvitationReminder,
    Membership,
    MembershipRole,
    Organisation,
    User,
)
from partners.patience import patient
from partners.people import mails
from partners.post import reaching, tokens
from partners.reading.addresses import canonical_address
from partners.reading.text import one_line

LASTS = timedelta(days=30)  # of the link in an invitation
RECENT = timedelta(minutes=10)  # a second click within this time sends no second letter
DAY = timedelta(days=1)
MOST_A_DAY = 30  # invitations of one person who is not of the portal's staff


@patient
@transaction.atomic
def invite(organisation: Organisation, email: str, name: str, role: str, *, by: User) -> Invitation:
    """Let the person with *email* act for *organisation* at once, and invite them to log in.

    For those who may decide it: whoever else invites asks the person (invitations.ask). Somebody
    known keeps their name, and a role they already have in the organisation.

    Locks the person first, as their own yes does, so that the two wait for each other in one order.
    Raises ValidationError ("inactive") for somebody who may no longer log in, and "busy".
    """
    person = hold(person_with(canonical_address(email), one_line(name)))
    Membership.objects.current().get_or_create(
        person=person,
        organisation=organisation,
        ended_at=None,
        defaults={"role": role, "created_by": by},
    )
    asked = person.invitations.unanswered().asking().filter(organisation=organisation)
    asked.update(accepted_at=timezone.now())  # decided now, by whoever may
    return invite_person(person, organisation, by=by)


@patient
@transaction.atomic
def invite_person(person: User, organisation: Organisation | None, *, by: User) -> Invitation:
    """Send *person* an invitation to log in; within ten minutes of the last one, send no other.

    Locks the person. Raises ValidationError ("no_address", "inactive", "limit", "busy").
    """
    person = hold(person)
    if not person.email:
        raise ValidationError(_("This person has no e-mail address."), code="no_address")
    if not person.is_active:
        raise ValidationError(_("This person may no longer log in."), code="inactive")
    now = timezone.now()
    open_ones = person.invitations.filter(accepted_at=None, expires_at__gt=now, role="")
    latest = open_ones.filter(organisation=organisation, created_at__gt=now - RECENT).last()
    if latest:
        return latest
    return send(person, organisation, by=by)


def send(person: User, organisation: Organisation | None, *, by: User, **asked: str) -> Invitation:
    """Write an invitation and its letter; *asked* is the typed name and the role, if it asks.

    Raises ValidationError ("limit") when *by*, who is not of the portal's staff, has sent
    MOST_A_DAY in the last day. The person is locked in this transaction, and so is the count: what
    is sent at the same moment waits for it, and so cannot pass by.
    """
    now = timezone.now()
    if not by.is_staff_of_portal:
        _stay_within_limit(by, now)
    token, token_hash = tokens.new()
    invitation = Invitation.objects.create(
        person=person,
        organisation=organisation,
        token_hash=token_hash,
        created_by=by,
        expires_at=now + LASTS,
        **asked,
    )
    mails.invitation(invitation, token)
    return invitation


def _stay_within_limit(by: User, now: datetime) -> None:
    """Count under a lock that only those wait for who invite in the same name."""
    patience.take_turn(f"invites:{by.pk}")
    if not left_today(by, now):
        raise ValidationError(
            _(
                "You have sent %(most)s invitations in a day, which is the most. "
                "Send more tomorrow, or ask the project to."
            )
            % {"most": MOST_A_DAY},
            code="limit",
        )


def left_today(by: User, now: datetime) -> int:
    """How many invitations *by* may still send one by one. One query.

    Those of a large list do not count here: see joining.inviting.
    """
    sent = Invitation.objects.filter(created_by=by, created_at__gt=now - DAY)
    return max(0, MOST_A_DAY - sent.exclude(batch__is_large=True).count())


def open_invitation(token: str) -> Invitation | None:
    """The invitation a link still opens; None if it is unknown, used, or too old. One query."""
    made = invitation_of(token)
    return made if made and made.reaches_its_reader and not made.why_over(timezone.now()) else None


def invitation_of(token: str) -> Invitation | None:
    """The invitation a link was made for, whatever has become of it. One query.

    The link of the first letter and those of reminders open the same.
    """
    hashed = tokens.hash_of(token)
    reminded = InvitationReminder.objects.filter(token_hash=hashed).values("invitation")
    made = Invitation.objects.filter(Q(token_hash=hashed) | Q(pk__in=reminded))
    return made.select_related("person", "organisation", "created_by").first()


def accept(person: User) -> int:
    """Mark invitations to log in as accepted, at the login; return how many were open.

    Those that ask *person* to act for an organisation wait for a yes of their own.
    """
    to_log_in = person.invitations.unanswered().filter(role="")
    return to_log_in.update(accepted_at=timezone.now())


def change_role(membership: Membership, role: str, *, by: User) -> Membership:
    """Give a current member another role; an ended membership is left as it is.

    A role they have already keeps who gave it.
    """
    role = MembershipRole(role)
    Membership.objects.current().filter(pk=membership.pk).exclude(role=role).update(
        role=role, role_changed_at=timezone.now(), role_changed_by=by
    )
    membership.refresh_from_db()
    return membership


@patient
@transaction.atomic
def move(membership: Membership, organisation: Organisation, *, by: User) -> Membership:
    """Let the person act for *organisation* instead, in the same role; return that membership.

    The old one ends. A role they have in *organisation* already is kept, and a second click changes
    nothing. What is noted of sessions keeps the organisation it was noted for. Locks the person.
    Raises ValidationError ("busy").
    """
    hold(membership.person)
    membership.refresh_from_db()
    moved = Membership.objects.current().filter(
        person=membership.person_id, organisation=organisation
    )
    if membership.ended_at is None and membership.organisation_id != organisation.pk:
        moved.get_or_create(
            person_id=membership.person_id,
            organisation=organisation,
            ended_at=None,
            defaults={"role": membership.role, "created_by": by},
        )
        _end(Membership.objects.filter(pk=membership.pk), by)
    return moved.first() or membership


@transaction.atomic
def end(membership: Membership, *, by: User) -> Membership:
    """End a membership now; one already ended keeps its moment and who ended it."""
    _end(Membership.objects.filter(pk=membership.pk), by)
    membership.refresh_from_db()
    return membership


@patient
@transaction.atomic
def shut_out(person: User, *, by: User) -> User:
    """Let *person* no longer log in. A second call keeps the moment and who decided it.

    Their memberships end, so that they act for nobody. Links in invitations are dead at once, and
    pages that are open in a browser too: both stay so when the person is let in again. Letters that
    wait are not sent. Their seats in sessions go to the
    first in the queue when the clock next looks.

    Locks the person. Raises ValidationError ("self") for oneself, and "busy".
    """
    if person.pk == by.pk:
        raise ValidationError(_("You cannot shut yourself out."), code="self")
    person = hold(person)
    if person.is_active:
        now = timezone.now()
        person.set_unusable_password()  # a new one: logins that are open hang on the old
        _decide_access(person, is_active=False, by=by)
        _end(person.memberships.all(), by)
        person.invitations.filter(accepted_at=None, expires_at__gt=now).update(expires_at=now)
    return person


@patient
@transaction.atomic
def let_in(person: User, *, by: User) -> User:
    """Let *person* log in again, without the memberships they had.

    Locks the person. Raises ValidationError ("busy").
    """
    person = hold(person)
    if not person.is_active:
        _decide_access(person, is_active=True, by=by)
    return person


def hold(person: User) -> User:
    """Hold *person* until the transaction ends; return them as they are now."""
    return User.objects.select_for_update(no_key=True).get(pk=person.pk)


def _decide_access(person: User, *, is_active: bool, by: User) -> None:
    person.is_active = is_active
    person.access_changed_at, person.access_changed_by = timezone.now(), by
    person.save(update_fields=["is_active", "password", "access_changed_at", "access_changed_by"])


def _end(memberships: QuerySet[Membership], by: User) -> None:
    """End those of *memberships* that stand; what waits to remind their people is not sent."""
    standing = memberships.filter(ended_at=None)
    ended = list(standing.values_list("organisation", "person"))
    standing.update(ended_at=timezone.now(), ended_by=by)
    for organisation, person in ended:
        reaching.forget(organisation, person)


def person_with(email: str, name: str) -> User:
    """The person with *email*, in lower case; somebody new of this *name* if nobody has it.

    Two who write the same new address at once get the same person.
    """
    try:
        with transaction.atomic():
            return User.objects.filter(email=email).first() or User.objects.create_user(email, name)
    except IntegrityError:  # somebody else wrote the same address at the same moment
        return User.objects.get(email=email)
