"""The cards of all partners as rows of a table: which are asked for, and in which order."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from measures.standing import gathering
from measures.standing.card import KEYS, Card, Line
from partners.models import Membership, Organisation, OrganisationQuerySet, User

ANYTHING, NOTHING, LETTER = "anything", "nothing", "letter"

# What can be missing, as the filter asks for it.
MISSING: dict[str, str | Promise] = {
    ANYTHING: _("Anything"),
    "learning": _("Learn together"),
    "sharing": _("Tell every year"),
    "emissions": _("Cut emissions"),
    LETTER: _("The letter of intent"),
    NOTHING: _("Nothing is missing"),
}


@dataclass(frozen=True)
class Row:
    """A partner's card, and whom one talks to there."""

    card: Card
    contacts: list[User] = field(default_factory=list)

    @property
    def organisation(self) -> Organisation:
        return self.card.organisation

    @property
    def seen_on(self) -> date | None:
        """When somebody from there was last at a session."""
        at = self.card.facts.latest_at
        return timezone.localdate(at) if at else None


@dataclass(frozen=True)
class Kept:
    """How many of the rows keep a promise."""

    key: str
    name: str | Promise
    kept: int


Wishes = Mapping[str, Any]  # q, sector, area, missing, since, without_contact

ORDERS: dict[str, Callable[[Row], Any]] = {
    "name": lambda row: row.organisation.sort_name,
    "learning": lambda row: _place(row.card.learning),
    "sharing": lambda row: _place(row.card.sharing),
    "emissions": lambda row: _place(row.card.emissions),
    "seen": lambda row: row.seen_on or date.min,
}


def known(sort: str | None) -> str:
    """The order that *sort* names, by name where it names none."""
    return sort if sort and sort.removeprefix("-") in ORDERS else "name"


def rows(wishes: Wishes, sort: str, now: datetime) -> list[Row]:
    """The partners asked for, in order. Eleven queries for however many."""
    partners = _asked_for(wishes).in_order()
    contacts: dict[int, list[User]] = defaultdict(list)
    found = gathering.cards(partners, now)
    held = Membership.objects.contact_persons().filter(
        organisation__in=[card.organisation.pk for card in found]
    )
    for one in held.select_related("person").order_by("person__sort_name", "pk"):
        contacts[one.organisation_id].append(one.person)
    made = [Row(card, contacts[card.organisation.pk]) for card in found]
    shown = [row for row in made if _is_meant(row, wishes)]
    return sorted(shown, key=ORDERS[sort.removeprefix("-")], reverse=sort.startswith("-"))


def kept(found: list[Row]) -> list[Kept]:
    """How many of *found* keep each promise."""
    return [
        Kept(key, MISSING[key], sum(row.card.lines[place].is_kept for row in found))
        for place, key in enumerate(KEYS)
    ]


def _asked_for(wishes: Wishes) -> OrganisationQuerySet:
    others = (wishes.get("sector", ""), wishes.get("area"))
    found = Organisation.objects.partners().matching(wishes.get("q", ""), *others)
    return found.without_contact_person() if wishes.get("without_contact") else found


def _is_meant(row: Row, wishes: Wishes) -> bool:
    since: date | None = wishes.get("since")
    if since and row.seen_on and row.seen_on >= since:
        return False
    missing = wishes.get("missing", "")
    return not missing or _LACKS[missing](row.card)


_LACKS: dict[str, Callable[[Card], bool]] = {
    ANYTHING: lambda card: bool(card.missing),
    NOTHING: lambda card: not card.missing,
    LETTER: lambda card: card.unsigned is not None,
    "learning": lambda card: card.learning.is_open,
    "sharing": lambda card: card.sharing.is_open,
    "emissions": lambda card: card.emissions.is_open,
}


def _place(line: Line) -> tuple[bool, float, int]:
    return line.is_kept, line.shown / line.whole if line.whole else 0, line.done
