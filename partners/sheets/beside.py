"""Two lists that stand side by side in one sheet, with an empty column between them.

Knows no Django and no kind of list: its Rules are handed in.
"""

from dataclasses import replace

from partners.sheets.reader import Grid
from partners.sheets.rules import Rules, meanings_of

FEWEST = 2  # headings that a list has


def parts(grid: Grid, header: int, rules: Rules) -> list[Grid]:
    """The lists in *grid*, each as a sheet of its own with nothing in the columns of the others.

    Its headings are at *header*. Each of them tells what its rows are about: else a table beside a
    list, as of sums, would be taken for one.
    """
    blocks = _blocks(grid, header) if header >= 0 else []
    told = [_told(grid.rows[header], block, rules) for block in blocks]
    common = set.intersection(*told) if told else set()
    is_several = len(blocks) > 1 and all(len(means) >= FEWEST for means in told)
    if not is_several or not common & {rules.subject, *rules.said_by}:
        return [grid]
    return [_alone(grid, block, header) for block in blocks]


def _blocks(grid: Grid, header: int) -> list[range]:
    """The columns that stand together: with something in them, from the headings downwards."""
    filled = [False] * max(map(len, grid.rows))
    for row in grid.rows[header:]:
        for place, cell in enumerate(row):
            filled[place] = filled[place] or bool(cell)
    blocks: list[range] = []
    for place, is_filled in enumerate(filled):
        if is_filled and blocks and blocks[-1].stop == place:
            blocks[-1] = range(blocks[-1].start, place + 1)
        elif is_filled:
            blocks.append(range(place, place + 1))
    return blocks


def _told(row: list[str], block: range, rules: Rules) -> set[str]:
    means = meanings_of(row, rules)[block.start : block.stop]
    return {meaning for meaning in means if meaning not in {"", "unwanted"}}


def _alone(grid: Grid, block: range, header: int) -> Grid:
    """*grid* with the titles that all lists have, and no cell of another list."""
    rows = [
        row if number < header else [c if n in block else "" for n, c in enumerate(row)]
        for number, row in enumerate(grid.rows)
    ]
    return replace(grid, rows=rows)
