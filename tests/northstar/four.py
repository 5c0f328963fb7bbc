"""What four clicks at once come to: every address that takes a POST, with the one outcome it has.

Each is sent four times at the same moment, as somebody who may: twice in one browser, as a double
click does, and in two browsers more; and once again later. However they meet, what is written is
what one alone would have written, each reader gets one letter, and nobody meets an error. Where one
address is sent several things, a word follows its name. The workshop of superusers (admin) is not
of the product: its forms are Django's own.

adds      how many rows more (or fewer) there are of each model, letters among them; of others, none
answers   the status codes that are right; by default each goes on to the next page
holds     what is true afterwards
why       where several are meant, or a second click is answered otherwise: the reason
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from partners.models import (
    MembershipRole,
)

APART = (0, 0, 1, 2)  # the browser of each of the four: the first two click in one
TOGETHER = (0, 0, 0, 0)


def nothing(world):
    return {}


@dataclass(frozen=True)
class Four:
    """One address, as four send to it."""

    role: str  # of the walk; a key of `people` in its world
    data: Callable[[dict[str, Any]], dict[str, Any]] = nothing
    adds: dict[type, int] = field(default_factory=dict)
    answers: frozenset[int] = frozenset({302})
    holds: Callable[[dict[str, Any]], object] = lambda world: True
    state: Callable[[dict[str, Any]], dict[str, Any]] = nothing  # what it needs besides the walk's
    browsers: tuple[int, ...] = APART
    letters: int = 1  # the most that a reader gets of one letter
    arguments: dict[str, str] = field(default_factory=dict)  # of the address; or as the walk's
    in_demo: bool = False
    why: str = ""


def now(row):
    """The row as it is in the database."""
    return type(row).objects.get(pk=row.pk)


def is_changed_once(world):
    return now(world["measure"]).version == 2


MEMBER = MembershipRole.MEMBER.value
CONTACT = MembershipRole.CONTACT_PERSON.value
