"""When no letter is sent at all: the mail server refuses us, whoever the letter is for.

What senders know of that is in the database's cache, so that two of them share it.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.db import connection, transaction

from partners.models import Message

log = logging.getLogger(__name__)

PAUSES_S = [5, 15, 30, 60]  # when the mail server itself refuses us; the last one repeats

PAUSE_KEY = "partners.post.outbox.pause"

REFUSED_IN_A_ROW = 5  # so many different readers are no longer a matter of their addresses

ROW_KEY = "partners.post.outbox.refused"

_KEPT_S = 24 * 3600

_LOCK = 0x4E53_0B0C  # of the row of refusals: read and written by one sender at a time


def because() -> str:
    """Say why no letter is sent now; empty when letters are sent. One query."""
    pause = cache.get(PAUSE_KEY)
    return str(pause["reason"]) if pause else ""


def is_on() -> bool:
    """Whether the server is to be left alone for now."""
    pause = cache.get(PAUSE_KEY)
    return bool(pause) and pause["until"] > time.time()


def is_probing() -> bool:
    """Whether a pause is over, but no letter was taken since: the next one shows."""
    return cache.get(PAUSE_KEY) is not None


def start(reason: str) -> None:
    """Leave the mail server alone for a while; tell the people in charge once."""
    earlier = cache.get(PAUSE_KEY)
    times = earlier["times"] + 1 if earlier else 0
    wait = PAUSES_S[min(times, len(PAUSES_S) - 1)]
    if not earlier:
        log.error("no letters are sent: the mail server refuses the portal: %s", reason)
    pause = {"reason": reason, "until": time.time() + wait, "times": times}
    cache.set(PAUSE_KEY, pause, timeout=_KEPT_S)


def end() -> None:
    """A letter was taken: the server takes letters again."""
    if cache.delete(PAUSE_KEY):
        log.info("the mail server takes letters again")


def note_taken() -> None:
    """A letter was taken: those refused before it are refused for themselves.

    Each is asked about once more, for the server may have been ill; then it is given up.
    """
    with _alone():
        known = cache.get(ROW_KEY)
        if known and known["row"]:
            again = sorted({*known["again"], *known["row"].values()})
            cache.set(ROW_KEY, {"row": {}, "again": again}, timeout=_KEPT_S)


def note_refused(message: Message) -> list[int]:
    """Count a final refusal; return the letters refused in a row if that now concerns all.

    Different readers count, and none may have been taken between. Refusals of a letter that was
    put back before, after which others were taken, are its own. So are those of letters to people
    without an account: whoever writes three false addresses must not stop the post of all.
    """
    if message.recipient_id is None:
        return []
    with _alone():
        known = cache.get(ROW_KEY) or {"row": {}, "again": []}
        if message.pk in known["again"]:
            return []
        known["row"][message.recipient_id] = message.pk
        cache.set(ROW_KEY, known, timeout=_KEPT_S)
    in_a_row: list[int] = list(known["row"].values())
    return in_a_row if len(in_a_row) >= REFUSED_IN_A_ROW else []


@contextmanager
def _alone() -> Iterator[None]:
    """A transaction in which no other sender counts."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        yield
