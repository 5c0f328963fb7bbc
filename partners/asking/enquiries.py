"""A question or a wish to join arrives: written, confirmed by mail, told of, or forgotten."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners import patience
from partners.asking import mails
from partners.models import Enquiry, EnquiryKind
from partners.patience import patient
from partners.post import tokens

LASTS = timedelta(days=7)  # of the link; what is not confirmed by then is deleted
DAY = timedelta(days=1)
MOST_AN_ADDRESS = 3  # letters a day that ask one address whether it wrote: it may be another's
TOLD_EVERY = timedelta(hours=1)  # at most, however much arrives


@patient
@transaction.atomic
def write(
    kind: EnquiryKind, email: str, facts: Mapping[str, str], *, language: str
) -> Enquiry | None:
    """Keep what somebody wrote, and mail *email* a link; nobody else is told before it is followed.

    A second click writes nothing more. None, and nothing is written, when the address has been
    asked MOST_AN_ADDRESS times in a day without an answer. Whether a person here has the address
    is not looked up. Raises ValidationError ("busy").
    """
    patience.take_turn(f"enquiry:{email}")
    mine = Enquiry.objects.filter(email=email)
    same = patience.made_just_now(mine.filter(kind=kind, **facts))
    if same is not None:
        return same
    now = timezone.now()
    if mine.unconfirmed().filter(created_at__gt=now - DAY).count() >= MOST_AN_ADDRESS:
        return None
    token, token_hash = tokens.new()
    enquiry = Enquiry.objects.create(
        kind=kind, email=email, language=language, token_hash=token_hash, **facts
    )
    mails.confirm_address(enquiry, token, expires_at=now + LASTS)
    return enquiry


def written_by(token: str) -> Enquiry | None:
    """What a mailed link is about, confirmed or not; None if nothing is, or it came too late.

    One query.
    """
    found = Enquiry.objects.filter(token_hash=tokens.hash_of(token)).first()
    return None if found is None or _is_over(found, timezone.now()) else found


@patient
@transaction.atomic
def confirm(enquiry: Enquiry) -> Enquiry:
    """Let it be what the owner of the address wrote: coordinators see it from now on.

    Its writer gets a receipt. A second call changes nothing. Locks the row. Raises ValidationError
    ("over") when the link is too old or the row is gone, and "busy".
    """
    held = Enquiry.objects.select_for_update(no_key=True).filter(pk=enquiry.pk).first()
    now = timezone.now()
    if held is None or _is_over(held, now):
        raise ValidationError(_("The link is too old. Write again."), code="over")
    if held.confirmed_at is None:
        held.confirmed_at = now
        held.save(update_fields=["confirmed_at"])
        mails.enquiry_received(held)
    return held


def _is_over(enquiry: Enquiry, now: datetime) -> bool:
    return enquiry.confirmed_at is None and enquiry.created_at <= now - LASTS


def tell(now: datetime) -> int:
    """Tell the coordinators of what is new, in one letter an hour at most; return of how many.

    Two sweeps at once tell once. One query where there is nothing to tell.
    """
    if not Enquiry.objects.untold().exists():
        return 0
    with transaction.atomic():
        patience.take_turn("enquiries.told")
        if Enquiry.objects.filter(told_at__gt=now - TOLD_EVERY, told_at__lte=now).exists():
            return 0
        new = list(Enquiry.objects.untold())
        if new:
            Enquiry.objects.filter(pk__in=[one.pk for one in new]).update(told_at=now)
            mails.new_enquiries(new, now)
    return len(new)


@patient
@transaction.atomic
def forget_unconfirmed(now: datetime) -> int:
    """Delete what nobody confirmed in time, with the letters that asked; return how many."""
    old = Enquiry.objects.unconfirmed().filter(created_at__lte=now - LASTS)
    gone = list(old.select_for_update(skip_locked=True))
    mails.forget(gone)
    Enquiry.objects.filter(pk__in=[one.pk for one in gone]).delete()
    return len(gone)
