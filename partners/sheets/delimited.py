"""Text files with a row a line: in any coding, with any sign between the cells.

Runs in the child process alone, and never holds the whole file: it is decoded as it is read.
"""

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, BinaryIO

from charset_normalizer import from_bytes

from partners.reading.text import one_line
from partners.sheets import layout
from partners.sheets.budget import MAX_CELL_LETTERS, MAX_COLUMNS, MAX_ROWS, Budget, Refused
from partners.sheets.text import lines_of, unguarded

SAMPLE_BYTES = 200_000
LONGEST_LINE = 1_200_000  # letters; as many as the widest row may have
SIGNS = "\t;|,"  # the first wins where two split a file equally well
_CHUNK = 2**16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LIKELY = "åäöÅÄÖéÉüÜøØæÆáíóñëè–’”€"
_MARKUP = ("<!doctype", "<html", "<?xml", "<table", "<script", "<svg", "<head")
_PARTING_COMMA = re.compile(r",(?! )")
_TOLD = re.compile(r'"?sep=(.)"?[;,\t|]*\r?\n?$')


def read(file: BinaryIO, budget: Budget) -> Iterator[Any]:
    """One sheet without a name, then its rows as a person reads them. Raises Refused."""
    coding = _coding(file)
    file.seek(0)
    text = io.TextIOWrapper(file, coding, "replace", newline="")
    sample = text.read(SAMPLE_BYTES)
    _check_is_text(sample)
    text.seek(0)
    told = _TOLD.match(text.readline(20).lstrip("\ufeff"))
    if not told:
        text.seek(0)
    sign = told.group(1) if told and told.group(1) in SIGNS else _sign(sample)
    yield {"sheet": ""}
    lines: dict[str, list[str]] = {}
    page = layout.Layout()
    for number, row in _rows(text, sign, budget):
        for place, cell in enumerate(row):
            if several := lines_of(unguarded(cell)):
                lines[f"{number}:{place}"] = several
            row[place] = page.look_at((number, place), cell)
        yield [one_line(unguarded(cell)) for cell in row]
    budget.check_told(lines, page.marks)
    yield {"lines": lines} | page.said()


def _rows(text: io.TextIOWrapper, sign: str, budget: Budget) -> Iterator[tuple[int, list[str]]]:
    number = 0
    reader = csv.reader(_lines(text), delimiter=sign, strict=True)
    try:
        for number, row in enumerate(reader, start=1):
            _check_row(row, number)
            budget.pay(row)
            yield number, row
    except csv.Error as problem:
        code = "quote" if "end of data" in str(problem) else "csv"
        raise Refused("cell" if "field limit" in str(problem) else code, number + 1) from None


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    number = 0
    while line := text.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE:
            raise Refused("cell", number)
        yield line.replace("\0", "")


def _check_row(row: list[str], number: int) -> None:
    if number > MAX_ROWS:
        raise Refused("rows")
    if len(row) > MAX_COLUMNS:
        raise Refused("columns", number)
    if any(len(cell) > MAX_CELL_LETTERS for cell in row):
        raise Refused("cell", number)


# The sign between cells


@dataclass(frozen=True)
class _Split:
    """What a sign makes of the first lines: the better it splits them, the greater."""

    split: int  # lines that it splits, and those that come out like the line before
    width: int

    @property
    def worth(self) -> tuple[int, int]:
        return self.split, self.width


def _sign(sample: str) -> str:
    """The sign that splits the most lines, and neighbouring lines into as many cells."""
    lines = [line for line in sample.splitlines()[:200] if line.strip()]
    return max(_signs(lines), key=lambda sign: _split(lines, sign).worth)


def _signs(lines: list[str]) -> str:
    """The signs that may part cells; no comma that only parts words, below a line without one."""
    is_prose = lines and "," not in lines[0] and not any(_PARTING_COMMA.search(n) for n in lines)
    return SIGNS.replace(",", "") if is_prose else SIGNS


def _split(lines: list[str], sign: str) -> _Split:
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=sign)]
    except csv.Error:
        return _Split(0, 0)
    runs = [(width, len(list(run))) for width, run in groupby(widths) if width > 1]
    alike = sum(length - 1 for _width, length in runs)
    return _Split(sum(length for _w, length in runs) + alike, max((w for w, _l in runs), default=0))


# The coding


def _coding(file: BinaryIO) -> str:
    """By its mark, else UTF-8, else the old coding that gives Swedish letters."""
    head = file.read(4_000)
    for mark, coding in _MARKS:
        if head.startswith(mark):
            return coding
    if head.count(0) > len(head) // 4:  # UTF-16 without its mark
        return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
    file.seek(0)
    strange = _first_strange(file)
    if strange < 0:
        return "utf-8"
    file.seek(0)
    sample = file.read(SAMPLE_BYTES // 2)
    file.seek(max(0, strange - 100))
    return _old_coding(sample + file.read(SAMPLE_BYTES // 2))


def _first_strange(file: BinaryIO) -> int:
    """Where *file* is no UTF-8; -1 if it is."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    at = 0
    try:
        while chunk := file.read(_CHUNK):
            decoder.decode(chunk)
            at += len(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return at
    return -1


def _old_coding(sample: bytes) -> str:
    best, most = "", 0
    for coding in ("utf-8", "cp1252", "mac_roman", "cp850"):
        text = sample.decode(coding, "replace")
        likely = sum(text.count(letter) for letter in _LIKELY)
        foreign = len(text) - len(text.encode("ascii", "ignore"))
        score = 2 * likely - foreign - 20 * text.count("\ufffd")
        if score > most:
            best, most = coding, score
    if best:
        return best
    guess = from_bytes(sample[:50_000]).best()
    return guess.encoding if guess else "cp1252"


def _check_is_text(sample: str) -> None:
    """Refuse markup, and what is hardly text."""
    head = sample[:4000]
    controls = sum(unicodedata.category(letter) == "Cc" for letter in head)
    allowed = sum(head.count(letter) for letter in "\r\n\t")
    if (controls - allowed) * 20 > len(head):
        raise Refused("kind")
    start = head.lstrip("\ufeff \r\n\t").lower()
    if start.startswith(_MARKUP):
        raise Refused("markup")
    if start.startswith(("{\\rtf", "%!ps")):
        raise Refused("kind")
