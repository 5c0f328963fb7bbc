"""Asking somebody to act for an organisation, their yes or no, and inviting many at once."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partners.models import Invitation, Membership, Organisation, User
from partners.patience import patient
from partners.people import mails, membership
from partners.post import texts, tokens
from partners.reading.addresses import canonical_address

MOST = 500  # letters in one go
SAID_YES = "invitation_said_yes"  # on the page of a link; in the session until the code is given


@patient
@transaction.atomic
def ask(organisation: Organisation, email: str, name: str, role: str, *, by: User) -> Invitation:
    """Ask whoever reads *email* to act for *organisation*; they do from the moment they say yes.

    Nothing in what comes back or can be seen of it afterwards tells whether the portal knew the
    address. A second click sends no second letter; later, a new letter takes the place of the
    former.

    Raises ValidationError ("member" for somebody who is one already, "limit", "busy").
    """
    person = membership.hold(membership.person_with(canonical_address(email), name))
    if person.memberships.current().filter(organisation=organisation).exists():
        raise ValidationError(
            _("Somebody with this address acts for the organisation already."), code="member"
        )
    now = timezone.now()
    waiting = person.invitations.unanswered().asking().filter(organisation=organisation)
    recent = {"created_at__gt": now - membership.RECENT, "expires_at__gt": now}
    latest = waiting.filter(**recent).last()
    if latest:
        return latest
    waiting.update(withdrawn_at=now, withdrawn_by=by)
    return membership.send(person, organisation, by=by, name=name, role=role)


@patient
@transaction.atomic
def agree(invitation: Invitation, *, by: User) -> Invitation:
    """Say yes: from now on the person acts for the organisation. A second yes changes nothing.

    Locks the person. Raises ValidationError ("over", "left", "busy").
    """
    invitation = _as_it_is(invitation, by)
    if invitation.accepted_at is not None:
        return invitation
    now = _refuse_when_over(invitation)
    organisation = invitation.organisation
    if organisation is None or organisation.has_left:
        raise ValidationError(_("The organisation is no longer a partner."), code="left")
    Membership.objects.current().get_or_create(
        person=by,
        organisation=organisation,
        ended_at=None,
        defaults={"role": invitation.role, "created_by": invitation.created_by},
    )
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    return invitation


def asking_by(token: str) -> Invitation | None:
    """The question a link asks, answered or not; None if it asks nothing. One query."""
    made = membership.invitation_of(token)
    return made if made and made.role and made.reaches_its_reader else None


@patient
@transaction.atomic
def decline(invitation: Invitation, *, by: User) -> Invitation:
    """Say no. A second no changes nothing. Locks the person. Raises ValidationError ("over")."""
    invitation = _as_it_is(invitation, by)
    if invitation.declined_at is None:
        invitation.declined_at = _refuse_when_over(invitation)
        invitation.save(update_fields=["declined_at"])
    return invitation


@patient
@transaction.atomic
def withdraw(invitation: Invitation, *, by: User) -> Invitation:
    """Take back a question nobody has answered; its letter is not sent if it still waits.

    Locks the person. Raises ValidationError ("over") when it has been answered.
    """
    invitation = _as_it_is(invitation, invitation.person)
    if invitation.withdrawn_at is None:
        invitation.withdrawn_at, invitation.withdrawn_by = _refuse_when_over(invitation), by
        invitation.save(update_fields=["withdrawn_at", "withdrawn_by"])
        mails.forget_invitation(invitation)
    return invitation


def agree_at_login(pk: int, *, by: User) -> bool:
    """Carry out the yes said on the page of a link before the login; whether it holds.

    It does not for another's invitation, nor for one that is over by now.
    """
    invitation = by.invitations.asking().filter(pk=pk).first()
    if invitation is None:
        return False
    try:
        agree(invitation, by=by)
    except ValidationError:
        return False
    return True


@dataclass(frozen=True)
class Sorted:
    """Whom among the chosen a letter helps, and why the others get none; each person once."""

    rows: list[Membership]
    reasons: Mapping[str, int]  # how many people by the key of REASONS

    @property
    def now(self) -> list[Membership]:
        """Those of one go; the rest are left for the next."""
        return self.rows[:MOST]

    @property
    def later(self) -> int:
        return len(self.rows) - len(self.now)


REASONS: dict[str, str | Promise] = {
    "logged_in": _("has logged in already"),
    "no_address": _("This person has no e-mail address."),
    "inactive": _("This person may no longer log in."),
}


def sort(rows: Iterable[Membership]) -> Sorted:
    """Sort the chosen *rows*, which carry their person: those who have logged in get no letter."""
    reasons = [(row, _why_not(row.person)) for row in _each_person_once(rows)]
    helped = [row for row, reason in reasons if not reason]
    return Sorted(helped, Counter(reason for _row, reason in reasons if reason))


def _each_person_once(rows: Iterable[Membership]) -> list[Membership]:
    """The first row of each person, in their order."""
    first: dict[int, Membership] = {}
    for row in rows:
        first.setdefault(row.person_id, row)
    return list(first.values())


@patient
@transaction.atomic
def invite_all(rows: Iterable[Membership], *, by: User) -> list[tuple[Membership, str]]:
    """Invite each person of *rows* to log in, MOST at most; what came of each: "" or a reason.

    Who was invited within ten minutes counts as invited and gets no second letter. Locks the
    people, in one order. The number of queries that read is the same for any number of rows.
    """
    chosen = _each_person_once(rows)
    held = User.objects.select_for_update(no_key=True).order_by("pk")
    people = {person.pk: person for person in held.filter(pk__in=[row.person_id for row in chosen])}
    reasons = [(row, _why_not(people[row.person_id])) for row in chosen]
    helped = [row for row, reason in reasons if not reason][:MOST]
    _write_to(helped, by)
    told = [(row, "") for row in helped]
    return told + [(row, str(REASONS[reason])) for row, reason in reasons if reason]


def _write_to(rows: list[Membership], by: User) -> None:
    now = timezone.now()
    recent = Invitation.objects.unanswered().filter(
        person__in=[row.person_id for row in rows], created_at__gt=now - membership.RECENT, role=""
    )
    done = set(recent.values_list("person", flat=True))
    secrets = {row.person_id: tokens.new() for row in rows if row.person_id not in done}
    written = Invitation.objects.bulk_create(
        Invitation(
            person=row.person,
            organisation=row.organisation,
            token_hash=secrets[row.person_id][1],
            created_by=by,
            expires_at=now + membership.LASTS,
        )
        for row in rows
        if row.person_id in secrets
    )
    with texts.read_once():
        for invitation in written:
            mails.invitation(invitation, secrets[invitation.person_id][0])


def _why_not(person: User) -> str:
    if person.last_login is not None:
        return "logged_in"
    if not person.email:
        return "no_address"
    return "" if person.is_active else "inactive"


def _as_it_is(invitation: Invitation, person: User) -> Invitation:
    """The invitation under the lock of its *person*: what answers it holds that first."""
    membership.hold(person)
    return Invitation.objects.select_related("organisation", "created_by", "person").get(
        pk=invitation.pk, person=person
    )


def _refuse_when_over(invitation: Invitation) -> datetime:
    """The moment of the answer, read under the lock; it is the one that is kept."""
    now = timezone.now()
    answers = {invitation.accepted_at, invitation.declined_at, invitation.withdrawn_at}
    if answers != {None} or invitation.expires_at <= now:
        raise ValidationError(_("The invitation is answered, withdrawn or too old."), code="over")
    return now
