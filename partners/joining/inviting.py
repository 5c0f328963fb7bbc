"""A list of addresses: what sending it would do, and asking all of them at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners import patience
from partners.joining.pasting import Entry
from partners.models import (
    Invitation,
    InvitationBatch,
    Membership,
    MembershipRole,
    Organisation,
    User,
)
from partners.patience import patient
from partners.people import mails, membership
from partners.post import tokens

MOST = 200  # in one list
LARGE_EVERY = timedelta(days=30)  # one list this large, of a person and for an organisation


@dataclass(frozen=True)
class Looked:
    """What is done about each of a list, without having done it."""

    going: list[Entry]  # get an invitation
    acting: list[Entry]  # act for the organisation already
    waiting: list[tuple[Entry, datetime]]  # have an invitation, since when
    said_no: list[tuple[Entry, datetime]]  # lately
    twice: list[Entry]  # stand in the list again
    wrong: list[Entry]  # are no addresses

    @property
    def others(self) -> int:
        """How many addresses get no invitation."""
        return len(self.acting) + len(self.waiting) + len(self.said_no)


def look(organisation: Organisation, entries: Iterable[Entry], now: datetime) -> Looked:
    """Sort *entries* by what is done about each; each address once. Three queries.

    It asks only who acts for *organisation* and was asked to: whom else the portal knows makes no
    difference, neither to what is said nor to how long it takes.
    """
    first: dict[str, Entry] = {}
    found = Looked([], [], [], [], [], [])
    for entry in entries:
        if not entry.email:
            found.wrong.append(entry)
        elif first.setdefault(entry.email, entry) is not entry:
            found.twice.append(entry)
    acting, waiting, said_no = _known(organisation, list(first), now)
    for email, entry in first.items():
        if email in acting:
            found.acting.append(entry)
        elif email in waiting:
            found.waiting.append((entry, waiting[email]))
        elif email in said_no:
            found.said_no.append((entry, said_no[email]))
        else:
            found.going.append(entry)
    return found


def _known(
    organisation: Organisation, emails: Sequence[str], now: datetime
) -> tuple[set[str], dict[str, datetime], dict[str, datetime]]:
    here = {"organisation": organisation, "person__email__in": emails}
    acting = Membership.objects.current().filter(**here).values_list("person__email", flat=True)
    waiting = Invitation.objects.pending(now).filter(**here)
    fallen = Invitation.objects.fallen_through(now).filter(**here, declined_at__isnull=False)
    return (
        {str(email) for email in acting},
        {str(one.person.email): one.created_at for one in waiting.select_related("person")},
        {str(one.person.email): one.declined_at for one in fallen if one.declined_at},
    )


@dataclass(frozen=True)
class Allowance:
    """How many somebody may invite now."""

    today: int
    large_from: datetime | None  # when a large list may be sent again; None: now

    @property
    def most(self) -> int:
        return self.today if self.large_from else MOST


def allowance(organisation: Organisation, by: User, now: datetime) -> Allowance:
    """How many *by* may invite to *organisation* at once. Two queries, none for staff.

    Thirty a day, as one by one. Once in LARGE_EVERY one list may be longer, of the person and for
    the organisation: enough to begin with, and no way to write to strangers again and again.
    """
    if by.is_staff_of_portal:
        return Allowance(MOST, None)
    large = InvitationBatch.objects.filter(
        Q(created_by=by) | Q(organisation=organisation),
        is_large=True,
        created_at__gt=now - LARGE_EVERY,
    )
    latest = large.order_by("created_at").last()
    large_from = latest.created_at + LARGE_EVERY if latest else None
    return Allowance(membership.left_today(by, now), large_from)


@patient
@transaction.atomic
def invite_list(
    organisation: Organisation, entries: Iterable[Entry], *, language: str, page: UUID, by: User
) -> InvitationBatch:
    """Ask everybody of *entries* who need be asked to act for *organisation*, as members.

    As invitations.ask for each: nobody is taken in, and nothing tells whom the portal knew. Those
    it did not know read *language*. The same *page* sent again is the list it was. Counts in the
    inviter's turn, then locks the people in one order. As many queries for 200 as for one.

    Raises ValidationError ("nobody", "limit", "busy").
    """
    patience.take_turn(f"invites:{by.pk}")
    patience.take_turn(f"invites.organisation:{organisation.pk}")
    sent = InvitationBatch.objects.filter(page=page, created_by=by).first()
    if sent is not None:
        return sent
    entries = list(entries)
    people = _hold_all(entries, language)
    now = timezone.now()
    going = look(organisation, entries, now).going
    if not going:
        raise ValidationError(_("Nobody in the list needs an invitation."), code="nobody")
    batch = InvitationBatch.objects.create(
        organisation=organisation,
        created_by=by,
        page=page,
        is_large=_is_large(len(going), allowance(organisation, by, now), by),
    )
    _ask(batch, [(people[entry.email], entry.called) for entry in going], now)
    return batch


def _is_large(number: int, allowed: Allowance, by: User) -> bool:
    """Whether a list of *number* is more than the inviter has left today; refuse what may not."""
    if number > allowed.most:
        raise ValidationError(
            _("You can invite %(most)s more today. Take some away and send those tomorrow."),
            code="limit",
            params={"most": allowed.most},
        )
    return not by.is_staff_of_portal and number > allowed.today


def _hold_all(entries: Sequence[Entry], language: str) -> dict[str, User]:
    """Everybody of *entries* by address, held until the transaction ends; new where unknown."""
    called = {entry.email: entry.called for entry in entries if entry.email}
    User.objects.bulk_create(
        (
            User(email=email, name=name, language=language, password=make_password(None))
            for email, name in sorted(called.items())
        ),
        ignore_conflicts=True,
    )
    held = User.objects.select_for_update(no_key=True).order_by("pk")
    return {str(person.email): person for person in held.filter(email__in=called)}


def _ask(batch: InvitationBatch, people: Sequence[tuple[User, str]], now: datetime) -> None:
    keys = [person.pk for person, _name in people]
    over = Invitation.objects.unanswered().asking().filter(organisation=batch.organisation)
    over.filter(person__in=keys).update(withdrawn_at=now, withdrawn_by=batch.created_by)
    secrets = [tokens.new() for _person in people]
    made = Invitation.objects.bulk_create(
        Invitation(
            person=person,
            organisation=batch.organisation,
            token_hash=token_hash,
            created_by=batch.created_by,
            expires_at=now + membership.LASTS,
            name=name,
            role=MembershipRole.MEMBER,
            batch=batch,
        )
        for (person, name), (_token, token_hash) in zip(people, secrets, strict=True)
    )
    mails.invitations_to_act(
        {one: token for one, (token, _hash) in zip(made, secrets, strict=True)}
    )
