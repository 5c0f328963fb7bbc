"""What a person sees as a group: a text written once, and empty cells beneath it, not merged.

Knows no Django and no kind of list.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A row as far as groups go: what heads it ("" for an empty cell), and whom it is about."""

    key: str
    number: int
    head: str
    subject: str  # "" where it is about nobody
    is_apart: bool = False


def heads(rows: Iterable[Row]) -> dict[str, str]:
    """What stands above the empty cell of each row of a group, by the key of the row.

    A group ends where rows are not consecutive, where nobody is named, and where rows are set
    apart. One walk over the rows of a sheet.
    """
    found: dict[str, str] = {}
    before: Row | None = None
    head = ""
    for row in rows:
        if before and (row.number != before.number + 1 or row.is_apart != before.is_apart):
            head = ""
        if row.head or not row.subject:
            head = row.head
        elif head:
            found[row.key] = head
        before = row
    return found
