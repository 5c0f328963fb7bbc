"""How far mailings have come: what has become of their letters."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Count, F, Func, IntegerField, Min, Q, QuerySet, Value
from django.db.models.functions import Cast

from partners.models import Mailing, Message, MessageState
from partners.writing import mails

QUIET = {MessageState.WAITING.value, MessageState.SENT.value}  # of which nobody needs to be told


@dataclass
class Progress:
    """What has become of the letters of one mailing."""

    written: int = 0
    left: int = 0  # the portal, whatever came of it
    waiting: int = 0
    next_at: datetime | None = None  # when the first of those that wait leaves, at the earliest
    others: list[tuple[str, str, int]] = field(default_factory=list)  # state, in words, how many

    def waits_until(self, now: datetime) -> datetime | None:
        """When the first of those that wait for their hour leaves, at the earliest."""
        is_later = self.waiting and self.next_at is not None and self.next_at > now
        return self.next_at if is_later else None


def of(mailings: Sequence[Mailing]) -> dict[int, Progress]:
    """How far each of *mailings* has come, by its id. One query."""
    found = {mailing.pk: Progress() for mailing in mailings}
    if not mailings:
        return found
    theirs = reduce(or_, (Q(key__startswith=mails.prefix(mailing)) for mailing in mailings))
    own = Cast(
        Func(F("key"), Value(":"), Value(2), function="split_part"), output_field=IntegerField()
    )
    rows = Message.objects.filter(theirs).order_by().annotate(mailing=own)
    counted = rows.values_list("mailing", "state").annotate(
        n=Count("pk"), left=Count("sent_at"), next=Min("next_try_at")
    )
    for pk, state, number, left, next_at in counted.order_by("mailing", "state"):
        progress = found[pk]
        progress.written += number
        progress.left += left
        if state == MessageState.WAITING:
            progress.waiting, progress.next_at = number, next_at
        if state not in QUIET:
            progress.others.append((state, str(MessageState(state).label), number))
    return found


def not_arrived(mailing: Mailing) -> QuerySet[Message]:
    """The letters of *mailing* that neither wait nor were taken, with their readers."""
    letters = Message.objects.filter(key__startswith=mails.prefix(mailing))
    return letters.exclude(state__in=QUIET).select_related("recipient").order_by("state", "pk")
