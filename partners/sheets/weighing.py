"""Columns of a list while they are weighed: which are read, which are not, which are rivals."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from partners.sheets import cells

REPEATED = "repeated"  # the meaning of a column that says no more than another one


@dataclass
class Column:
    """A column that is read: what its heading says and what it is taken to mean."""

    index: int
    heading: str
    meaning: str
    sure: bool = True
    lead: str = ""  # put before each cell: "kl. " before hours that stand beside a day


@dataclass(frozen=True)
class Conflict:
    """Columns that would mean the same; the first of them does, the others mean nothing yet."""

    meaning: str
    places: list[int]  # in Listing.columns


@dataclass
class Weighed:
    """Columns while they are weighed: those read, those not, and rivals for one meaning."""

    body: list[list[str]]
    columns: list[Column] = field(default_factory=list)
    spare: list[Column] = field(default_factory=list)
    rivals: list[tuple[Column, Column]] = field(default_factory=list)  # (who has it, who would)

    def pair(self, first: Column, second: Column, test: Callable[[str], object], lead: str) -> bool:
        """Let both mean the same if one completes the other, as hours do a day; whether they do."""
        parts = [c for c in (first, second) if self._is_all(c, test)]
        if len(parts) != 1:
            return False
        parts[0].lead = lead
        self.columns.append(second)
        return True

    def follows(self, first: Column, second: Column) -> bool:
        """Let both be read if they are of one kind, such as "Kontakt 1" and "Kontakt 2"; whether.

        Two that say the same in each row are one column twice.
        """
        if _unnumbered(first.heading) != _unnumbered(second.heading):
            return False
        both = zip(self._all(first), self._all(second), strict=True)
        is_another = any(b and b != a for a, b in both)
        if is_another:
            self.columns.append(second)
        return is_another

    def _is_all(self, column: Column, test: Callable[[str], object]) -> bool:
        values = [value for value in self._all(column) if value]
        return bool(values) and all(map(test, values))

    def weigh(
        self, first: Column, second: Column, nothing: frozenset[str] = frozenset({""})
    ) -> None:
        """Of two columns that would mean the same, the one with values is read; else both are.

        *nothing* is what says nothing in a second one: not even an empty cell, below marks.
        """
        held, offered = self._all(first), self._all(second)
        if any(offered) and not any(held):
            second.meaning, first.meaning = first.meaning, REPEATED
            self.spare.append(first)
            self.columns[self.columns.index(first)] = second
            return
        second.meaning = ""
        if not any(offered) or all(
            b == a or b in nothing for a, b in zip(held, offered, strict=True)
        ):
            second.meaning = REPEATED
            self.spare.append(second)
        else:
            first.sure = second.sure = False
            self.columns.append(second)
            self.rivals.append((first, second))

    def _all(self, column: Column) -> list[str]:
        return [row[column.index] if column.index < len(row) else "" for row in self.body]

    def conflicts(self) -> list[Conflict]:
        """Where a person must say which of several columns is meant."""
        places = {id(column): place for place, column in enumerate(self.columns)}
        by_first: dict[int, list[int]] = {}
        for first, second in self.rivals:
            by_first.setdefault(places[id(first)], []).append(places[id(second)])
        return [
            Conflict(self.columns[first].meaning, [first, *others])
            for first, others in by_first.items()
        ]


def _unnumbered(heading: str) -> str:
    return " ".join(re.sub(r"\d+", " ", cells.fold(heading)).split())


def share(test: Callable[[str], object], values: list[str]) -> float:
    """How many of the filled *values* are so, from 0 to 1."""
    filled = [value for value in values if value]
    return sum(1 for value in filled if test(value)) / len(filled) if filled else 0.0


def is_plain_name(heading: str) -> bool:
    return cells.fold(heading) in {"namn", "name"}


def is_name(text: str) -> bool:
    return len(text) > 2 and not re.search(r"\d|@", text) and text[0].isupper()


def is_full_name(text: str) -> bool:
    """Whether a text is written as the name of a person: two words or more, each with a capital."""
    words = text.split()
    is_spoken = 2 <= len(words) <= 4 and all(word[0].isupper() for word in words)
    return is_spoken and not cells.has_company_form(text)
