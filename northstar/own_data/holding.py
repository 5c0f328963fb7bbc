"""How a table that points at people is shown to them, and what erasing does to its rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partners.models import User

Words = str | Promise

# What somebody did to a row, by the name of the column that says so.
DID: dict[str, Words] = {
    "access_changed_by": _("you decided on its login"),
    "adopted_by": _("you took it on"),
    "applied_by": _("you carried it out"),
    "attendance_taken_by": _("you finished the list of who came"),
    "cancelled_by": _("you cancelled it"),
    "carried_out_by": _("you carried it out"),
    "changed_by": _("you changed it"),
    "corrected_by": _("you put it right"),
    "created_by": _("you made it"),
    "decided_by": _("you decided on it"),
    "ended_by": _("you ended it"),
    "lead": _("you lead it"),
    "lifted_by": _("you ended it"),
    "published_by": _("you published it"),
    "queued_by": _("you sent it"),
    "recorded_by": _("you noted it"),
    "removed_by": _("you removed it"),
    "reply_to": _("answers go to you"),
    "role_changed_by": _("you changed the role"),
    "sent_by": _("you sent it"),
    "status_changed_by": _("you changed its state"),
    "stopped_by": _("you stopped it"),
    "switched_by": _("you switched it on or off"),
    "taken_back_by": _("you took it back"),
    "taken_by": _("you took it"),
    "updated_by": _("you changed it"),
    "user": _("you did it"),
    "withdrawn_by": _("you withdrew it"),
    "works_again_by": _("you said that it works"),
    "written_by": _("you wrote it"),
}


def _nothing(row: Any) -> str:
    return ""


@dataclass(frozen=True)
class Holding:
    """One table: by which columns its rows are somebody's, how they are told, what erasing does.

    A row is theirs by *about* and *addresses*; by *did* and *did_by_address* they only had a hand
    in it, and nothing is told of whom else it is about.
    """

    key: str  # in the file
    model: type[Model]
    title: Words
    why: Words  # for what it is kept
    stays: Words = ""  # why rows stay when the person is erased; "": they go
    about: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    did: tuple[str, ...] = ()
    did_by_address: tuple[str, ...] = ()
    named_in: tuple[str, ...] = ()  # JSON in which the address may stand
    when: str = "created_at"
    line: Callable[[Any], object] = str  # what a row of theirs is called
    other: Callable[[Any], object] | None = None  # one that they had a hand in; None: likewise
    facts: Callable[[Any], object] = _nothing  # how a row of theirs stands
    related: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()  # of a row of theirs, in the file
    hidden: Words = ""  # why only their number is told
    emptied: Mapping[str, object] = field(default_factory=dict)  # of theirs, when erased

    def of(self, person: User) -> Q:
        """The rows that *person* has to do with."""
        found = Q(*[(name, person.pk) for name in self.did], _connector=Q.OR) | self.theirs(person)
        if person.email:
            hands = [(name, person.email) for name in self.did_by_address]
            hands += [(f"{name}__icontains", person.email) for name in self.named_in]
            found |= Q(*hands, _connector=Q.OR)
        return found

    def theirs(self, person: User) -> Q:
        """The rows that are about *person*, or written by them; none where it has no such."""
        pairs: list[tuple[str, object]] = [(name, person.pk) for name in self.about]
        if person.email:
            pairs += [(name, person.email) for name in self.addresses]
        return Q(*pairs, _connector=Q.OR) if pairs else Q(pk__in=[])

    def is_theirs(self, row: Any, person: User) -> bool:
        by_key = any(_key(row, name) == person.pk for name in self.about)
        return by_key or any(getattr(row, n) == person.email != "" for n in self.addresses)

    @property
    def fate(self) -> str:
        """What an erasure does to the rows that are theirs: gone, emptied or kept."""
        if not self.stays:
            return "gone"
        return "emptied" if self.emptied or self.named_in else "kept"

    def hands(self, row: Any, person: User) -> list[str]:
        """The columns by which *person* had a hand in *row*."""
        by_key = [name for name in self.did if _key(row, name) == person.pk]
        return by_key + [n for n in self.did_by_address if getattr(row, n) == person.email]


def _key(row: Any, name: str) -> object:
    return row.pk if name == "pk" else getattr(row, f"{name}_id")
