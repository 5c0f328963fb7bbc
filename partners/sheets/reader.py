"""Turns an uploaded file into grids of text: workbooks in a child process, CSV in any coding.

Knows no Django and no headings. Refusals are Unreadable with a code; the forms have the sentences.
"""

import csv
import io
import json
import re
import subprocess
import sys
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from partners.reading.text import one_line
from partners.sheets.text import unguarded

MAX_BYTES = 20 * 2**20
MAX_UNPACKED = 200 * 2**20
MAX_ENTRIES = 1_000
MAX_RATIO = 200  # of a packed part over 5 MB; real sheets pack 5 to 40 times
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_FIELD = 5_000
SECONDS = 15


class Unreadable(Exception):
    """The file gives no list. *code* says why; *row* is the line, where one is to blame."""

    def __init__(self, code: str, row: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.row = row


@dataclass
class Grid:
    """A sheet: its name (empty for CSV) and its rows of cleaned text."""

    name: str
    rows: list[list[str]]


def clean(text: str) -> str:
    """A cell as it was meant: without the guard against formulas, on one line."""
    return one_line(unguarded(text))


def read(data: bytes, file_name: str = "") -> list[Grid]:
    """The sheets of *data* that hold anything. Raises Unreadable."""
    if not data.strip():
        raise Unreadable("empty")
    if len(data) > MAX_BYTES:
        raise Unreadable("size")
    grids = _read_by_content(data, file_name)
    for grid in grids:
        grid.rows = [[clean(cell) for cell in row] for row in grid.rows]
    grids = [grid for grid in grids if any(any(row) for row in grid.rows)]
    if not grids:
        raise Unreadable("empty")
    return grids


def _read_by_content(data: bytes, file_name: str) -> list[Grid]:
    if data.startswith(b"PK\x03\x04"):
        _check_archive(data)
        return _read_workbook(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Unreadable("password")
        if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
            return _read_workbook(data)
        raise Unreadable("kind")
    if data.startswith(b"%PDF"):
        raise Unreadable("pdf")
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"7z\xbc", b"Rar!")):
        raise Unreadable("kind")
    return [Grid("", _read_csv(_decode(data)))]


# Workbooks


def _check_archive(data: bytes) -> None:
    """Refuse before unpacking: bombs, macros, and archives that are something else."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Unreadable("broken") from None
    if len(parts) > MAX_ENTRIES or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Unreadable("heavy")
    for part in parts:
        if part.file_size > 5 * 2**20 and part.file_size > MAX_RATIO * max(part.compress_size, 1):
            raise Unreadable("heavy")
        if part.flag_bits & 1:
            raise Unreadable("password")
    _check_names({part.filename for part in parts})


def _check_names(names: set[str]) -> None:
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Unreadable("macros")
    if any(name.endswith(".iwa") or name == "Index.zip" for name in names):
        raise Unreadable("numbers")
    if names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        return
    raise Unreadable("kind")


def _read_workbook(data: bytes) -> list[Grid]:
    script = Path(__file__).with_name("workbook.py")
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and script, nothing of the user's
            [sys.executable, "-I", str(script)],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={"MALLOC_ARENA_MAX": "1", "PYTHONIOENCODING": "utf-8"},
        )
    except subprocess.TimeoutExpired:
        raise Unreadable("heavy") from None
    if done.returncode != 0:  # killed by a limit
        raise Unreadable("heavy")
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise Unreadable(answer["refused"])
    return [Grid(sheet["name"], sheet["rows"]) for sheet in answer["sheets"]]


# CSV


def _decode(data: bytes) -> str:
    """*data* as text: by its mark, else UTF-8, else the old coding that gives Swedish letters."""
    for mark, coding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16")):
        if data.startswith(mark):
            return _checked(data.decode(coding, "replace"))
    if data.startswith(b"\xfe\xff"):
        return _checked(data.decode("utf-16", "replace"))
    sample = data[:4000]
    if sample.count(0) > len(sample) // 4:  # UTF-16 without its mark
        odd = sample[1::2].count(0) > sample[::2].count(0)
        return _checked(data.decode("utf-16-le" if odd else "utf-16-be", "replace"))
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _checked(_decode_old(data))


def _decode_old(data: bytes) -> str:
    likely = "åäöÅÄÖéÉüÜøØæÆáíóñëè–’”"
    best, most = "", 0
    for coding in ("cp1252", "mac_roman", "cp850"):
        text = data.decode(coding, "replace")
        foreign = [letter for letter in text if ord(letter) > 127]
        score = sum(1 if letter in likely else -1 for letter in foreign)
        if score > most:
            best, most = text, score
    if best:
        return best
    guess = from_bytes(data[:100_000]).best()
    return data.decode(guess.encoding if guess else "cp1252", "replace")


def _checked(text: str) -> str:
    """*text*, if it is one: no markup, hardly any control characters."""
    sample = text[:4000]
    controls = sum(
        1 for letter in sample if unicodedata.category(letter) == "Cc" and letter not in "\r\n\t"
    )
    if controls * 20 > len(sample):
        raise Unreadable("kind")
    start = sample.lstrip("\ufeff \r\n\t").lower()
    if start.startswith(("<!doctype", "<html", "<?xml", "<table", "<script", "<svg", "<head")):
        raise Unreadable("markup")
    if start.startswith(("{\\rtf", "%!ps")):
        raise Unreadable("kind")
    return text.replace("\x00", "")


def _read_csv(text: str) -> list[list[str]]:
    told = re.match(r"sep=(.)\r?\n", text)
    if told:
        text = text[told.end() :]
    delimiter = told.group(1) if told and told.group(1) in ",;\t|" else _delimiter(text)
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            _check_row(row, len(rows) + 1)
            rows.append(row)
    except csv.Error as problem:
        code = "quote" if "end of data" in str(problem) else "csv"
        raise Unreadable("cell" if "field limit" in str(problem) else code, len(rows) + 1) from None
    return rows


def _check_row(row: list[str], number: int) -> None:
    if number > MAX_ROWS:
        raise Unreadable("rows")
    if len(row) > MAX_COLUMNS:
        raise Unreadable("columns", number)
    if any(len(cell) > MAX_FIELD for cell in row):
        raise Unreadable("cell", number)


def _delimiter(text: str) -> str:
    """The sign that splits most of the first lines into the same number of cells."""
    lines = text[:200_000].splitlines()[:60]

    def score(sign: str) -> tuple[int, int]:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=sign)]
        except csv.Error:
            return (0, 0)
        wide = [width for width in widths if width > 1]
        if not wide:
            return (0, 0)
        usual = max(set(wide), key=wide.count)
        return (wide.count(usual), usual)

    return max(";,\t|", key=score)
