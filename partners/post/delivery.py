"""Waiting letters become mail: claimed in batches, sent over one connection, each marked alone."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from partners.models import BouncedAddress, Message, MessageState
from partners.post import (
    claims,
    digests,
    holding,
    kinds,
    main_stop,
    mime,
    outbox,
    patience,
    pauses,
    refusals,
)
from partners.post.claims import Claim, Taken

log = logging.getLogger(__name__)

MOST_S = 0.8 * claims.LEASE.total_seconds()  # of one batch, whatever happens

TURN_S = 1  # of sending before it is looked who is first in line: somebody may wait for a code

COMES_BACK = _("e-mails to the address come back")

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
    """A turn of one sender."""

    claim: Claim
    connection: BaseEmailBackend
    stop: Callable[[], bool]
    ends: float  # by the monotonic clock: no letter is begun later, but for the first
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
            batch = _send_one_batch(timezone.now(), connection, stop, TURN_S)
            if batch is None:
                break
            sent += batch.sent
    finally:
        connection.close()
    return sent


def deliver(now: datetime) -> int:
    """Send letters due at *now*, one batch; return how many the mail server took.

    A killed sender repeats at most the letter in hand, with the same Message-ID; the others are
    free again after the lease. Never inside a transaction.
    """
    connection = get_connection()
    try:
        batch = _send_one_batch(now, connection, never, MOST_S)
    finally:
        connection.close()
    return batch.sent if batch else 0


def _send_one_batch(
    now: datetime, connection: BaseEmailBackend, stop: Callable[[], bool], turn_s: float
) -> Batch | None:
    """Claim and send one batch; None if there is nothing to send, or the server is left alone.

    While somebody has stopped the post, codes are claimed and nothing else.
    """
    if pauses.is_on():
        return None
    claim = claims.claim(now, urgent_only=main_stop.is_on())
    if not claim.letters:
        return None
    ends = time.monotonic() + turn_s
    batch = Batch(claim, connection, stop, ends, is_probing=pauses.is_probing())
    try:
        _send_batch(batch)
    except ServerRefuses as refusal:
        pauses.start(str(refusal))
    finally:
        claim.release()
    return batch


def _send_batch(batch: Batch) -> None:
    for pk in batch.claim.letters:
        if batch.stop():
            break
        _open(batch.connection)
        taken = batch.claim.take(pk)
        if taken is not None:
            _send(taken, batch)
        if time.monotonic() > batch.ends:
            break


def _open(connection: BaseEmailBackend) -> None:
    """Connect and log in, unless that is done."""
    try:
        with patience.at_most(LETTER_S):
            connection.open()
    except (SMTPException, OSError) as error:
        raise ServerRefuses(refusals.words(error)) from error


def _send(taken: Taken, batch: Batch) -> None:
    """Hand one letter to the server and note what became of it."""
    mail = _written(taken, batch)
    if mail is None:
        return
    try:
        with patience.at_most(LETTER_S):
            batch.connection.send_messages([mail])
    except Exception as error:  # also that our time is up: it must not be first in line again
        batch.connection.close()
        _note_refusal(taken, error, batch)
        return
    batch.claim.note_sent(taken)
    _note_taken(batch)


def _written(taken: Taken, batch: Batch) -> mime.Mail | None:
    """The letter as mail, unless it is needless by now or cannot be mail: that is noted."""
    letter, mark = taken.letter, batch.claim.mark
    if letter.attempts > len(LADDER) + 1:  # its sender died again and again
        mark(letter, MessageState.FAILED, last_error=_("given up"))
        return None
    needless = _needless_because(taken, timezone.now())
    if needless:
        mark(letter, MessageState.SKIPPED, last_error=needless)
        return None
    try:
        return mime.mail_of(letter, taken.address)
    except Exception as error:  # whatever is wrong with one letter must not stop the others
        log.exception("letter %s cannot be written as mail", letter.pk)
        mark(letter, MessageState.FAILED, last_error=refusals.words(error))
        return None


def _needless_because(taken: Taken, now: datetime) -> str:
    useless_after = taken.letter.useless_after
    if not taken.reader_is_active:
        return _("the person may not log in any more")
    if not taken.address:
        return _("the person has no address")
    # A code and what is about one's own place are worth a try.
    if taken.comes_back and kinds.of(taken.letter.letter).kind != kinds.Kind.OWN:
        return COMES_BACK
    if useless_after is not None and useless_after <= now:
        return holding.TOO_LATE
    if taken.letter.letter == kinds.DIGEST and not digests.is_true(taken.letter, now):
        return outbox.OVERTAKEN
    return ""


def _note_taken(batch: Batch) -> None:
    batch.sent += 1
    if batch.may_follow_refusals:
        pauses.note_taken()
        batch.may_follow_refusals = False
    if batch.is_probing:
        pauses.end()
        batch.is_probing = False


def _note_refusal(taken: Taken, error: Exception, batch: Batch) -> None:
    message, words = taken.letter, refusals.words(error)
    if refusals.concerns_all(error):
        mine = Message.objects.filter(pk=message.pk, claim=batch.claim.key)
        mine.update(attempts=F("attempts") - 1)
        raise ServerRefuses(words) from error
    if refusals.is_final(error):
        _note_final_refusal(taken, words, batch)
    elif message.attempts > len(LADDER):
        _give_up(message, words, batch)
    else:
        wait = LADDER[message.attempts - 1]
        next_try_at = timezone.now() + wait
        batch.claim.mark(message, MessageState.WAITING, next_try_at=next_try_at, last_error=words)


def _note_final_refusal(taken: Taken, words: str, batch: Batch) -> None:
    """Give the letter up, unless the server refuses everybody now: then it is not the letter.

    Where it is the address that is refused, that is marked, as if the letter had come back.
    """
    message = taken.letter
    batch.may_follow_refusals = True
    in_a_row = pauses.note_refused(message)
    _give_up(message, words, batch)
    if in_a_row:
        _put_back(in_a_row)
        raise ServerRefuses(words)
    if message.recipient_id and refusals.is_of_address(refusals.status_in(words), words):
        BouncedAddress.objects.mark(taken.address, message, words, timezone.now())


def _give_up(message: Message, words: str, batch: Batch) -> None:
    log.warning("letter %s is given up: %s", message.pk, words)
    batch.claim.mark(message, MessageState.FAILED, last_error=words)


def _put_back(letters: list[int]) -> None:
    """Let letters wait as if they had not been tried; others are tried before them.

    Nothing was wrong with their addresses either.
    """
    BouncedAddress.objects.filter(letter__in=letters).delete()
    given_up = Message.objects.filter(pk__in=letters, state=MessageState.FAILED)
    given_up.update(
        state=MessageState.WAITING,
        attempts=F("attempts") - 1,
        next_try_at=timezone.now() + LADDER[0],
    )
