"""Finds the list in a grid: which row has the headings, what each column means, where rows begin.

Knows no Django and no kind of list: its Rules are handed in. A column is understood by its heading,
else by what is in it. Columns the portal has no use for, such as diets, are named in the answer and
their cells are left behind.
"""

from collections.abc import Iterator
from functools import partial

from partners.sheets import above, american, bare, beside, cells, exports, rows, stacked
from partners.sheets.budget import MAX_COLUMNS
from partners.sheets.kept import Listing, Skipped
from partners.sheets.reader import Grid, Unreadable
from partners.sheets.rules import Marks, Rules, all_heading, meanings_of, says_only
from partners.sheets.weighing import (
    REPEATED,
    Column,
    Weighed,
    is_name,
    is_plain_name,
    share,
)

FIRST_ROWS = 200  # enough to see what stands in a column


def find(grid: Grid, rules: Rules) -> Listing | None:
    """The list in *grid* by its *rules*, or None if there is none."""
    meeting = exports.of_meeting(grid)
    grid = meeting[0] if meeting else grid
    header, heads, found = _read_columns(grid, rules)
    if not _enough(found.columns, rules):
        return None
    listing = _listing(grid, header, heads, found)
    listing.in_doubt = _in_doubt(listing, rules)
    if meeting:
        listing.report, listing.left_out = meeting[1], list(meeting[2])
        listing.source = meeting[1].program
    _take_rows(listing, grid, header, rules)
    return listing


def _read_columns(grid: Grid, rules: Rules) -> tuple[int, list[str], Weighed]:
    """The row of the headings, what it says, and what the columns below it mean."""
    header, named = _header_row(grid, rules)
    heads = list(grid.rows[header]) if header >= 0 else []
    body = grid.rows[header + 1 :]
    body = body[1:] if body and above.says_when(body[0]) else body
    if rules.marks:
        heads = above.filled(grid.rows, header, heads, rules.marks.is_heading)
    named = ["unwanted" if n in grid.hidden_columns else name for n, name in _numbered(named)]
    found = _columns(heads, named, body, rules)
    if rules.marks:
        marked = [c for c in found.columns if c.meaning == rules.marks.meaning]
        above.join(marked, grid.rows, header)
        _weigh_marks(found, rules.marks)
    return header, heads, found


def _numbered(named: list[str]) -> Iterator[tuple[int, str]]:
    """The meanings of all columns that a sheet may have, with their numbers."""
    return enumerate([*named, *[""] * (MAX_COLUMNS - len(named))])


def _listing(grid: Grid, header: int, heads: list[str], found: Weighed) -> Listing:
    found.columns.sort(key=lambda column: column.index)
    titles = rows.titles(grid, header)
    spare = sorted(found.spare, key=lambda column: column.index)
    return Listing(
        grid.name,
        titles,
        found.columns,
        [column.heading for column in spare if column.heading],
        needless=[column.heading for column in spare if column.meaning == "unwanted"],
        repeated=[column.heading for column in spare if column.meaning == REPEATED],
        hidden_columns=[t for n, t in enumerate(heads) if t and n in grid.hidden_columns],
        hidden_told=grid.hidden_told,
        conflicts=found.conflicts(),
        year=above.year_of([grid.name, *titles]),
        source=exports.source_of(heads),
    )


def _in_doubt(listing: Listing, rules: Rules) -> int | None:
    """The place of a guessed subject below "Namn", which may as well be the rival's name."""
    for place, column in enumerate(listing.columns):
        is_guess = column.meaning == rules.subject and not column.sure
        if rules.rival and is_guess and is_plain_name(column.heading):
            return place
    return None


def find_all(grids: list[Grid], rules: Rules) -> tuple[list[Listing], list[Skipped]]:
    """The lists in all sheets, and the sheets that are not read. Raises Unreadable."""
    read = [(grid, found) for grid in grids for found in _found_in(grid, rules)]
    listings = [found for _grid, found in read if isinstance(found, Listing) and found.rows]
    if not any(isinstance(found, Listing) for _grid, found in read):
        raise Unreadable("headings")
    if not listings:
        raise Unreadable("rows_missing")
    return listings, [Skipped(grid.name, _why(found)) for grid, found in read if _why(found)]


def _found_in(grid: Grid, rules: Rules) -> Iterator[Listing | str]:
    """Each list of a sheet, or why it is not read."""
    why = grid.skip or ("pivot" if exports.is_pivot(grid) else "")
    if why or exports.of_meeting(grid):
        yield why or find(grid, rules) or "no_list"
        return
    header, _named = _header_row(grid, rules)
    for half in beside.parts(grid, header, rules):
        for part in stacked.parts(half, header, rules):
            yield find(part, rules) or "no_list"


def _why(found: Listing | str) -> str:
    if isinstance(found, str):
        return found
    return "" if found.rows else "no_rows"


def _header_row(grid: Grid, rules: Rules) -> tuple[int, list[str]]:
    """The row among the first forty whose cells are most like headings; -1 without any."""
    best, most, meanings = -1, 0, []
    for number, row in enumerate(grid.rows[:40]):
        means = meanings_of(row, rules)
        told = _told(row, means, rules)
        score = 10 * told + sum(1 for cell in row if cell)
        if told >= _needed(row) and score > most and not _is_data(grid, number, means, rules):
            best, most, meanings = number, score, means
    return best, meanings


def _told(row: list[str], means: list[str], rules: Rules) -> int:
    """How many different things a row heads; days beside a heading, as of marks, are one."""
    told = {name for name in means if name}
    if not told or not rules.marks:
        return len(told)
    days = (
        not name and rules.marks.is_heading(cell) for cell, name in zip(row, means, strict=True)
    )
    return len(told) + any(days)


def _is_data(grid: Grid, number: int, means: list[str], rules: Rules) -> bool:
    """Whether a row is about somebody, though its cells sound like headings.

    "Bostadsbolaget AB" has a word of one in it, as has "Offentlig sektor"; but a list has an
    address below its headings, not among them, and does not say them again in a row of its own.
    """
    row = grid.rows[number]
    if any(" " not in cell and cells.addresses(cell) for cell in row):
        return True
    return any(
        cells.has_company_form(row[place]) or _comes_again(grid, number, place, rules)
        for place, meaning in enumerate(means)
        if meaning and not says_only(row[place], meaning, rules)
    )


def _comes_again(grid: Grid, number: int, place: int, rules: Rules) -> bool:
    """Whether a cell stands in its column once more, in a row that has no plain heading."""
    row = grid.rows[number]
    others = (
        other
        for other in grid.rows[:FIRST_ROWS]
        if other[place : place + 1] == [row[place]] and other != row
    )
    return any(not all_heading(other, rules) for other in others)


def _needed(row: list[str]) -> int:
    return 1 if sum(1 for cell in row if cell) <= 2 else 2


# By content


def _by_content(heading: str, values: list[str], rules: Rules) -> str:
    for meaning, test, enough in [*rules.contents, *([] if heading else rules.bare)]:
        if share(test, values) >= enough:
            return meaning
    return ""


def _columns(headings: list[str], named: list[str], body: list[list[str]], rules: Rules) -> Weighed:
    width = max([len(headings), *(len(row) for row in body[:FIRST_ROWS])], default=0)
    found = Weighed(body)
    repeatable = rules.repeatable | ({rules.marks.meaning} if rules.marks else set())
    named = _name_of_subject(headings, named, rules) if rules.rival else named
    for index in range(width):
        told = Column(index, _at(headings, index), _at(named, index))
        taken = {column.meaning: column for column in found.columns if column.meaning}
        column = _column(told, _values(body, index), rules, set(taken))
        if column.meaning in {"", "unwanted"}:
            found.spare.append(column)
        elif column.meaning in taken and column.meaning not in repeatable:
            _settle_two(found, taken[column.meaning], column, rules)
        else:
            found.columns.append(column)
    bare.name(found, rules)
    if any(named) or found.columns:  # else names of anything would be taken for names
        _settle(found.columns, found.spare, body, rules)
    return found


def _settle_two(found: Weighed, first: Column, second: Column, rules: Rules) -> None:
    """Two columns for one meaning complete or follow each other, or are rivals."""
    beside = rules.beside.get(first.meaning)
    if first.meaning in rules.numbered and found.follows(first, second):
        return
    if not beside or not found.pair(first, second, *beside):
        found.weigh(first, second)


def _weigh_marks(found: Weighed, marks: Marks) -> None:
    """Marks below headings that tell no session are about the same one: one column has them."""
    plain = [
        column
        for column in found.columns
        if column.meaning == marks.meaning and not marks.is_heading(column.heading)
    ]
    for second in plain[1:]:
        first = next(column for column in plain if column.meaning)
        found.columns.remove(second)
        found.weigh(first, second, nothing=frozenset())


def _at(row: list[str], index: int) -> str:
    return row[index] if index < len(row) else ""


def _values(body: list[list[str]], index: int) -> list[str]:
    return [row[index] for row in body[:FIRST_ROWS] if index < len(row)]


def _column(named: Column, values: list[str], rules: Rules, taken: set[str]) -> Column:
    """What a column means by its heading, as *named*, and by the *values* below it."""
    index, heading, meaning = named.index, named.heading, named.meaning
    if rules.marks and _has_marks(named, values, rules.marks):
        return Column(index, heading, rules.marks.meaning)
    if meaning == "unwanted" or (meaning and not _contradicted(meaning, values, rules)):
        return Column(index, heading, meaning)
    guess = _by_content(heading, values, rules)
    return Column(index, heading, "" if guess in taken else guess, sure=False)


def _has_marks(named: Column, values: list[str], marks: Marks) -> bool:
    may_be = not named.meaning or named.meaning in marks.instead_of
    looks_so = not any(values) or share(marks.is_mark, values) >= 0.6
    return bool(may_be and looks_so and named.heading and marks.is_heading(named.heading))


def _contradicted(meaning: str, values: list[str], rules: Rules) -> bool:
    """Whether the cells plainly are not what the heading says, such as names below "E-post"."""
    return any(values) and any(
        share(test, values) < least for doubted, test, least in rules.doubts if doubted == meaning
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
        mistaken.sure = not _may_be_the_rival(mistaken, columns, body, rules)
        return
    unnamed = next((column for column in spare if _holds_names(column, body)), None)
    if unnamed:
        unnamed.meaning, unnamed.sure = rules.subject, False
        columns.append(unnamed)
        spare.remove(unnamed)


def _may_be_the_rival(
    column: Column, columns: list[Column], body: list[list[str]], rules: Rules
) -> bool:
    """Whether nothing but the word "Namn" says that a column names what the rows are about."""
    if not is_plain_name(column.heading) or any(c.meaning in rules.tells_subject for c in columns):
        return False
    tests = [(test, least) for meaning, test, least in rules.contents if meaning == rules.subject]
    values = _values(body, column.index)
    return not any(share(test, values) >= least for test, least in tests)


def _mistaken_rival(columns: list[Column], rules: Rules) -> Column | None:
    """The column that was taken for the rival's name, if the rival has another, too."""
    rivals = [column for column in columns if column.meaning == rules.rival]
    has_parts = any(column.meaning in rules.rival_parts for column in columns)
    if rivals and (len(rivals) > 1 or has_parts or is_plain_name(rivals[0].heading)):
        return rivals[0]
    return None


def _holds_names(column: Column, body: list[list[str]]) -> bool:
    return not column.meaning and share(is_name, _values(body, column.index)) > 0.7


def _name_of_subject(headings: list[str], named: list[str], rules: Rules) -> list[str]:
    """The meanings, where a plain "Namn" beside a rival's name is the subject's."""
    plain = [place for place, heading in enumerate(headings) if is_plain_name(heading)]
    rivals = [place for place, meaning in enumerate(named) if meaning == rules.rival]
    if rules.subject in named or len(plain) != 1 or len(rivals) < 2:
        return named
    return [rules.subject if place == plain[0] else name for place, name in enumerate(named)]


def _enough(columns: list[Column], rules: Rules) -> bool:
    have = {column.meaning for column in columns}
    return all(have & wanted for wanted in rules.enough)


# Rows


def _take_rows(listing: Listing, grid: Grid, header: int, rules: Rules) -> None:
    """The rows of the list with the cells that are read, and what is to be known of them."""
    is_apart = False
    first = min(column.index for column in listing.columns)
    signs = rows.Signs(
        first, rules.apart, rules.not_alone, rules.sections, partial(_heads, listing, rules)
    )
    for what, number, row in rows.classified(grid, header, signs):
        if what == "title":
            is_apart = True
        elif what == "row":
            picked = _picked(listing, number, row, rules)
            if any(picked) or any(f"{number}:{c.index}" in grid.marks for c in listing.columns):
                listing.rows.append((number, picked, is_apart))
            else:
                listing.left_out.append((number, "", "empty"))
        else:
            is_apart = is_apart and what != "section"
            listing.left_out.append((number, _said_in(listing, row), what))
    numbers = {number for number, _row, _apart in listing.rows}
    listing.hidden_rows = grid.hidden_rows & numbers
    places = {str(column.index): place for place, column in enumerate(listing.columns)}
    rows.rename(grid.marks, listing.marks, places, numbers)
    rows.rename(grid.proposals, listing.proposals, places, numbers)
    rows.rename(grid.lines, listing.lines, places, numbers)
    rows.strike(listing.rows, listing.marks, listing.struck_rows)
    american.turn(listing, rules.days)


def _said_in(listing: Listing, row: list[str]) -> str:
    """What a row says in the columns that are read; what stands in others is not kept."""
    said = (row[column.index] for column in listing.columns if column.index < len(row))
    return next(filter(None, said), "")[:100]


def _heads(listing: Listing, rules: Rules, row: list[str]) -> str:
    said = all_heading(row, rules)
    if not said:
        return ""
    marked = rules.marks.meaning if rules.marks else ""
    means = [marked if cell and meaning == cell else meaning
             for cell, meaning in zip(row, said, strict=True)]  # fmt: skip
    return rows.headings_again(row, means, {c.index: c.meaning for c in listing.columns})


def _picked(listing: Listing, number: int, row: list[str], rules: Rules) -> list[str]:
    picked = [row[c.index] if c.index < len(row) else "" for c in listing.columns]
    for place, column in enumerate(listing.columns):
        if column.lead and picked[place][:1].isdigit():
            picked[place] = column.lead + picked[place]
        if rows.is_said_by(column.heading, rules.turned):
            rows.turn(picked, number, place, listing)
        mend = rules.mended.get(column.meaning)
        if mend and picked[place] and (mended := mend(picked[place])) != picked[place]:
            picked[place] = mended
            listing.marks[f"{number}:{place}"] = "zero"
    return picked
