"""A mailing is sent: decided on, regretted in time, written to everybody."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.models import Mailing, MailingState, Message, User, UserQuerySet
from partners.patience import patient, take_turn
from partners.post import outbox
from partners.writing import groups, mails
from partners.writing.drafting import hold
from partners.writing.groups import Group

log = logging.getLogger(__name__)

REGRET = timedelta(minutes=10)  # before anything leaves
FURTHEST = timedelta(days=60)
DAY = timedelta(days=1)
MOST_A_DAY = 20  # that one person sends
BATCH = 500


@patient
@transaction.atomic
def queue(mailing: Mailing, send_at: datetime | None, *, seen: int, by: User) -> Mailing:
    """Let the draft, as in version *seen*, be sent at *send_at*; None: when REGRET is over.

    Nothing leaves sooner than that. One that is to be sent already is left as it is. Locks the row.
    Raises ValidationError ("past", "far", "nobody", "many", "changed", "over", "busy").
    """
    take_turn(f"partners.mailing:{by.pk}")
    held = hold(mailing)
    if held.is_queued or held.state == MailingState.SENT:
        return held
    now = timezone.now()
    _check(held, send_at, seen, now)
    if Mailing.objects.filter(queued_by=by, queued_at__gt=now - DAY).count() >= MOST_A_DAY:
        raise ValidationError(
            _("You have sent %(n)s mailings in a day. Wait until tomorrow with this one."),
            code="many",
            params={"n": MOST_A_DAY},
        )
    held.state = MailingState.QUEUED
    held.queued_at, held.queued_by = now, by
    held.send_at = max(send_at or now, now + REGRET)
    held.save(update_fields=["state", "queued_at", "queued_by", "send_at"])
    return held


def _check(draft: Mailing, send_at: datetime | None, seen: int, now: datetime) -> None:
    if not draft.is_draft:
        raise ValidationError(
            _("This mailing has been stopped. Copy it to write a new one."), code="over"
        )
    if draft.version != seen:
        raise ValidationError(
            _("Somebody else has changed this in the meantime. What they wrote is shown here."),
            code="changed",
        )
    if send_at is not None and send_at <= now:
        raise ValidationError(_("Choose a time that has not passed."), code="past")
    if send_at is not None and send_at > now + FURTHEST:
        raise ValidationError(
            _("Choose a time within %(n)s days."), code="far", params={"n": FURTHEST.days}
        )
    if send_at is None and not groups.reach(groups.of(draft)).people:
        raise ValidationError(
            _("There is nobody to write to in the groups you have chosen."), code="nobody"
        )


@patient
@transaction.atomic
def stop(mailing: Mailing, *, by: User) -> Mailing:
    """Let *mailing* not be sent, as long as nothing of it has left; a second call changes nothing.

    Before anything is written it is a draft again. Locks the row. Raises ValidationError ("left",
    "busy").
    """
    held = hold(mailing)
    if held.state == MailingState.STOPPED or held.is_draft:
        return held
    letters = Message.objects.filter(key__startswith=mails.prefix(held))
    if held.recipients == 0 or letters.filter(sent_at__isnull=False).exists():
        raise ValidationError(
            _("It is too late to stop this mailing: it has begun to leave."), code="left"
        )
    if held.is_queued and not letters.exists():
        held.state = MailingState.DRAFT
        held.send_at = held.queued_at = held.queued_by = None
        held.save(update_fields=["state", "send_at", "queued_at", "queued_by"])
        return held
    outbox.call_off(mails.prefix(held), mails.STOPPED, by=by)
    held.state = MailingState.STOPPED
    held.stopped_at, held.stopped_by = timezone.now(), by
    held.save(update_fields=["state", "stopped_at", "stopped_by"])
    return held


def send_due(now: datetime, stop: Callable[[], bool] = lambda: False) -> None:
    """Write to everybody in the mailings that are due, until *stop* says so between two batches.

    Each batch is a commit of its own: what is killed in between goes on where it stopped, and two
    at once share the work. What cannot be written is logged, and stops no other. Never inside a
    transaction, or the batches are one.
    """
    for mailing in list(Mailing.objects.due(now)):
        try:
            while not stop() and _send_some(mailing, now):
                pass
        except Exception:  # whatever is wrong with one mailing must not stop the others
            log.exception("mailing %s cannot be sent", mailing.pk)


@transaction.atomic
def _send_some(mailing: Mailing, now: datetime) -> bool:
    """Write to the next BATCH people; False if there are no more, or if another has it in hand.

    Queries: one a group of those that are done, and six.
    """
    due = Mailing.objects.due(now).filter(pk=mailing.pk).select_related("created_by")
    held = due.select_for_update(no_key=True, skip_locked=True, of=("self",)).first()
    if held is None:
        return False
    if not groups.is_known(held.occasion):
        log.error("mailing %s is about %s, which nobody knows here", held.pk, held.occasion)
        return False
    chosen = groups.of(held)
    for group in chosen:
        people = list(_unwritten(held, group)[:BATCH])
        if people:
            mails.tell(held, people, group.why, is_own=group.is_own)
            return True
    _finish(held, chosen)
    return False


def _unwritten(mailing: Mailing, group: Group) -> UserQuerySet:
    """Who of *group* has no letter of *mailing*, whichever group they were found in before."""
    key = Concat(
        Value(mails.prefix(mailing)), Cast(OuterRef("pk"), CharField()), output_field=CharField()
    )
    written = Exists(Message.objects.filter(key=key))
    return group.reachable().exclude(written).order_by("pk")


def _finish(mailing: Mailing, chosen: Sequence[Group]) -> None:
    """Note what was found, and tell the writer when nobody was left."""
    known = {group.key for group in chosen}
    empty = [group.key for group in chosen if not group.people().active().exists()]
    mailing.empty_groups = empty + [key for key in mailing.groups if key not in known]
    mailing.without_address = groups.reach(chosen).without_address
    mailing.recipients = Message.objects.filter(key__startswith=mails.prefix(mailing)).count()
    mailing.state, mailing.sent_at = MailingState.SENT, timezone.now()
    mailing.save(
        update_fields=["empty_groups", "without_address", "recipients", "state", "sent_at"]
    )
    if not mailing.recipients:
        mails.mailing_to_nobody(mailing, [group.name for group in chosen])
