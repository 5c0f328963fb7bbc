"""The Monday list: whom to contact this week, and why."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from learning.models import Intention
from measures.contact.reasons import STALE_FOR, Contact, Known, Reason, reasons_of
from measures.models import (
    CallPoints,
    CommitmentPeriod,
    ContactNote,
    LetterOfIntent,
    Measure,
)
from measures.standing import gathering
from measures.standing.card import Card
from partners.models import (
    BouncedAddress,
    Invitation,
    Membership,
    Organisation,
    User,
)

A_WEEK = 5  # organisations


@dataclass(frozen=True)
class Call:
    """An organisation to contact, why, and whom one talks to there."""

    known: Known
    reasons: list[Reason]

    @property
    def organisation(self) -> Organisation:
        return self.known.organisation

    @property
    def points(self) -> int:
        return sum(reason.points for reason in self.reasons)

    @property
    def person(self) -> User | None:
        return self.known.contacts[0].person if self.known.contacts else None

    @property
    def is_dead(self) -> bool:
        """E-mails to that person come back."""
        return bool(self.known.contacts) and self.known.contacts[0].is_dead

    @property
    def first_name(self) -> str:
        return str(self.person or "").split(" ")[0]


def calls(now: datetime) -> list[Call]:
    """The few with most points; of as many, who was not seen for longest. Sixteen queries."""
    points = CallPoints.objects.by_reason()
    found = [Call(one, reasons_of(one, points, now)) for one in _known(now) if _may_name(one, now)]
    asked = [call for call in found if call.reasons]
    return sorted(asked, key=_place)[:A_WEEK]


def _place(call: Call) -> tuple[int, date, str]:
    seen = call.known.seen_on or date.min
    return -call.points, seen, call.organisation.sort_name


def _may_name(known: Known, now: datetime) -> bool:
    """Not who was contacted last week or this, nor who is to be left until an agreed day."""
    if known.noted is None:
        return True
    today = timezone.localdate(now)
    if known.noted.next_on:
        return known.noted.next_on <= today
    last_monday = today - timedelta(days=today.weekday() + 7)
    return known.noted.on < last_monday


def _known(now: datetime) -> list[Known]:
    """All partners, with what the reasons look at. Fifteen queries."""
    cards = gathering.cards(Organisation.objects.partners().in_order(), now)
    pks = [card.organisation.pk for card in cards]
    contacts, noted = _contacts(pks), _noted(pks)
    renewed, stale, steps = _renewed(cards, now), _stale(pks, now), _late_steps(pks, now)
    return [
        Known(
            card,
            contacts[pk],
            noted.get(pk),
            pk in renewed,
            stale.get(pk),
            steps[pk],
        )
        for pk, card in zip(pks, cards, strict=True)
    ]


def _contacts(pks: list[int]) -> dict[int, list[Contact]]:
    """Whom one reaches first. One query."""
    held = Membership.objects.contact_persons().filter(organisation__in=pks)
    marked = held.select_related("person").annotate(
        invited_at=Invitation.objects.latest_to("person"),
        bounced_at=BouncedAddress.objects.since("person__email"),
    )
    found: dict[int, list[Contact]] = defaultdict(list)
    for one in marked.order_by("pk"):
        is_dead = one.bounced_at is not None
        found[one.organisation_id].append(Contact(one.person, is_dead, one.invited_at))
    for contacts in found.values():
        contacts.sort(key=lambda contact: contact.is_dead)
    return found


def _noted(pks: list[int]) -> dict[int, ContactNote]:
    """The latest note of each. One query."""
    notes = ContactNote.objects.standing().filter(organisation__in=pks).order_by("on", "pk")
    return {one.organisation_id: one for one in notes}


def _renewed(cards: list[Card], now: datetime) -> set[int]:
    """Who has signed for a term that is still to begin. One query."""
    later = CommitmentPeriod.objects.filter(starts_on__gt=timezone.localdate(now))
    signed = LetterOfIntent.objects.filter(period__in=later)
    return set(signed.values_list("organisation", flat=True))


def _stale(pks: list[int], now: datetime) -> dict[int, Measure]:
    """The measure of each that has been without news for longest. One query."""
    still = Measure.objects.awaited().filter(organisation__in=pks, updated_at__lt=now - STALE_FOR)
    return {one.organisation_id: one for one in still.order_by("-updated_at", "-pk")}


def _late_steps(pks: list[int], now: datetime) -> Counter[int]:
    """How many next steps of each are late. One query."""
    late = Intention.objects.ahead().filter(
        organisation__in=pks, due_on__lt=timezone.localdate(now)
    )
    return Counter(pk for pk in late.values_list("organisation", flat=True) if pk)
