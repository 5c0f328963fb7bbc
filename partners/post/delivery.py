"""Waiting letters become mail: claimed in batches, sent over one connection, each marked alone."""

import logging
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from smtplib import SMTPException

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from partners.models import Message, MessageState
from partners.post import mime, outbox, patience, pauses, refusals

log = logging.getLogger(__name__)

BATCH = 100

LEASE = timedelta(seconds=30)  # of one batch, by the database's clock; renewed before each letter

TURN_S = 1  # of sending before it is looked who is first in line: somebody may wait for a code

LETTER_S = 15  # for one letter in all, however slowly the server answers

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


class ServerRefuses(Exception):
    """The mail server takes nothing from us now, whoever the letter is for."""


def never() -> bool:
    """Go on until nothing is due."""
    return False


@dataclass
class Batch:
    """Letters in hand of one sender."""

    claim: uuid.UUID
    letters: list[int]
    connection: BaseEmailBackend
    stop: Callable[[], bool]
    is_probing: bool  # the next letter shows whether the server takes letters again
    sent: int = 0
    may_follow_refusals: bool = True  # none was taken yet since the last one, of ours or another's


def deliver_all(stop: Callable[[], bool] = never) -> int:
    """Send letters until none is due, or until *stop* says so between two letters; return how many.

    One connection for all. *stop* is asked before each letter, so that a process told to end
    finishes the letter in hand. Never inside a transaction.
    """
    connection = get_connection()
    sent = 0
    try:
        while not stop():
            end = time.monotonic() + TURN_S
            over = partial(_is_over, end, stop)
            batch = _send_one_batch(timezone.now(), connection, over)
            if batch is None:
                break
            sent += batch.sent
    finally:
        connection.close()
    return sent


def _is_over(end: float, stop: Callable[[], bool]) -> bool:
    return stop() or time.monotonic() > end


def deliver(now: datetime) -> int:
    """Send letters due at *now*, one batch; return how many the mail server took.

    A killed sender repeats at most the letter in hand, with the same Message-ID; the others are
    free again after the lease. Never inside a transaction.
    """
    connection = get_connection()
    try:
        batch = _send_one_batch(now, connection, never)
    finally:
        connection.close()
    return batch.sent if batch else 0


def _send_one_batch(
    now: datetime, connection: BaseEmailBackend, stop: Callable[[], bool]
) -> Batch | None:
    """Claim and send one batch; None if there is nothing to send, or the server is left alone."""
    if pauses.is_on():
        return None
    claim = uuid.uuid4()
    letters = _claim(claim, now)
    if not letters:
        return None
    batch = Batch(claim, letters, connection, stop, is_probing=pauses.is_probing())
    try:
        _send_batch(batch)
    except ServerRefuses as refusal:
        pauses.start(str(refusal))
    finally:
        _release(claim)
    return batch


def _claim(claim: uuid.UUID, now: datetime) -> list[int]:
    with transaction.atomic():
        due = Message.objects.due(now).select_for_update(skip_locked=True)
        batch = list(due.values_list("pk", flat=True)[:BATCH])
        Message.objects.filter(pk__in=batch).update(claim=claim, claimed_until=Now() + LEASE)
    return batch


def _release(claim: uuid.UUID) -> None:
    mine = Message.objects.filter(claim=claim)
    mine.update(claim=None, claimed_until=None)


def _send_batch(batch: Batch) -> None:
    stop_at = time.monotonic() + 0.8 * LEASE.total_seconds()
    for pk in batch.letters:
        if time.monotonic() > stop_at or batch.stop():
            break
        _open(batch.connection)
        message = _take(pk, batch.claim)
        if message is not None:
            _send(message, batch)


def _open(connection: BaseEmailBackend) -> None:
    """Connect and log in, unless that is done."""
    try:
        with patience.at_most(LETTER_S):
            connection.open()
    except (SMTPException, OSError) as error:
        raise ServerRefuses(refusals.words(error)) from error


def _take(pk: int, claim: uuid.UUID) -> Message | None:
    """Renew the lease of one letter; None if it is no longer ours to send, or needless by now."""
    mine = Message.objects.filter(pk=pk, claim=claim, state=MessageState.WAITING)
    if not mine.update(attempts=F("attempts") + 1, claimed_until=Now() + LEASE):
        return None
    message = Message.objects.select_related("recipient").get(pk=pk)
    if message.attempts > len(LADDER) + 1:  # its sender died again and again
        _mark(message, MessageState.FAILED, last_error=_("given up"))
        return None
    needless = _needless_because(message, timezone.now())
    if needless:
        _mark(message, MessageState.SKIPPED, last_error=needless)
        return None
    return message


def _needless_because(message: Message, now: datetime) -> str:
    if not message.recipient.is_active:
        return _("the person may not log in any more")
    if not (message.sent_to or message.recipient.email):
        return _("the person has no address")
    if message.useless_after is not None and message.useless_after <= now:
        return _("too late to be of use")
    return ""


def _send(message: Message, batch: Batch) -> None:
    """Hand one letter to the server and note what became of it."""
    try:
        mail = mime.mail_of(message)
    except Exception as error:  # whatever is wrong with one letter must not stop the others
        log.exception("letter %s cannot be written as mail", message.pk)
        _mark(message, MessageState.FAILED, last_error=refusals.words(error))
        return
    try:
        with patience.at_most(LETTER_S):
            batch.connection.send_messages([mail])
    except Exception as error:  # also that our time is up: it must not be first in line again
        batch.connection.close()
        _note_refusal(message, error, batch)
        return
    _mark(message, MessageState.SENT, sent_at=timezone.now(), sent_to=mail.to[0], last_error="")
    _note_taken(batch)


def _note_taken(batch: Batch) -> None:
    batch.sent += 1
    if batch.may_follow_refusals:
        pauses.note_taken()
        batch.may_follow_refusals = False
    if batch.is_probing:
        pauses.end()
        batch.is_probing = False


def _note_refusal(message: Message, error: Exception, batch: Batch) -> None:
    words = refusals.words(error)
    if refusals.concerns_all(error):
        Message.objects.filter(pk=message.pk).update(attempts=F("attempts") - 1)
        raise ServerRefuses(words) from error
    if refusals.is_final(error):
        _note_final_refusal(message, words, batch)
    elif message.attempts > len(LADDER):
        _give_up(message, words)
    else:
        wait = LADDER[message.attempts - 1]
        _mark(message, MessageState.WAITING, next_try_at=timezone.now() + wait, last_error=words)


def _note_final_refusal(message: Message, words: str, batch: Batch) -> None:
    """Give the letter up, unless the server refuses everybody now: then it is not the letter."""
    batch.may_follow_refusals = True
    in_a_row = pauses.note_refused(message)
    _give_up(message, words)
    if in_a_row:
        _put_back(in_a_row)
        raise ServerRefuses(words)


def _give_up(message: Message, words: str) -> None:
    log.warning("letter %s is given up: %s", message.pk, words)
    _mark(message, MessageState.FAILED, last_error=words)


def _put_back(letters: list[int]) -> None:
    """Let letters wait as if they had not been tried; others are tried before them."""
    given_up = Message.objects.filter(pk__in=letters, state=MessageState.FAILED)
    given_up.update(
        state=MessageState.WAITING,
        attempts=F("attempts") - 1,
        next_try_at=timezone.now() + LADDER[0],
    )


def _mark(message: Message, state: MessageState, **fields: object) -> None:
    """Write what became of a letter, if it is still ours: a sender that slept is fenced off.

    A letter overtaken by events while it was in hand has been sent all the same: that is noted.
    """
    mine = Message.objects.filter(pk=message.pk, claim=message.claim)
    if state != MessageState.SENT:
        mine = mine.filter(state=MessageState.WAITING)
    if message.secret and state in {MessageState.SENT, MessageState.SKIPPED}:
        fields |= outbox.without_secrets()
    mine.update(state=state, claim=None, claimed_until=None, **fields)
