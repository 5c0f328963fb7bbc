"""How the outbox stands: for the desk, and for machines that watch it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q

from partners.models import HIDDEN, Message, MessageState, MessageTime
from partners.post import pauses


@dataclass(frozen=True)
class Queue:
    """Letters by what becomes of them now."""

    due: int  # may leave now
    oldest_due: datetime | None  # since when the first of them could
    to_be_tried_again: int  # wait after a try that failed
    next_try: datetime | None
    later: int  # wait for their hour
    failed: int  # given up, and of use still
    to_send_again: int  # of these, such as still say all they said
    sent_today: int
    paused_because: str  # the mail server takes nothing from us; "" while it does


def queue(now: datetime) -> Queue:
    """Count the outbox. Three queries, which read what waits and failed, and what left today."""
    is_due, again = MessageTime.NOW.at(now), MessageTime.AGAIN.at(now)
    waiting = Message.objects.filter(state=MessageState.WAITING).aggregate(
        due=Count("pk", filter=is_due),
        oldest_due=Min("next_try_at", filter=is_due),
        to_be_tried_again=Count("pk", filter=again),
        next_try=Min("next_try_at", filter=again),
        later=Count("pk", filter=MessageTime.LATER.at(now)),
    )
    return Queue(
        **waiting,
        **Message.objects.failed().aggregate(
            failed=Count("pk"),
            to_send_again=Count("pk", filter=~Q(secret=True, text__contains=HIDDEN)),
        ),
        sent_today=Message.objects.filter(MessageTime.TODAY.at(now)).count(),
        paused_because=pauses.because(),
    )
