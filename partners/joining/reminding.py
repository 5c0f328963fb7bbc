"""Invitations that nobody has answered: reminding of them, and taking them back."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from partners.models import (
    Invitation,
    InvitationQuerySet,
    InvitationReminder,
    Organisation,
    User,
)
from partners.patience import patient
from partners.people import mails
from partners.post import tokens

NOT_BEFORE = timedelta(days=7)  # after the invitation, and after the last reminder
MOST = 2  # of one invitation


def waiting(organisation: Organisation, now: datetime) -> InvitationQuerySet:
    """What *organisation* waits for an answer to; with reminded, how often, and reminded_at."""
    asked = Invitation.objects.pending(now).filter(organisation=organisation)
    counted = asked.annotate(reminded=Count("reminders"), reminded_at=Max("reminders__sent_at"))
    return counted.select_related("person", "organisation", "created_by")


def due_from(one: Any) -> datetime | None:
    """From when somebody may be reminded of *one* of waiting(); None: no more."""
    if one.reminded >= MOST:
        return None
    earliest: datetime = (one.reminded_at or one.created_at) + NOT_BEFORE
    return earliest if earliest < one.expires_at else None


def is_due(one: Any, now: datetime) -> bool:
    """Whether somebody may be reminded of *one* of waiting() now."""
    start = due_from(one)
    return start is not None and start <= now and one.reaches_its_reader


@patient
@transaction.atomic
def remind(organisation: Organisation, keys: Iterable[int], *, by: User) -> int:
    """Write once more to those of *keys* who have not answered; return to how many.

    Nobody hears of an invitation more than once a week and MOST times after the first. The letter
    has a link of its own, and that of the first goes on working. Locks the people, in one order.
    Raises ValidationError ("busy").
    """
    now = timezone.now()
    due = [one for one in _held(organisation, keys, now) if is_due(one, now)]
    secrets = {one: tokens.new() for one in due}
    InvitationReminder.objects.bulk_create(
        InvitationReminder(invitation=one, token_hash=hashed, sent_at=now, sent_by=by)
        for one, (_token, hashed) in secrets.items()
    )
    mails.invitations_again({one: token for one, (token, _hash) in secrets.items()}, now)
    return len(due)


@patient
@transaction.atomic
def withdraw(organisation: Organisation, keys: Iterable[int], *, by: User) -> int:
    """Take back those of *keys* that nobody has answered; return how many.

    Their links no longer work, and letters that wait are not sent. Locks the people, in one order.
    Raises ValidationError ("busy").
    """
    now = timezone.now()
    asked = _held(organisation, keys, now)
    Invitation.objects.filter(pk__in=[one.pk for one in asked]).update(
        withdrawn_at=now, withdrawn_by=by
    )
    for one in asked:
        mails.forget_invitation(one)
    return len(asked)


def _held(organisation: Organisation, keys: Iterable[int], now: datetime) -> list[Invitation]:
    """Those of *keys* that wait, read under the lock of their people, as answers take it."""
    chosen = waiting(organisation, now).filter(pk__in=list(keys))
    people = User.objects.select_for_update(no_key=True).order_by("pk")
    list(people.filter(pk__in=list(chosen.values_list("person", flat=True))).values_list("pk"))
    return list(chosen.all())
