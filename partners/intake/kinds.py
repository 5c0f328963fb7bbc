"""What the pages of lists are handed about one kind of list; they know no kind themselves."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from partners.sheets.rules import Rules

# Answers beside the id of an organisation: to whom a row belongs. NONE is a column not read, too.
NEW_CHOICE, OUT_CHOICE, NONE_CHOICE = "new", "out", "none"

# Keeps a field of the page, by the rest of its name and what was written, among the decisions.
Keeper = Callable[[dict[str, Any], str, str], None]


@dataclass(frozen=True)
class ListKind:
    """A kind of list: how it is found in a sheet, what is said of it, what is decided about it."""

    key: str  # as ImportBatch.kind has it
    rules: Rules
    title: Promise  # of the page that takes such a list
    name: Promise  # what such lists are about, as a heading
    about: Promise  # what stands in its rows, in a sentence or two
    page: str  # the names of the pages that show one, apply it, take it, and give an example
    apply_page: str
    upload_page: str
    example_page: str
    example_words: Promise  # of the link to the example
    words: Mapping[str, str | Promise]  # by meaning of a column
    example: str  # a small list of this kind, as CSV
    answers: Sequence[tuple[str, Promise]]  # (choice, sentence), where a row has a question
    # How plainly what is kept of a file says that it is such a list, whatever it was taken for.
    signs: Callable[[dict[str, Any]], int] = lambda table: 0
    keepers: Mapping[str, Keeper] = field(default_factory=dict)  # by the first word of a field

    @property
    def marks(self) -> str:
        """The meaning whose columns stand side by side, one mark each; "" if there is none."""
        return self.rules.marks.meaning if self.rules.marks else ""


@dataclass
class Ask:
    """Something a person must say first; asked once, however many rows wait for it."""

    key: str
    text: str
    options: list[tuple[str, str]]  # (answer, words)
    answer: str = ""  # so far
    rows: list[str] = field(default_factory=list)  # names of those that wait, for a plan's asks

    def __post_init__(self) -> None:
        if self.answer not in {answer for answer, _words in self.options}:
            self.answer = ""


def yes_or_no() -> list[tuple[str, str]]:
    return [("yes", _("Yes")), ("no", _("No"))]


def in_short(numbers: Iterable[int], most: int = 20) -> str:
    """The *numbers* of rows for a question: "3, 5, 6", and " …" where there are more."""
    told = [str(number) for number in numbers]
    return ", ".join(told[:most]) + (" …" if len(told) > most else "")


_OFFERED: dict[str, ListKind] = {}


def offer(kind: ListKind) -> ListKind:
    """Have the page of all lists take lists of this *kind*, too."""
    _OFFERED[kind.key] = kind
    return kind


def offered() -> list[ListKind]:
    """The kinds of list that can be chosen, in the order in which they were offered."""
    return list(_OFFERED.values())


def likelier(kind: ListKind, table: dict[str, Any]) -> ListKind | None:
    """The kind of list that a file taken for this *kind* rather is; None where it may be right."""
    own = kind.signs(table)
    others = [(other.signs(table), other) for other in offered() if other.key != kind.key]
    signs, other = max(others, key=lambda told: told[0], default=(0, kind))
    return other if signs > own else None


def headings_in(table: dict[str, Any]) -> list[str]:
    """What stands above the columns of a file, whether they are read or not."""
    sheets = table["sheets"]
    read = [column["heading"] for sheet in sheets for column in sheet["columns"]]
    return [*read, *(heading for sheet in sheets for heading in sheet["not_read"])]


def page_of(key: str) -> str:
    """The name of the page that shows a list of the kind with this *key*."""
    return _OFFERED[key].page
