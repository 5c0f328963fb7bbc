"""Letters that nobody asked for: when each leaves, and which go together.

The clock comes by every few seconds. What is held and whose moment has come is let go if its reader
has had few of late; what is due in the same hour becomes one letter; the rest is given its next
moment, and what would be of no use by then lapses.
"""

import logging
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from partners.models import Message, MessageQuerySet, MessageState, SwitchedOff, Topic
from partners.models.moments import STOCKHOLM
from partners.patience import patient
from partners.post import digests, holding, kinds, outbox, quiet

log = logging.getLogger(__name__)

MOST = 250  # people in one turn: their letters are locked for as long as it lasts

AN_HOUR = timedelta(hours=1)

_LOCK = 0x4E53_0B0D  # of the one who gathers

_GIVE_MOMENTS = """
    UPDATE partners_message AS letter SET next_try_at = given.moment
    FROM unnest(%s::bigint[], %s::timestamptz[]) AS given (id, moment)
    WHERE letter.id = given.id
"""
_GIVE_DIGESTS = """
    UPDATE partners_message AS letter SET gathered_in_id = given.digest
    FROM unnest(%s::bigint[], %s::bigint[]) AS given (id, digest)
    WHERE letter.id = given.id
"""


@dataclass
class Plan:
    """What is to become of the letters of many people."""

    leave: list[int] = field(default_factory=list)
    fold: list[Sequence[Message]] = field(default_factory=list)  # each the letters of one person
    wait: dict[int, datetime] = field(default_factory=dict)
    lapse: list[int] = field(default_factory=list)


def gather_all(now: datetime, *, for_s: float) -> int:
    """Gather turn by turn until nobody is left or *for_s* seconds are over; return how many people.

    What is left is found by the next sweep.
    """
    ends = time.monotonic() + for_s
    people = 0
    while True:
        try:
            these = gather(now)
        except ValidationError:
            log.warning("letters that are held are busy: they wait for the next sweep")
            return people
        people += these
        if these < MOST or time.monotonic() > ends:
            return people


@patient
@transaction.atomic
def gather(now: datetime) -> int:
    """Let go, fold or move the held letters due at *now* of up to MOST people; return how many.

    One gathers at a time, a second does nothing. The number of queries is the same for any number
    of letters. What somebody else holds locked is found by the next sweep. Raises ValidationError
    ("busy").
    """
    if not _has_the_turn():
        return 0
    digests.settle(now)
    _skip(Message.objects.held().filter(useless_after__lte=now), holding.TOO_LATE)
    _skip(_unwanted(), holding.UNWANTED)
    due = Message.objects.held().filter(gathered_in=None, next_try_at__lte=now)
    people = list(due.order_by().values_list("recipient", flat=True).distinct()[:MOST])
    if people:
        _carry_out(_planned(people, now), now)
    return len(people)


def _has_the_turn() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])


def _skip(letters: MessageQuerySet, reason: str) -> None:
    letters.update(
        state=MessageState.SKIPPED, held=False, last_error=reason, **outbox.without_secrets()
    )


def _unwanted() -> MessageQuerySet:
    """What was put in the moment in which its reader switched it off."""
    unwanted = Q(pk__in=[])
    for topic in kinds.UNASKED_TOPICS:
        off = SwitchedOff.objects.filter(person=OuterRef("recipient"), topic__in=[topic, Topic.ALL])
        unwanted |= Q(Exists(off), letter__in=kinds.about([topic]))
    return Message.objects.held().filter(unwanted)


def _planned(people: list[int], now: datetime) -> Plan:
    """What becomes of the letters of *people* that are due before the hour is over. Two queries."""
    hour_ends = now.replace(minute=0, second=0, microsecond=0) + AN_HOUR
    held = Message.objects.held().filter(
        gathered_in=None, recipient__in=people, next_try_at__lt=hour_ends
    )
    letters = (
        held.select_related("recipient")
        .defer("html", "calendar")
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("recipient_id", "next_try_at", "pk")
    )
    lately = _sent_lately(people, now)
    plan = Plan()
    for person, theirs in groupby(letters, key=lambda letter: letter.recipient_id):
        _place(list(theirs), lately[person or 0], now, plan)
    return plan


def _sent_lately(people: list[int], now: datetime) -> dict[int, list[date]]:
    """The days on which each of *people* was sent what they had not asked for. One query.

    What is on its way counts as sent today.
    """
    on_its_way = Q(state=MessageState.WAITING, held=False)
    sent = Q(sent_at__gte=quiet.week_before(now))
    unasked = Message.objects.filter(
        on_its_way | sent, recipient__in=people, letter__in=kinds.UNASKED
    )
    found = defaultdict[int, list[date]](list)
    for person, sent_at in unasked.values_list("recipient", "sent_at"):
        found[person or 0].append((sent_at or now).astimezone(STOCKHOLM).date())
    return found


def _place(letters: list[Message], sent_on: list[date], now: datetime, plan: Plan) -> None:
    """Plan what becomes of *letters*, all that one person would get now."""
    free = quiet.next_free(now, sent_on, settings.UNASKED_A_DAY, settings.UNASKED_A_WEEK)
    reader = letters[0].recipient
    if reader is None or not (reader.is_active and reader.email):
        plan.leave += [letter.pk for letter in letters]  # the sender says why they are not sent
    elif free > now:
        for letter in letters:
            if letter.useless_after is not None and letter.useless_after <= free:
                plan.lapse.append(letter.pk)
            else:
                plan.wait[letter.pk] = free
    elif len(letters) == 1:
        plan.leave.append(letters[0].pk)
    else:
        plan.fold.append(letters)


def _carry_out(plan: Plan, now: datetime) -> None:
    Message.objects.filter(pk__in=plan.leave).update(held=False, next_try_at=now)
    _skip(Message.objects.filter(pk__in=plan.lapse), holding.TOO_LATE)
    written = Message.objects.bulk_create(digests.fold(parts, now) for parts in plan.fold)
    digest_of = {
        part.pk: digest.pk
        for parts, digest in zip(plan.fold, written, strict=True)
        for part in parts
    }
    with connection.cursor() as cursor:
        cursor.execute(_GIVE_MOMENTS, [list(plan.wait), list(plan.wait.values())])
        cursor.execute(_GIVE_DIGESTS, [list(digest_of), list(digest_of.values())])
