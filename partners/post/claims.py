"""Which sender holds which letters: claimed for a while, taken one by one, each marked alone.

A letter costs one statement and one commit: it says of the last one that it has left, and takes the
next one. Leases are reckoned by the database's clock, so that no sender's own can be wrong.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakSet

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from partners import patience
from partners.models import Message, MessageState
from partners.post import outbox

BATCH = 100

LEASE = timedelta(seconds=30)  # of one batch; renewed for each letter when it is taken

MINUTE = timedelta(minutes=1)  # of which MAIL_PER_MINUTE speaks

_COLUMNS = [field.attname for field in Message._meta.concrete_fields]

# Whatever state a letter that has left is in by then, it has left. One that somebody else holds
# locked is about to become needless: nobody waits for it. While somebody has stopped the post, only
# codes are taken. Planned once for each connection: to plan it costs as much as to do it.
_PREPARE = """
    PREPARE take_letter (bigint, timestamptz, text, bigint, uuid, float8) AS
    WITH handed AS (
        UPDATE partners_message
        SET state = 'sent', sent_at = $2, sent_to = $3, last_error = '',
            claim = NULL, claimed_until = NULL
        WHERE id = $1 AND claim = $5
    )
    UPDATE partners_message AS letter
    SET attempts = letter.attempts + 1,
        claimed_until = statement_timestamp() + make_interval(secs => $6)
    WHERE id = (
        SELECT id FROM partners_message
        WHERE id = $4 AND claim = $5 AND state = 'waiting'
          AND (urgent OR NOT EXISTS (SELECT FROM partners_poststop WHERE lifted_at IS NULL))
        FOR NO KEY UPDATE SKIP LOCKED
    )
    RETURNING
        (SELECT email FROM partners_user WHERE id = letter.recipient_id),
        (SELECT is_active FROM partners_user WHERE id = letter.recipient_id),
        EXISTS (
            SELECT FROM partners_bouncedaddress
            WHERE works_again_at IS NULL AND address = coalesce(
                nullif(letter.sent_to, ''),
                (SELECT email FROM partners_user WHERE id = letter.recipient_id)
            )
        ),
        {letter}
""".format(letter=", ".join(f"letter.{name}" for name in _COLUMNS))  # noqa: S608 (our own names)

_TAKE = "EXECUTE take_letter (%(sent)s, %(sent_at)s, %(sent_to)s, %(next)s, %(claim)s, %(lease_s)s)"

_prepared = WeakSet[Any]()  # connections that know the statement


@dataclass(frozen=True)
class Taken:
    """A letter about to be sent, and its reader as they are at this moment."""

    letter: Message
    address: str
    reader_is_active: bool
    comes_back: bool = False  # what is sent to the address


@dataclass
class Claim:
    """Letters in hand of one sender."""

    letters: list[int]  # in the order in which they leave
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    _handed: tuple[Taken, datetime] | None = None  # has left, which is not yet written down

    def take(self, pk: int) -> Taken | None:
        """Write down what has left, and take letter *pk*; None if it is not ours to send now.

        The try is counted before it is made, for it may kill its sender. One statement.
        """
        handed, sent_at = self._handed or (None, None)
        values = {
            "sent": handed.letter.pk if handed else None,
            "sent_at": sent_at,
            "sent_to": handed.address if handed else "",
            "next": pk,
            "claim": self.key,
            "lease_s": LEASE.total_seconds(),
        }
        row = _taken(values)
        self._handed = None
        if row is None:
            return None
        email, is_active, comes_back, *fields = row
        letter = Message.from_db(connection.alias, _COLUMNS, fields)
        may_read = is_active is not False  # NULL: the reader has no account that could be shut
        return Taken(letter, letter.sent_to or email or "", may_read, comes_back)

    def note_sent(self, taken: Taken) -> None:
        """The server has the letter: the next statement says so. A secret is forgotten at once."""
        self._handed = taken, timezone.now()
        if taken.letter.secret:
            self._write_down()

    def mark(self, letter: Message, state: MessageState, **fields: object) -> None:
        """Write what became of *letter*, if it is still ours: a sender that slept is fenced off.

        A letter overtaken by events while it was in hand has been sent all the same: that is noted.
        """
        mine = Message.objects.filter(pk=letter.pk, claim=self.key)
        if state != MessageState.SENT:
            mine = mine.filter(state=MessageState.WAITING)
        if letter.secret and state in {MessageState.SENT, MessageState.SKIPPED}:
            fields |= outbox.without_secrets()
        mine.update(state=state, claim=None, claimed_until=None, **fields)

    def release(self) -> None:
        """Write down what has left, and let go of what has not."""
        self._write_down()
        Message.objects.filter(claim=self.key).update(claim=None, claimed_until=None)

    def _write_down(self) -> None:
        if self._handed is not None:
            taken, sent_at = self._handed
            to = taken.address
            self.mark(taken.letter, MessageState.SENT, sent_at=sent_at, sent_to=to, last_error="")
            self._handed = None


def _taken(values: Mapping[str, Any]) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        if connection.connection not in _prepared:
            cursor.execute(_PREPARE)
            _prepared.add(connection.connection)
        cursor.execute(_TAKE, values)
        return cursor.fetchone()


def claim(now: datetime, *, urgent_only: bool = False) -> Claim:
    """Claim letters due at *now*, the first in line first; there may be none.

    An urgent one leaves even when the minute has no room left: somebody waits at the screen.
    """
    with transaction.atomic():
        room = _room(now)
        due = Message.objects.due(now).select_for_update(skip_locked=True)
        due = due.filter(urgent=True) if urgent_only else due
        first = due.values_list("pk", "urgent")[:BATCH]
        mine = Claim([pk for place, (pk, urgent) in enumerate(first) if urgent or place < room])
        if mine.letters:
            Message.objects.filter(pk__in=mine.letters).update(
                claim=mine.key, claimed_until=Now() + LEASE
            )
    return mine


def _room(now: datetime) -> int:
    """How many letters may be claimed so that no minute has more than MAIL_PER_MINUTE.

    Those in hand of any sender count as sent. One sender looks at a time, until its claim stands.
    No query without a cap.
    """
    if settings.MAIL_PER_MINUTE <= 0:
        return BATCH
    patience.take_turn("partners.post.claims.room")
    # In one query, or a letter that is marked between two would be in neither.
    in_hand = Q(state=MessageState.WAITING, claimed_until__gte=Now())
    taken = Message.objects.filter(in_hand | Q(sent_at__gt=now - MINUTE)).count()
    return settings.MAIL_PER_MINUTE - taken
