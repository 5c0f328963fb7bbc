"""Finds the list in a grid: which row has the headings, what each column means, where rows begin.

Knows no Django and no kind of list: its Rules are handed in. A column is understood by its heading,
else by what is in it. Columns the portal has no use for, such as diets, are named in the answer and
their cells are left behind.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from partners import dates
from partners.sheets import cells
from partners.sheets.reader import Grid, Unreadable

# No list needs these. Headings are folded before.
_UNWANTED = re.compile(
    r"allerg|\bkost|specialkost|diet|\bmat\b|food|\bmål|hälsa|health|personn|\bpnr|födel"
    r"|birth|komment|comment|anteckn|notering|\bnotes?\b|övrig|faktur|invoice|postadress|postnummer"
    r"|gatuadress|\bort\b|besöksadress|roll\b|\brole|titel|befattning|job|behov|needs|avdeln"
)
_TOTAL = re.compile(r"^(summa|totalt?|totalsumma|sum|antal|count|delsumma|subtotal|total sum)\b")

Test = Callable[[str], object]
FIRST_ROWS = 200  # enough to see what stands in a column


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
    rival: str = ""  # a name, too, that may be taken for the subject's
    rival_parts: frozenset[str] = frozenset()  # these tell the rival's name, as well
    repeatable: frozenset[str] = frozenset()  # may mean several columns
    apart: re.Pattern[str] | None = None  # a title among the rows; those below it are apart
    marks: Marks | None = None

    @property
    def meanings(self) -> list[str]:
        """What a column may mean."""
        return list(dict.fromkeys(meaning for meaning, _rule in self.headings))


@dataclass
class Column:
    """A column that is read: what its heading says and what it is taken to mean."""

    index: int
    heading: str
    meaning: str
    sure: bool = True


@dataclass
class Listing:
    """The list found in a sheet: titles above it, columns, rows as (number, cells, apart)."""

    name: str
    titles: list[str]
    columns: list[Column]
    not_read: list[str]
    rows: list[tuple[int, list[str], bool]] = field(default_factory=list)
    left_out: list[tuple[int, str]] = field(default_factory=list)


def find(grid: Grid, rules: Rules) -> Listing | None:
    """The list in *grid* by its *rules*, or None if there is none."""
    header, named = _header_row(grid, rules)
    body = grid.rows[header + 1 :]
    heading_cells = grid.rows[header] if header >= 0 else []
    columns, not_read = _columns(heading_cells, named, body, rules)
    if not _enough(columns, rules):
        return None
    titles = [" ".join(cell for cell in row if cell) for row in grid.rows[: max(header, 0)]]
    listing = Listing(grid.name, [title[:200] for title in titles if title][:6], columns, not_read)
    if rules.marks:
        _dates_of_marks(listing, rules.marks, grid.rows, header)
    _take_rows(listing, _classified(listing, grid.rows, header, rules.apart))
    return listing


def find_all(grids: list[Grid], rules: Rules) -> tuple[list[Listing], list[str]]:
    """The lists in all sheets, and the names of the sheets without one. Raises Unreadable."""
    found = [(grid, find(grid, rules)) for grid in grids]
    listings = [listing for _grid, listing in found if listing]
    if not listings:
        raise Unreadable("headings")
    if not any(listing.rows for listing in listings):
        raise Unreadable("rows_missing")
    return listings, [grid.name for grid, listing in found if not listing]


def meaning_of(heading: str, rules: Rules) -> str:
    """What a heading stands for: a meaning, "unwanted", or "" if it says nothing."""
    folded = cells.fold(heading)
    if not folded or len(folded) > 60:
        return ""
    if _UNWANTED.search(folded) and not re.search(r"\be ?post|mail|mejl", folded):
        return "unwanted"
    for meaning, rule in rules.headings:
        if rule.search(folded):
            return meaning
    return ""


def _header_row(grid: Grid, rules: Rules) -> tuple[int, list[str]]:
    """The row among the first forty whose cells are most like headings; -1 without any."""
    best, most, meanings = -1, 0, []
    for number, row in enumerate(grid.rows[:40]):
        named = [meaning_of(cell, rules) if _may_be_heading(cell) else "" for cell in row]
        score = 10 * len({name for name in named if name}) + sum(1 for cell in row if cell)
        if len({name for name in named if name}) >= _needed(row) and score > most:
            best, most, meanings = number, score, named
    return best, meanings


def _needed(row: list[str]) -> int:
    return 1 if sum(1 for cell in row if cell) <= 2 else 2


def _may_be_heading(cell: str) -> bool:
    return 0 < len(cell) <= 60 and "@" not in cell and not re.search(r"\d{4,}", cell)


# By content


def _share(test: Test, values: list[str]) -> float:
    filled = [value for value in values if value]
    return sum(1 for value in filled if test(value)) / len(filled) if filled else 0.0


def _by_content(values: list[str], rules: Rules) -> str:
    for meaning, test, enough in rules.contents:
        if _share(test, values) >= enough:
            return meaning
    return ""


def _columns(
    headings: list[str], named: list[str], body: list[list[str]], rules: Rules
) -> tuple[list[Column], list[str]]:
    width = max([len(headings), *(len(row) for row in body[:FIRST_ROWS])], default=0)
    columns: list[Column] = []
    spare: list[Column] = []
    named = _name_of_subject(headings, named, rules) if rules.rival else named
    for index in range(width):
        heading = headings[index] if index < len(headings) else ""
        meaning = named[index] if index < len(named) else ""
        taken = {column.meaning for column in columns}
        column = _column(Column(index, heading, meaning), _values(body, index), rules, taken)
        if column.meaning in {"", "unwanted"}:
            spare.append(column)
        else:
            columns.append(column)
    _settle(columns, spare, body, rules)
    columns.sort(key=lambda column: column.index)
    return columns, [c.heading for c in spare if c.heading]


def _values(body: list[list[str]], index: int) -> list[str]:
    return [row[index] for row in body[:FIRST_ROWS] if index < len(row)]


def _column(named: Column, values: list[str], rules: Rules, taken: set[str]) -> Column:
    """What a column means by its heading, as *named*, and by the *values* below it."""
    index, heading, meaning = named.index, named.heading, named.meaning
    if rules.marks and _has_marks(named, values, rules.marks):
        return Column(index, heading, rules.marks.meaning)
    if meaning == "unwanted" or (meaning and not _contradicted(meaning, values, rules)):
        repeated = meaning in taken and meaning not in rules.repeatable
        return Column(index, heading, "" if repeated else meaning)
    guess = _by_content(values, rules)
    return Column(index, heading, "" if guess in taken else guess, sure=False)


def _has_marks(named: Column, values: list[str], marks: Marks) -> bool:
    may_be = not named.meaning or named.meaning in marks.instead_of
    looks_so = not any(values) or _share(marks.is_mark, values) >= 0.6
    return bool(may_be and looks_so and named.heading and marks.is_heading(named.heading))


def _contradicted(meaning: str, values: list[str], rules: Rules) -> bool:
    """Whether the cells plainly are not what the heading says, such as names below "E-post"."""
    return any(values) and any(
        _share(test, values) < least for doubted, test, least in rules.doubts if doubted == meaning
    )


def _settle(
    columns: list[Column], spare: list[Column], body: list[list[str]], rules: Rules
) -> None:
    """Give the name of what the rows are about to the column that must be it."""
    if any(column.meaning in rules.said_by for column in columns):
        return
    mistaken = _mistaken_rival(columns, rules)
    if mistaken:
        mistaken.meaning = rules.subject
        return
    unnamed = next((column for column in spare if _holds_names(column, body)), None)
    if unnamed:
        unnamed.meaning, unnamed.sure = rules.subject, False
        columns.append(unnamed)
        spare.remove(unnamed)


def _mistaken_rival(columns: list[Column], rules: Rules) -> Column | None:
    """The column that was taken for the rival's name, if the rival has another, too."""
    rivals = [column for column in columns if column.meaning == rules.rival]
    has_parts = any(column.meaning in rules.rival_parts for column in columns)
    if rivals and (len(rivals) > 1 or has_parts or _plain_name(rivals[0].heading)):
        return rivals[0]
    return None


def _holds_names(column: Column, body: list[list[str]]) -> bool:
    return column.meaning != "unwanted" and _share(_is_name, _values(body, column.index)) > 0.7


def _name_of_subject(headings: list[str], named: list[str], rules: Rules) -> list[str]:
    """The meanings, where a plain "Namn" beside a rival's name is the subject's."""
    plain = [place for place, heading in enumerate(headings) if _plain_name(heading)]
    rivals = [place for place, meaning in enumerate(named) if meaning == rules.rival]
    if rules.subject in named or len(plain) != 1 or len(rivals) < 2:
        return named
    return [rules.subject if place == plain[0] else name for place, name in enumerate(named)]


def _plain_name(heading: str) -> bool:
    return cells.fold(heading) in {"namn", "name"}


def _is_name(text: str) -> bool:
    return len(text) > 2 and not re.search(r"\d|@", text) and text[0].isupper()


def _enough(columns: list[Column], rules: Rules) -> bool:
    have = {column.meaning for column in columns}
    return all(have & wanted for wanted in rules.enough)


# Rows


def _dates_of_marks(listing: Listing, marks: Marks, rows: list[list[str]], header: int) -> None:
    """Where marks stand side by side, add the date from the row above or below to the heading."""
    marked = [column for column in listing.columns if column.meaning == marks.meaning]
    if len(marked) < 2:
        return
    for column in marked:
        for number in (header - 1, header + 1):
            row = rows[number] if 0 <= number < len(rows) else []
            near = row[column.index] if column.index < len(row) else ""
            if near and dates.cell_date(near, 2000) and not dates.cell_date(column.heading, 2000):
                column.heading = f"{column.heading} {near}".strip()


def _take_rows(listing: Listing, found: Iterator[tuple[str, int, list[str]]]) -> None:
    is_apart = False
    for what, number, row in found:
        if what == "title":
            is_apart = True
        elif what == "remark":
            listing.left_out.append((number, next(filter(None, row))[:100]))
        else:
            picked = [row[c.index] if c.index < len(row) else "" for c in listing.columns]
            if any(picked):
                listing.rows.append((number, picked, is_apart))


def _classified(
    listing: Listing, rows: list[list[str]], header: int, apart: re.Pattern[str] | None
) -> Iterator[tuple[str, int, list[str]]]:
    """What each row is: a "row" of the list, a "remark", or a "title" of those set apart."""
    headings, body = (rows[header] if header >= 0 else []), rows[header + 1 :]
    first_column = min(column.index for column in listing.columns)
    usual = _usual_width(body)
    for number, row in enumerate(body, start=header + 2):
        texts = [cell for cell in row if cell]
        if not texts or row == headings:
            continue
        folded = cells.fold(texts[0])
        if apart and len(texts) <= 2 and apart.search(folded):
            yield "title", number, row
        elif _is_remark(texts, folded, usual, first_column, row):
            yield "remark", number, row
        else:
            yield "row", number, row


def _usual_width(body: list[list[str]]) -> int:
    widths = sorted(sum(1 for cell in row if cell) for row in body if any(row))
    return widths[len(widths) // 2] if widths else 0


def _is_remark(
    texts: list[str], folded: str, usual: int, first_column: int, row: list[str]
) -> bool:
    """A total, a note, or the dates below the headings: no row of the list."""
    if _TOTAL.search(folded) and len(texts) <= max(2, usual):
        return True
    if all(dates.cell_date(text, 2000) for text in texts):
        return len(texts) > 1
    alone = len(texts) == 1 and usual >= 3
    if not alone:
        return False
    text = texts[0]
    stray = not (len(row) > first_column and row[first_column] == text)
    note = re.match(r"(obs|nb|not|note|källa|source|uppdaterad|updated|senast|\*)", folded + text)
    return bool(stray or note or text.endswith((":", ".")) or len(text) > 60)
