"""Who is written to about an organisation: who answers for it, else another of its people, else the
coordinators. For every letter about what an organisation has to do.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from partners.models import BouncedAddress, Membership, MembershipRole, User
from partners.post import outbox


class Level(StrEnum):
    """Who is left to be written to."""

    CONTACT = "contact"
    MEMBER = "member"
    COORDINATOR = "coordinator"


@dataclass(frozen=True)
class Reached:
    """Who is written to about one organisation; nobody, where there is not even a coordinator."""

    level: Level
    people: list[User]
    to_call: list[User] = field(default_factory=list)  # whom no e-mail reaches, who answers first


def reached(organisations: Iterable[int]) -> dict[int, Reached]:
    """Who is written to about each of *organisations*, by their keys.

    All contact persons who can be reached. Where there is none, one of the others who act for it:
    of those who have logged in who has acted for it longest. Else all coordinators. Whoever may not
    log in, has no address or one from which e-mails come back cannot be reached. Three queries at
    most, however many there are.
    """
    keys = list(organisations)
    acting: dict[int, list[Any]] = {key: [] for key in keys}
    found = Membership.objects.acting().filter(organisation__in=keys).with_bounced_at()
    for row in found.select_related("person").order_by("created_at", "pk"):
        acting[row.organisation_id].append(row)
    by_organisation = {key: _of_its_own(rows) for key, rows in acting.items()}
    coordinators = _coordinators() if None in by_organisation.values() else []
    return {
        key: own or Reached(Level.COORDINATOR, coordinators, _to_call(acting[key]))
        for key, own in by_organisation.items()
    }


def deciders(organisation: int) -> list[User]:
    """Who decides for *organisation* about its people: its contact persons, else the coordinators.

    Only those whom an e-mail reaches. Three queries at most.
    """
    found = reached([organisation])[organisation]
    return _coordinators() if found.level == Level.MEMBER else found.people


def prefix(organisation: int) -> str:
    """How the keys of all letters begin that write about what *organisation* has to do."""
    return f"organisation:{organisation}:"


def forget(organisation: int, person: int | None = None) -> int:
    """Stop what waits to be written about what *organisation* has to do; return how many letters.

    To *person* alone, where they act for it no more; to everybody where it has left.
    """
    return outbox.drop(prefix(organisation), to=None if person is None else [person])


def _of_its_own(rows: list[Any]) -> Reached | None:
    there = [row for row in rows if _is_reached(row)]
    contacts = [row.person for row in there if row.role == MembershipRole.CONTACT_PERSON]
    if contacts:
        return Reached(Level.CONTACT, contacts)
    there.sort(key=lambda row: row.person.last_login is None)
    return Reached(Level.MEMBER, [there[0].person]) if there else None


def _is_reached(row: Any) -> bool:
    return row.person.is_active and bool(row.person.email) and row.bounced_at is None


def _to_call(rows: list[Any]) -> list[User]:
    rows = sorted(rows, key=lambda row: row.role != MembershipRole.CONTACT_PERSON)
    return [row.person for row in rows if row.person.is_active]


def _coordinators() -> list[User]:
    marked = BouncedAddress.objects.standing().values("address")
    with_address = User.objects.coordinators().filter(email__isnull=False)
    return list(with_address.exclude(email__in=marked).order_by("pk"))
