"""Waiting letters become mail: claimed in batches, sent over one connection, each marked alone."""

import logging
import time
import uuid
from datetime import datetime, timedelta
from email.utils import formatdate
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPSenderRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from partners.models import Message, MessageState
from partners.reading.text import one_line

log = logging.getLogger(__name__)

BATCH = 100

LEASE = timedelta(seconds=30)  # of one batch; renewed before each letter

LADDER = [  # how long a letter waits after its first, second, … failed try: three days in all
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=8),
    timedelta(hours=12),
    timedelta(hours=22),
    timedelta(hours=24),
]

PAUSES_S = [5, 15, 30, 60]  # when the mail server itself refuses us; the last one repeats

PAUSE_KEY = "partners.post.outbox.pause"


class ServerRefuses(Exception):
    """The mail server takes nothing from us now, whoever the letter is for."""


def paused_because() -> str:
    """Say why no letter is sent now; empty when letters are sent. One query."""
    pause = cache.get(PAUSE_KEY)
    return str(pause["reason"]) if pause else ""


def deliver(now: datetime) -> int:
    """Send letters due at *now*, one batch; return how many the mail server took.

    A killed sender repeats at most the letter in hand, with the same Message-ID; the others are
    free again after the lease. Never inside a transaction.
    """
    pause = cache.get(PAUSE_KEY)
    if pause and pause["until"] > time.time():
        return 0
    claim = uuid.uuid4()
    batch = _claim(claim, now)
    if not batch:
        return 0
    connection = get_connection()
    try:
        sent = _send_batch(batch, claim, connection)
    except ServerRefuses as refusal:
        _pause(str(refusal))
        return 0
    finally:
        connection.close()
        _release(claim)
    if pause:
        cache.delete(PAUSE_KEY)
        log.info("the mail server takes letters again")
    return sent


def _claim(claim: uuid.UUID, now: datetime) -> list[int]:
    with transaction.atomic():
        due = Message.objects.due(now).select_for_update(skip_locked=True)
        batch = list(due.values_list("pk", flat=True)[:BATCH])
        Message.objects.filter(pk__in=batch).update(claim=claim, claimed_until=now + LEASE)
    return batch


def _release(claim: uuid.UUID) -> None:
    mine = Message.objects.filter(claim=claim)
    mine.update(claim=None, claimed_until=None)


def _send_batch(batch: list[int], claim: uuid.UUID, connection: BaseEmailBackend) -> int:
    stop_at = time.monotonic() + 0.8 * LEASE.total_seconds()
    sent = 0
    for pk in batch:
        if time.monotonic() > stop_at:
            break
        _open(connection)
        message = _take(pk, claim)
        if message is not None:
            sent += _send(message, connection)
    return sent


def _open(connection: BaseEmailBackend) -> None:
    """Connect and log in, unless that is done."""
    try:
        connection.open()
    except (SMTPException, OSError) as error:
        raise ServerRefuses(_words(error)) from error


def _take(pk: int, claim: uuid.UUID) -> Message | None:
    """Renew the lease of one letter; None if it is no longer ours to send, or needless by now."""
    now = timezone.now()
    mine = Message.objects.filter(pk=pk, claim=claim, state=MessageState.WAITING)
    if not mine.update(attempts=F("attempts") + 1, claimed_until=now + LEASE):
        return None
    message = Message.objects.select_related("recipient").get(pk=pk)
    if message.attempts > len(LADDER) + 1:  # its sender died again and again
        _mark(message, MessageState.FAILED, last_error=_("given up"))
        return None
    needless = _needless_because(message, now)
    if needless:
        _mark(message, MessageState.SKIPPED, last_error=needless)
        return None
    return message


def _needless_because(message: Message, now: datetime) -> str:
    if not message.recipient.is_active:
        return _("the person may not log in any more")
    if not message.recipient.email:
        return _("the person has no address")
    if message.useless_after is not None and message.useless_after <= now:
        return _("too late to be of use")
    return ""


def _send(message: Message, connection: BaseEmailBackend) -> int:
    """Hand one letter to the server and note what became of it; 1 if it was taken."""
    try:
        mail = _mail(message)
        mail.message()
    except Exception as error:  # whatever is wrong with one letter must not stop the others
        log.exception("letter %s cannot be written as mail", message.pk)
        _mark(message, MessageState.FAILED, last_error=_words(error))
        return 0
    try:
        connection.send_messages([mail])
    except (SMTPException, OSError) as error:
        connection.close()
        _note_refusal(message, error)
        return 0
    _mark(message, MessageState.SENT, sent_at=timezone.now(), sent_to=mail.to[0], last_error="")
    return 1


def _note_refusal(message: Message, error: Exception) -> None:
    if _concerns_all(error):
        Message.objects.filter(pk=message.pk).update(attempts=F("attempts") - 1)
        raise ServerRefuses(_words(error)) from error
    if _is_final(error) or message.attempts > len(LADDER):
        log.warning("letter %s is given up: %s", message.pk, _words(error))
        _mark(message, MessageState.FAILED, last_error=_words(error))
        return
    wait = LADDER[message.attempts - 1]
    _mark(
        message,
        MessageState.WAITING,
        next_try_at=timezone.now() + wait,
        last_error=_words(error),
    )


def _mark(message: Message, state: MessageState, **fields: object) -> None:
    """Write what became of a letter, if it is still ours: a sender that slept is fenced off.

    A letter overtaken by events while it was in hand has been sent all the same: that is noted.
    """
    mine = Message.objects.filter(pk=message.pk, claim=message.claim)
    if state != MessageState.SENT:
        mine = mine.filter(state=MessageState.WAITING)
    mine.update(state=state, claim=None, claimed_until=None, **fields)


def _mail(message: Message) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        to=[str(message.recipient.email)],
        reply_to=[settings.CONTACT_EMAIL],
        headers={
            "Message-ID": f"<{message.message_id}@{urlsplit(settings.SITE_URL).hostname}>",
            "Date": formatdate(timezone.now().timestamp()),
            "Auto-Submitted": "auto-generated",
            "Content-Language": message.language,
        },
    )
    mail.attach_alternative(message.html, "text/html")
    if message.calendar:
        # What Google sends itself: the invitation as an alternative, for the mail program, and as
        # a file, for whoever opens it by hand. The method must be the one inside.
        method = message.calendar_method
        mail.attach_alternative(message.calendar, f"text/calendar; method={method}")
        mail.attach("invite.ics", message.calendar.encode(), "application/ics")
    return mail


def _codes(error: Exception) -> set[int]:
    if isinstance(error, SMTPRecipientsRefused):
        return {code for code, _text in error.recipients.values()}
    return {getattr(error, "smtp_code", 0)}


def _is_final(error: Exception) -> bool:
    """A permanent refusal of this letter: of its recipient or of its content."""
    return isinstance(error, SMTPRecipientsRefused | SMTPDataError | SMTPSenderRefused) and all(
        code >= 500 for code in _codes(error)
    )


def _concerns_all(error: Exception) -> bool:
    """We are refused, not this letter: no login, or we may not send as this sender."""
    if _codes(error) & {530, 534, 535, 538}:
        return True
    if not isinstance(error, SMTPSenderRefused):
        return False
    return error.smtp_code >= 500 and error.smtp_code != 552  # 552: this letter is too large


def _words(error: Exception) -> str:
    """What the other side said, for people in charge."""
    if isinstance(error, SMTPRecipientsRefused):
        answers = list(error.recipients.values())
    elif hasattr(error, "smtp_error"):
        answers = [(getattr(error, "smtp_code", 0), error.smtp_error)]
    else:
        return one_line(f"{type(error).__name__}: {error}")[:500]
    said = [
        f"{code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"
        for code, text in answers
    ]
    return one_line("; ".join(said))[:500]


def _pause(reason: str) -> None:
    """Leave the mail server alone for a while; tell the people in charge once."""
    earlier = cache.get(PAUSE_KEY)
    times = earlier["times"] + 1 if earlier else 0
    wait = PAUSES_S[min(times, len(PAUSES_S) - 1)]
    if not earlier:
        log.error("no letters are sent: the mail server refuses the portal: %s", reason)
    pause = {"reason": reason, "until": time.time() + wait, "times": times}
    cache.set(PAUSE_KEY, pause, timeout=24 * 3600)
