"""Lists that stand below each other in one sheet, each with a title or headings of its own.

Knows no Django and no kind of list: its Rules are handed in.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from partners.sheets import cells, rows
from partners.sheets.reader import Grid, Unreadable
from partners.sheets.rules import Rules, all_heading, meanings_of

# The first row, those of its titles, that of its headings, and whether it is about something else.
Start = tuple[int, list[int], int, bool]

MOST = 60  # in one sheet: for each of them headings are looked for


def parts(grid: Grid, header: int, rules: Rules) -> list[Grid]:
    """The lists in *grid*, each as a sheet of its own; the first has its headings at *header*.

    A list begins with headings for other columns, or with a title that tells what it is about, as
    the day of another session does; one without headings has those above it. A row keeps its
    number. What nothing follows begins no list. Raises Unreadable ("lists") for more than MOST.
    """
    if header < 0:
        return [grid]
    starts = list(islice(_starts(grid, header, rules), MOST))
    if len(starts) == MOST:
        raise Unreadable("lists")
    bounds = [*(first for first, *_rest in starts), len(grid.rows)]
    found = [_picked(grid, range(bounds[0]))]
    above = list(range(header))  # titles that hold for lists without one that tells
    for (first, titles, heads, is_other), end in zip(starts, bounds[1:], strict=True):
        told = [] if is_other else above
        apart = [place for place in titles if _is_apart(grid, place, rules)]
        own = [place for place in titles if place not in apart]
        below = range(max([first, *titles, heads if heads > header else 0]) + 1, end)
        found.append(_picked(grid, [*told, *own, heads, *apart, *below]))
        above = above if told else own
    return found


def _starts(grid: Grid, header: int, rules: Rules) -> Iterator[Start]:
    """Where each later list begins."""
    heads, titles = header, list[int]()
    for place in range(header + 1, len(grid.rows)):
        texts = rows.own(grid, place)
        if not texts or grid.rows[place] == grid.rows[heads]:
            begun = _begun(grid, titles, rules) or _own_title(grid, titles, place, rules)
            if texts and begun:
                yield begun[0], begun, heads, True
                titles = []
        elif _heads_others(grid, place, heads, rules):
            near = _near(titles, place)
            heads = place
            yield (near or [place])[0], near, heads, _is_begun(grid, near, rules)
            titles = []
        elif _is_title(grid, place, heads, rules):
            titles.append(place)
        else:  # somebody's row: a title above it without headings has those of the list before
            if begun := _begun(grid, titles, rules):
                yield begun[0], begun, heads, True
            titles = []


def _begun(grid: Grid, titles: list[int], rules: Rules) -> list[int]:
    """The *titles* from the first one that tells what the rows below it are about."""
    told = (n for n, place in enumerate(titles) if _is_begun(grid, [place], rules))
    return titles[next(told, len(titles)) :]


def _own_title(grid: Grid, titles: list[int], place: int, rules: Rules) -> list[int]:
    """Titles right above headings that come again, where they may tell of another list.

    The number of a page does not, nor what sets some rows of the list apart.
    """
    near = _near(titles, place) if rules.begins else []
    return near if near and not any(_belongs(grid, title, rules) for title in near) else []


def _belongs(grid: Grid, place: int, rules: Rules) -> bool:
    """Whether a title is one within a list."""
    text = " ".join(rows.own(grid, place))
    is_section = rules.sections and rules.sections.match(cells.fold(text))
    is_group = rules.not_alone and rules.not_alone(text)
    return bool(is_section or is_group or rows.is_note(text) or _is_apart(grid, place, rules))


def _near(titles: list[int], place: int) -> list[int]:
    """Those of the *titles* that stand right above a row."""
    near = list[int]()
    for title in reversed(titles):
        if title != place - 1 - len(near):
            break
        near = [title, *near]
    return near


def _heads_others(grid: Grid, place: int, heads: int, rules: Rules) -> bool:
    """Whether a row heads another list, with other columns.

    The same headings alone come back on every page that is printed.
    """
    said = all_heading(grid.rows[place], rules)
    return len({*said} - {""}) > 1 and said != all_heading(grid.rows[heads], rules)


def _is_begun(grid: Grid, titles: list[int], rules: Rules) -> bool:
    """Whether one of the *titles* tells what the rows below it are about."""
    texts = (" ".join(rows.own(grid, place)) for place in titles)
    begins = rules.begins
    return begins is not None and any(map(begins, texts))


def _is_title(grid: Grid, place: int, heads: int, rules: Rules) -> bool:
    """Whether a row says one thing, or two of which the first is none of a column's."""
    texts = rows.own(grid, place)
    if len(texts) > 2 or any(map(cells.addresses, texts)) or rows.counts(texts):
        return False
    column = grid.rows[place].index(texts[0])
    above = meanings_of(grid.rows[heads], rules)[column : column + 1]
    is_free = above in ([], [""], [rules.subject])
    if len(texts) == 1:
        return is_free or column == 0
    return bool(is_free and rules.begins and rules.begins(texts[0]))


def _is_apart(grid: Grid, place: int, rules: Rules) -> bool:
    text = " ".join(rows.own(grid, place))
    return bool(rules.apart and rules.apart.search(cells.fold(text)))


def _picked(grid: Grid, places: range | list[int]) -> Grid:
    chosen = [place for place in places if place < len(grid.rows)]
    return replace(
        grid,
        rows=[grid.rows[place] for place in chosen],
        numbers=[grid.number(place) for place in chosen],
    )
