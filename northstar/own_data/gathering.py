"""What the portal holds on one person, gathered: to read a few of each, or all of it as a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Model, QuerySet, Window
from django.utils import timezone

from northstar.own_data.holding import DID, Holding, Words
from northstar.own_data.holdings import HOLDINGS
from partners.models import Message, User
from partners.post import outbox

SHOWN = 5  # of each kind, on the page of all kinds


@dataclass(frozen=True)
class Line:
    """One row as a person reads it."""

    at: datetime | None
    what: object
    facts: object
    hands: list[Words]


@dataclass(frozen=True)
class Kind:
    """One table: how many of its rows are about somebody, and the latest of them."""

    holding: Holding
    number: int
    lines: list[Line]

    @property
    def has_more(self) -> bool:
        return not self.holding.hidden and self.number > len(self.lines)


def rows(holding: Holding, person: User) -> QuerySet[Any]:
    """The rows of *holding* that *person* has to do with, the latest first."""
    found = holding.model._default_manager.filter(holding.of(person))
    latest = [F(holding.when).desc(nulls_last=True)] if holding.when else []
    return found.select_related(*holding.related).order_by(*latest, "-pk")


def kinds(person: User) -> list[Kind]:
    """What there is of each kind, where there is anything: one query a table, however much."""
    found = [_kind(holding, person) for holding in HOLDINGS]
    return [kind for kind in found if kind.number]


def _kind(holding: Holding, person: User) -> Kind:
    counted = rows(holding, person).annotate(of_all=Window(Count("*")))[:SHOWN]
    latest = list(counted)
    number = latest[0].of_all if latest else 0
    shown = [] if holding.hidden else latest
    return Kind(holding, number, [line(holding, row, person) for row in shown])


def line(holding: Holding, row: Any, person: User) -> Line:
    """*row* in words: of what is not theirs, no more than that they had a hand in it."""
    hands = [DID[name] for name in holding.hands(row, person)]
    at = getattr(row, holding.when) if holding.when else None
    if holding.is_theirs(row, person):
        return Line(at, holding.line(row), holding.facts(row), hands)
    return Line(at, (holding.other or holding.line)(row), "", hands)


def as_data(person: User) -> dict[str, object]:
    """All of it, for a file: keys in English, moments with their zone. One query a table."""
    now = timezone.now()
    kept = {holding.key: list(_records(holding, person)) for holding in HOLDINGS}
    return {"about": person.pk, "made_at": now.isoformat(), "holds": kept}


def _records(holding: Holding, person: User) -> Iterator[dict[str, object]]:
    for row in rows(holding, person):
        record: dict[str, object] = {"id": row.pk}
        if holding.when:
            record["at"] = _plain(getattr(row, holding.when))
        if holding.is_theirs(row, person):
            record |= {name: _plain(_readable(row, name)) for name in holding.fields}
        else:
            record["what"] = str((holding.other or holding.line)(row))
        if hands := holding.hands(row, person):
            record["you"] = hands
        yield record


def _readable(row: Any, name: str) -> object:
    """The value of a column, without what opens something."""
    if isinstance(row, Message) and name == "text":
        return outbox.shown(row)
    return getattr(row, name)


def _plain(value: object) -> object:
    """*value* as JSON has it."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID | Model):
        return str(value)
    return value
