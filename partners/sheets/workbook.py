"""Reads one workbook in a process of its own, with limits; run as a script, knows no Django.

Bytes in on stdin, JSON out on stdout: {"sheets": [{"name", "rows"}]} or {"refused": code}. A list
made to exhaust the reader dies here, and the web process goes on.
"""

import io
import json
import resource
import sys
from datetime import date, datetime, time, timedelta

CPU_SECONDS = 10
MEMORY_BYTES = 160 * 2**20
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELLS = 400_000
MAX_SHEETS = 60
MAX_CELL_LENGTH = 5_000


class Refused(Exception):
    """The workbook is not read; the argument says why."""


def text_of(value: object) -> str:
    """A cell as a person would type it: whole numbers without decimals, dates as 2024-02-07."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, date | time):
        return _moment(value)
    if isinstance(value, timedelta):
        return str(value)
    text = str(value)
    if text.startswith("#") and text.rstrip("!?").isupper() and " " not in text:
        return ""  # an error such as #N/A
    return text[:MAX_CELL_LENGTH]


def _moment(value: date | time) -> str:
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, datetime):
        at_midnight = value.time() == time()
        return value.date().isoformat() if at_midnight else value.isoformat(" ", "minutes")
    return value.isoformat()


def rows_of(sheet: "object", budget: list[int]) -> list[list[str]]:
    """The rows from the top-left corner, trimmed at the right; budget counts cells left to read."""
    height, width = sheet.total_height, sheet.total_width  # type: ignore[attr-defined]
    if height > MAX_ROWS:
        raise Refused("rows")
    if width > MAX_COLUMNS:
        raise Refused("columns")
    found: list[list[str]] = []
    for row in sheet.to_python(skip_empty_area=False):  # type: ignore[attr-defined]
        cells = [text_of(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        budget[0] -= len(cells)
        if budget[0] < 0:
            raise Refused("cells")
        found.append(cells)
    return found


def read(data: bytes) -> dict[str, object]:
    # Imported here: the limits stand before the reader is loaded, and the parent never loads it.
    import python_calamine as calamine  # noqa: PLC0415

    try:
        book = calamine.load_workbook(io.BytesIO(data))
        shown = [
            (number, sheet)
            for number, sheet in enumerate(book.sheets_metadata)
            if sheet.typ == calamine.SheetTypeEnum.WorkSheet
        ]
        visible = [pair for pair in shown if pair[1].visible == calamine.SheetVisibleEnum.Visible]
        if len(visible) > MAX_SHEETS:
            raise Refused("sheets")
        budget = [MAX_CELLS]
        return {
            "sheets": [
                {"name": sheet.name, "rows": rows_of(book.get_sheet_by_index(number), budget)}
                for number, sheet in visible or shown
            ]
        }
    except calamine.PasswordError:
        raise Refused("password") from None


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer = read(sys.stdin.buffer.read())
    except Refused as refusal:
        answer = {"refused": str(refusal)}
    except MemoryError:
        answer = {"refused": "heavy"}
    except Exception:  # whatever a broken file does to the reader
        answer = {"refused": "broken"}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
