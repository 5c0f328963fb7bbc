"""Somebody asks to act for an organisation: asked, confirmed by mail, decided on, or forgotten."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners import patience
from partners.joining import mails
from partners.models import (
    CONFIRMED_WITHIN,
    JoinRequest,
    Membership,
    MembershipRole,
    Organisation,
    User,
)
from partners.patience import patient
from partners.people import membership
from partners.post import tokens

DAY = timedelta(days=1)
MOST_AN_ADDRESS = 3  # letters a day that ask one address whether it asked: it may be another's


@patient
@transaction.atomic
def ask(
    organisation: Organisation, name: str, email: str, text: str, *, language: str
) -> JoinRequest | None:
    """Keep that somebody asks, and mail *email* a link; nobody is told before it is followed.

    A second click asks nothing more. None, and nothing is written, when the address has been asked
    MOST_AN_ADDRESS times in a day. Whether anybody has the address, or acts for *organisation*, is
    not looked up. Raises ValidationError ("busy").
    """
    patience.take_turn(f"join_request:{email}")
    mine = JoinRequest.objects.filter(email=email)
    facts = {"organisation": organisation, "name": name, "text": text}
    same = patience.made_just_now(mine.filter(**facts))
    if same is not None:
        return same
    now = timezone.now()
    if mine.unconfirmed().filter(created_at__gt=now - DAY).count() >= MOST_AN_ADDRESS:
        return None
    token, token_hash = tokens.new()
    asked = JoinRequest.objects.create(
        **facts, email=email, language=language, token_hash=token_hash
    )
    mails.confirm_request(asked, token)
    return asked


def asked_by(token: str) -> JoinRequest | None:
    """What a mailed link is about, confirmed or not; None if nothing is, or it came too late.

    One query.
    """
    asked = JoinRequest.objects.filter(token_hash=tokens.hash_of(token))
    found = asked.select_related("organisation").first()
    return None if found is None or _is_over(found, timezone.now()) else found


@patient
@transaction.atomic
def confirm(asked: JoinRequest) -> JoinRequest:
    """Let it be what the owner of the address asks: those who decide are told.

    What the address has asked of the same organisation before is withdrawn by it. A second call
    changes nothing. In the address's turn. Raises ValidationError ("over", "busy").
    """
    patience.take_turn(f"join_request:{asked.email}")
    held = _hold(asked)
    now = timezone.now()
    if held is None or _is_over(held, now):
        raise ValidationError(_("The link is too old. Ask again."), code="over")
    if held.confirmed_at is None:
        before = JoinRequest.objects.waiting().select_for_update(no_key=True)
        for former in before.filter(email=held.email, organisation=held.organisation_id):
            mails.forget_telling(former)
            mails.forget([former])
            former.delete()
        held.confirmed_at = now
        held.save(update_fields=["confirmed_at"])
        mails.tell_those_who_decide(held)
    return held


@patient
@transaction.atomic
def decide(asked: JoinRequest, *, accept: bool, by: User) -> JoinRequest:
    """Take somebody in as a member, or say no; they hear of it. What is decided stays so.

    Of two who decide at once the first does, and what is returned says which it was. Locks the
    request, then the person. Raises ValidationError ("gone" when it was asked anew or forgotten,
    "left", "inactive", "busy").
    """
    held = _hold(asked)
    if held is None:
        raise ValidationError(
            _("It has been asked anew, or is forgotten. Look at the list."), code="gone"
        )
    if held.decided_at is not None:
        return held
    held.decided_at, held.decided_by, held.accepted = timezone.now(), by, accept
    if accept:
        _take_in(held, by)
    else:
        mails.said_no(held)
    held.save(update_fields=["decided_at", "decided_by", "accepted"])
    mails.forget_telling(held)
    return held


def _take_in(asked: JoinRequest, by: User) -> None:
    organisation = asked.organisation
    if organisation.has_left:
        raise ValidationError(_("The organisation is no longer a partner."), code="left")
    is_new = not User.objects.filter(email=asked.email).exists()
    person = membership.hold(membership.person_with(asked.email, asked.name))
    if not person.is_active:
        raise ValidationError(
            _("This cannot be accepted here. Ask the project why."), code="inactive"
        )
    if is_new:
        person.language = asked.language
        person.save(update_fields=["language"])
    Membership.objects.current().get_or_create(
        person=person,
        organisation=organisation,
        ended_at=None,
        defaults={"role": MembershipRole.MEMBER, "created_by": by},
    )
    invited = person.invitations.unanswered().asking().filter(organisation=organisation)
    invited.update(accepted_at=timezone.now())
    mails.said_yes(asked, person)


@patient
@transaction.atomic
def forget_old(now: datetime) -> int:
    """Delete what nobody confirmed in time, and what is long decided or waits for too long."""
    gone = list(JoinRequest.objects.over(now).select_for_update(skip_locked=True))
    for asked in gone:
        mails.forget_telling(asked)
    mails.forget(gone)
    JoinRequest.objects.filter(pk__in=[asked.pk for asked in gone]).delete()
    return len(gone)


def _hold(asked: JoinRequest) -> JoinRequest | None:
    """The request under its lock, without who decided: a join would be read before the lock."""
    held = JoinRequest.objects.select_for_update(no_key=True, of=("self",))
    return held.select_related("organisation").filter(pk=asked.pk).first()


def _is_over(asked: JoinRequest, now: datetime) -> bool:
    return asked.confirmed_at is None and asked.created_at <= now - CONFIRMED_WITHIN
