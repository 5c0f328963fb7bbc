"""What is to be known of one kind of list, to find it in a sheet: its words, and what stands below.

Knows no Django; the kinds of list hand their rules in.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from partners.sheets import cells, unwanted

Test = Callable[[str], object]
LONGEST_QUESTION = 300  # letters, as forms ask them above their columns


@dataclass(frozen=True)
class Marks:
    """Columns that may stand side by side, each with one mark a row, such as a cross."""

    meaning: str
    is_mark: Test
    is_heading: Test  # whether a heading says what its marks are about
    instead_of: frozenset[str]  # what such a heading would mean above other cells


@dataclass(frozen=True)
class Rules:
    """What is to be known of one kind of list, to find it in a sheet."""

    # In order: the first pattern that fits a folded heading decides.
    headings: Sequence[tuple[str, re.Pattern[str]]]
    # In order, for columns without a heading: (meaning, test of a cell, least share that is so).
    contents: Sequence[tuple[str, Test, float]]
    # (meaning, test, share): a heading is wrong if fewer of the cells below it are so.
    doubts: Sequence[tuple[str, Test, float]]
    subject: str  # what each row is about: a column with names is it, if no heading says so
    said_by: frozenset[str]  # meanings that tell the subject
    enough: Sequence[frozenset[str]]  # of each set, one must be there: else it is no such list
    # As contents, only for columns above which nothing is written.
    bare: Sequence[tuple[str, Test, float]] = ()
    # What names of people mean there, and names of organisations.
    person: str = ""
    employer: str = ""
    rival: str = ""  # a name, too, that may be taken for the subject's
    rival_parts: frozenset[str] = frozenset()  # these tell the rival's name, as well
    tells_subject: frozenset[str] = frozenset()  # beside these a plain "Namn" is the subject's
    repeatable: frozenset[str] = frozenset()  # may mean several columns
    numbered: frozenset[str] = frozenset()  # so may these, where a number alone parts the headings
    wanted: re.Pattern[str] | None = None  # headings that other lists have no need of
    apart: re.Pattern[str] | None = None  # a title among the rows; those below it are apart
    sections: re.Pattern[str] | None = None  # likewise; those below it have that in common
    begins: Test | None = None  # a title, and so is of another list those below it belong to
    not_alone: Test | None = None  # what stands alone in a row and is so is no row of the list
    marks: Marks | None = None
    # Meaning: the text as it must have been, before a spreadsheet took it for a number.
    mended: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    turned: re.Pattern[str] | None = None  # a heading of names that have the surname first
    days: frozenset[str] = frozenset()  # meanings of columns that have a day in each cell
    # Meaning: what its cells are in a second column that completes the first, and their lead.
    beside: Mapping[str, tuple[Test, str]] = field(default_factory=dict)

    @property
    def meanings(self) -> list[str]:
        """What a column may mean."""
        return list(dict.fromkeys(meaning for meaning, _rule in self.headings))


def meaning_of(heading: str, rules: Rules) -> str:
    """What a heading stands for: a meaning, "unwanted", or "" if it says nothing."""
    folded = cells.fold(heading)
    if not folded or len(folded) > (LONGEST_QUESTION if "?" in heading else 60):
        return ""
    is_wanted = rules.wanted and rules.wanted.search(folded)
    if unwanted.is_unwanted(folded) and not is_wanted:
        return "unwanted"
    for meaning, rule in rules.headings:
        if rule.search(folded):
            return meaning
    return ""


def says_only(heading: str, meaning: str, rules: Rules) -> bool:
    """Whether a heading is the word for its *meaning* and nothing else: "Sektor", "Bolag (AB)"."""
    if meaning == "unwanted":
        return True
    folded = cells.stem(heading)
    return any(rule.fullmatch(folded) for known, rule in rules.headings if known == meaning)


def meanings_of(row: Sequence[str], rules: Rules) -> list[str]:
    """What each cell of a row stands for, if it is a heading."""
    return [meaning_of(cell, rules) if _may_be_heading(cell) else "" for cell in row]


def all_heading(row: Sequence[str], rules: Rules) -> list[str]:
    """What each cell of a row stands for where all that are filled are headings; else nothing.

    One of them at least is the word for a column and nothing else. A day above marks stands for
    itself. The first cell that is none ends it: most rows are somebody's.
    """
    found: list[str] = []
    is_plain = False
    for cell in row:
        said = _said_by(cell, rules) if cell else ""
        if cell and not said:
            return []
        is_plain = is_plain or (said not in {"", "unwanted", cell} and says_only(cell, said, rules))
        found.append(said)
    return found if is_plain else []


def _said_by(cell: str, rules: Rules) -> str:
    meaning = meaning_of(cell, rules) if _may_be_heading(cell) else ""
    is_day = not meaning and rules.marks and rules.marks.is_heading(cell)
    return cell if is_day else meaning


def _may_be_heading(cell: str) -> bool:
    is_short = 0 < len(cell) <= (LONGEST_QUESTION if "?" in cell else 60)
    return is_short and "@" not in cell and not re.search(r"\d{4,}", cell)
