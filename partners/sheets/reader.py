"""Turns an uploaded file into grids of text. All looking into it is done in a child process.

Knows no Django and no headings. Refusals are Unreadable with a code; the forms have the sentences.
"""

import io
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from partners.reading.text import one_line
from partners.sheets.text import unguarded

MAX_BYTES = 20 * 2**20
SECONDS = 15
REMEMBERED = 20_000  # different texts, each kept once however often a list says it
_CHILD = Path(__file__).with_name("child.py")


class Unreadable(Exception):
    """The file gives no list. *code* says why; *row* is the line, where one is to blame."""

    def __init__(self, code: str, row: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.row = row


@dataclass
class Grid:
    """A sheet: its name (empty for CSV), its rows of cleaned text, and what is to be known of it.

    Rows are named by the number that the spreadsheet gives them, from 1; columns count from 0;
    a cell is "number:column".
    """

    name: str
    rows: list[list[str]]
    numbers: list[int] = field(default_factory=list)  # of the rows, if they are not the first ones
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden_told: bool = True  # whether the file tells what is hidden
    marks: dict[str, str] = field(default_factory=dict)  # see workbook and layout
    proposals: dict[str, str] = field(default_factory=dict)  # what formulas would show
    lines: dict[str, list[str]] = field(default_factory=dict)  # of cells that hold several
    spread: set[str] = field(default_factory=set)  # cells that hold what was merged into them
    skip: str = ""  # why the sheet is not read

    def number(self, place: int) -> int:
        """The number of the row at *place*."""
        return self.numbers[place] if self.numbers else place + 1


def clean(text: str) -> str:
    """A cell of CSV as it was meant: without the guard against formulas, on one line."""
    return one_line(unguarded(text))


def read(file: bytes | IO[bytes], file_name: str = "") -> list[Grid]:
    """The sheets of *file* that hold anything, and those that are skipped. Raises Unreadable.

    Only the size is looked at here; a file on disk is handed on as it is.
    """
    with _on_disk(file) as handed, tempfile.TemporaryFile() as answer:
        size = handed.seek(0, io.SEEK_END)
        if not size:
            raise Unreadable("empty")
        if size > MAX_BYTES:
            raise Unreadable("size")
        handed.seek(0)
        _run_child(handed, answer)
        answer.seek(0)
        return grids_in(answer)


@contextmanager
def _on_disk(file: bytes | IO[bytes]) -> Iterator[IO[bytes]]:
    """*file* with a descriptor of its own; one that is in memory, and small, is written down."""
    try:
        file.fileno()  # type: ignore[union-attr]
    except (AttributeError, OSError):
        with tempfile.TemporaryFile() as written:
            if not isinstance(file, bytes):
                file.seek(0)
                file = file.read(MAX_BYTES + 1)
            written.write(file)
            written.flush()
            yield written
    else:
        yield file  # type: ignore[misc]


def _run_child(file: IO[bytes], answer: IO[bytes]) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and script, nothing of the user's
            [sys.executable, "-I", str(_CHILD)],
            stdin=file,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
            env={"MALLOC_ARENA_MAX": "1", "PYTHONIOENCODING": "utf-8"},
        )
    except subprocess.TimeoutExpired:
        raise Unreadable("heavy") from None
    if done.returncode != 0:  # killed by a limit
        raise Unreadable("heavy")


def grids_in(answer: Iterable[bytes | str]) -> list[Grid]:
    """What the child wrote, line by line: the sheets that hold anything. Raises Unreadable."""
    grids: list[Grid] = []
    same: dict[str, str] = {}  # what is said many times is kept once
    for line in answer:
        said = json.loads(line)
        if isinstance(said, list):
            keep = same.setdefault if len(same) < REMEMBERED else same.get
            grids[-1].rows.append([keep(cell, cell) for cell in said])
        elif "refused" in said:
            raise Unreadable(said["refused"], said.get("row"))
        elif "sheet" in said:
            grids.append(Grid(said.pop("sheet"), []))
            _learn(grids[-1], said)
        elif grids:
            _learn(grids[-1], said)
    return _filled(grids)


def _filled(grids: list[Grid]) -> list[Grid]:
    grids = [grid for grid in grids if grid.skip or any(any(row) for row in grid.rows)]
    if all(grid.skip for grid in grids):
        raise Unreadable("empty")
    return grids


def _learn(grid: Grid, said: dict[str, Any]) -> None:
    for name, value in said.items():
        if name in {"hidden_rows", "hidden_columns", "spread"}:
            setattr(grid, name, set(value))
        elif name in {"hidden_told", "marks", "proposals", "lines", "skip"}:
            setattr(grid, name, value)
