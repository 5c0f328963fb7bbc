"""Reads one workbook: its visible sheets as a person sees them. Runs in the child process alone.

Says of each sheet what is hidden in it, and which cells are not simply what they hold.
"""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO

import python_calamine as calamine
from defusedxml import DefusedXmlException

from partners.reading.text import one_line
from partners.sheets import layout
from partners.sheets.budget import (
    MAX_CELL_LETTERS,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_SHEETS,
    Budget,
    Refused,
)
from partners.sheets.layout import Layout
from partners.sheets.text import lines_of

CUT = "cut"


def read_packed(file: BinaryIO, budget: Budget) -> Iterator[Any]:
    """The sheets of .xlsx, .xlsb and .ods."""
    layouts = _layouts(file)
    file.seek(0)
    yield from _read(file, layouts, budget)


def read_old(file: BinaryIO, budget: Budget) -> Iterator[Any]:
    """The sheets of .xls, which does not tell what is hidden in them."""
    yield from _read(file, None, budget)


def _layouts(file: BinaryIO) -> dict[str, Layout] | None:
    """What is to be known of each sheet; None where the file does not tell."""
    try:
        with zipfile.ZipFile(file) as parts:
            if "content.xml" in parts.NameToInfo:
                return layout.of_ods(parts)
            if "xl/workbook.xml" in parts.NameToInfo:
                return layout.of_xlsx(parts)
    except DefusedXmlException:
        raise Refused("broken") from None
    except KeyError:  # parts that are named and not there
        return None
    return None


def _read(file: BinaryIO, layouts: dict[str, Layout] | None, budget: Budget) -> Iterator[Any]:
    try:
        book = calamine.load_workbook(file)
    except calamine.PasswordError:
        raise Refused("password") from None
    sheets = [
        (number, sheet)
        for number, sheet in enumerate(book.sheets_metadata)
        if sheet.typ == calamine.SheetTypeEnum.WorkSheet
    ]
    shown = [number for number, sheet in sheets if _is_visible(sheet)]
    if len(shown) > MAX_SHEETS:
        raise Refused("sheets")
    for number, sheet in sheets:
        if shown and number not in shown:
            yield {"sheet": sheet.name, "skip": "hidden"}
        else:
            known = layouts.get(sheet.name, Layout()) if layouts is not None else None
            yield from _read_sheet(book.get_sheet_by_index(number), known, budget)


def _is_visible(sheet: Any) -> bool:
    return bool(sheet.visible == calamine.SheetVisibleEnum.Visible)


def _read_sheet(sheet: Any, known: Layout | None, budget: Budget) -> Iterator[Any]:
    page = known or Layout()
    yield {"sheet": sheet.name, "hidden_told": known is not None} | _hidden(page)
    grid = rows_of(sheet, budget)
    spread = _spread(grid, _merged(sheet, page), budget)
    _propose(grid, page, budget)
    lines: dict[str, list[str]] = {}
    for number, row in enumerate(grid, start=1):
        yield _tidy(row, number, page, lines)
    budget.check_told(lines, page.marks, spread)
    yield {"lines": lines, "spread": sorted(map(_key, spread))} | page.said()


def _hidden(page: Layout) -> dict[str, Any]:
    return {
        "hidden_rows": sorted(page.hidden_rows),
        "hidden_columns": sorted(page.hidden_columns),
    }


def _key(place: layout.Place) -> str:
    return f"{place[0]}:{place[1]}"


def rows_of(sheet: Any, budget: Budget) -> list[list[str]]:
    """The rows from the top-left corner, trimmed at the right."""
    if sheet.total_height > MAX_ROWS:
        raise Refused("rows")
    if sheet.total_width > MAX_COLUMNS:
        raise Refused("columns")
    found: list[list[str]] = []
    left = [""] * (sheet.start[1] if sheet.start else 0)
    for row in sheet.iter_rows():  # a row at a time: a long text in many cells is counted first
        cells = [*left, *map(text_of, row)]
        while cells and not cells[-1]:
            cells.pop()
        budget.pay(cells)
        found.append(cells)
    return found


def _merged(sheet: Any, page: Layout) -> list[tuple[layout.Place, layout.Place]]:
    """The ranges of merged cells, from first to last."""
    told = sheet.merged_cell_ranges or []
    return page.merged + [((t + 1, left), (b + 1, right)) for (t, left), (b, right) in told]


def _spread(
    grid: list[list[str]],
    merged: list[tuple[layout.Place, layout.Place]],
    budget: Budget,
) -> set[layout.Place]:
    """Let the value of merged cells hold for all of them; the cells it was written to."""
    width = max(map(len, grid), default=0)
    written: set[layout.Place] = set()
    for (top, left), (bottom, right) in merged:
        value = grid[top - 1][left] if top <= len(grid) and left < len(grid[top - 1]) else ""
        if not value:
            continue
        for number in range(top, min(bottom, len(grid)) + 1):
            row, last = grid[number - 1], min(right + 1, max(width, left + 1))
            budget.pay([value] * (last - left))
            row.extend([""] * (last - len(row)))
            row[left:last] = [value] * (last - left)
            written.update((number, place) for place in range(left + (number == top), last))
    return written


def _propose(grid: list[list[str]], page: Layout, budget: Budget) -> None:
    """Write what formulas without a value would show, where that can be told."""
    for (number, place), text in page.texts.items():
        if number <= len(grid) and place < MAX_COLUMNS:
            row = grid[number - 1]
            row.extend([""] * (place + 1 - len(row)))
            row[place] = row[place] or text
            budget.pay([text])


def _tidy(row: list[str], number: int, page: Layout, lines: dict[str, list[str]]) -> list[str]:
    """The cells of a row, each on one line, with what formulas without a value would show."""
    for place, cell in enumerate(row):
        where = (number, place)
        if several := lines_of(cell):
            lines[_key(where)] = several
        row[place] = page.look_at(where, cell)
        if len(cell) >= MAX_CELL_LETTERS:
            page.marks[where] = CUT
    return [one_line(cell) for cell in row]


def text_of(value: object) -> str:
    """A cell as a person would type it: whole numbers without decimals, dates as 2024-02-07."""
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, date | time):
        return _moment(value)
    if isinstance(value, timedelta):
        return str(value)
    return str(value)[:MAX_CELL_LETTERS]


def _number(value: float) -> str:
    """At most fifteen digits, as a spreadsheet keeps them: 0.3, not 0.30000000000000004."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.15g}"


def _moment(value: date | time) -> str:
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, datetime):
        at_midnight = value.time() == time()
        return value.date().isoformat() if at_midnight else value.isoformat(" ", "minutes")
    return value.isoformat()
