"""Two columns out of a spreadsheet, years and tonnes: each row understood whole, or refused.

A heading may stand first; what it says of the unit holds for rows that name none of their own.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from measures.models.city import FIRST_YEAR
from partners.reading.numbers import TONNES, read_number
from partners.reading.text import Unclear, plain

MOST_ROWS = 300
TIMES_OFF = 10  # no city's emissions change that much: thousands of tonnes were taken for tonnes
NEIGHBOURS = 5  # years away that a figure still is much like its own

_YEAR_FIRST = re.compile(r"(?:(?:år|year)\s+)?(\d{4})(?!\d)\s*[\t:;|=,]?\s*(.*)", re.IGNORECASE)
_YEAR_LAST = re.compile(r"(.*?)\s*[\t;|]\s*(?:(?:år|year)\s+)?(\d{4})\s*", re.IGNORECASE)
_CELLS = re.compile(r"[\t;|]")
_NO_FIGURE = re.compile(
    r"[-–—.…*]*|n/?a|null|none|saknas|okänt?|uppgift saknas|ingen (?:uppgift|siffra)(?: än)?"
    r"|missing|unknown|not known",
    re.IGNORECASE,
)
# One comma and three figures: a thousand to whom spreadsheets speak English, one to others.
_COMMA_AND_THREE = re.compile(r"\D*([1-9]\d{0,2}),(\d{3})(?!\d)\D*")
_OTHER_UNIT = re.compile(
    r"\bkg\b|\bkilo(?!\s*ton)|\bgram|wh\b|\bmton|miljon|million|procent|per cent|%|invånare|capita"
    r"|person",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(
    r"\bkt\b|\bkton|\bkilo\s*ton|\btusen\w*\s+ton|\b1[\s\u00a0.]?000\s*ton|\bthousand",
    re.IGNORECASE,
)
_NAMES_ITS_UNIT = re.compile(
    r"\d\s*(?:k?t|k?ton\w*|kilo\w*|tusen|thousand|miljon)\b", re.IGNORECASE
)


class Row(NamedTuple):
    """One year as it was pasted; tonnes is None where the row says that nobody knows."""

    year: int
    tonnes: Decimal | None


@dataclass(frozen=True)
class Refused:
    """A row that is not understood, why, and what it is about."""

    line: int  # counted from 1, as the reader counts them
    code: str
    said: dict[str, str]


@dataclass(frozen=True)
class Pasted:
    rows: tuple[Row, ...]  # in order of years, each year once
    refused: tuple[Refused, ...]
    in_thousands: bool  # the heading said so


def read(
    text: str, language: str, *, until: int, known: Mapping[int, Decimal] | None = None
) -> Pasted:
    """Read pasted rows; no outcome can be of a year after *until*.

    A figure ten times off that of its year in *known*, or of the nearest, has to name its unit.
    """
    lines = [(at, line) for at, line in enumerate(text.splitlines(), start=1) if line.strip()]
    refused: list[Refused] = []
    heading = lines.pop(0)[1] if lines and _is_heading(lines[0][1]) else ""
    if found := _OTHER_UNIT.search(heading):
        refused.append(Refused(1, "heading_unit", {"words": found.group().strip()}))
    in_thousands = bool(_THOUSANDS.search(heading))
    years: dict[int, tuple[int, Row]] = {}
    for at, line in lines[:MOST_ROWS]:
        try:
            row = _row(line, language, in_thousands=in_thousands, until=until)
            _refuse_far(row, line, known or {})
            _refuse_two(years, row)
        except Unclear as unclear:
            refused.append(Refused(at, unclear.code, unclear.said))
        else:
            years[row.year] = (at, row)
    if len(lines) > MOST_ROWS:
        refused.append(Refused(lines[MOST_ROWS][0], "many", {"most": str(MOST_ROWS)}))
    rows = sorted(row for _at, row in years.values())
    return Pasted(tuple(rows), tuple(refused), in_thousands)


def read_tonnes(text: str, language: str, *, in_thousands: bool = False) -> Decimal:
    """The tonnes that *text* says, in thousands where the heading says so, or Unclear."""
    shown = plain(text)
    unclear = _COMMA_AND_THREE.fullmatch(shown)
    if unclear and language.startswith("sv") and not _in_kilo(shown, in_thousands=in_thousands):
        whole, decimals = unclear.groups()
        raise Unclear("thousands", thousands=whole + decimals, decimals=whole)
    tonnes = read_number(text, language, TONNES)
    if in_thousands and not _NAMES_ITS_UNIT.search(shown):
        tonnes *= 1000
    if tonnes < 0:
        raise Unclear("negative")
    if tonnes >= 10**9:
        raise Unclear("long")
    return tonnes


def _in_kilo(text: str, *, in_thousands: bool) -> bool:
    return bool(_THOUSANDS.search(text)) or (in_thousands and not _NAMES_ITS_UNIT.search(text))


def _is_heading(line: str) -> bool:
    """Whether *line* names columns: words in its first cell, and no year in front of them."""
    first = plain(_CELLS.split(line)[0])
    return not re.match(r"\W*\d", first) and not _YEAR_FIRST.match(first)


def _row(line: str, language: str, *, in_thousands: bool, until: int) -> Row:
    year, rest = _parts(line)
    if not FIRST_YEAR <= year <= until:
        raise Unclear("later" if year > until else "year", year=str(year), until=str(until))
    if _NO_FIGURE.fullmatch(plain(rest)):
        return Row(year, None)
    return Row(year, read_tonnes(rest, language, in_thousands=in_thousands))


def _parts(line: str) -> tuple[int, str]:
    """The year of a line and what stands beside it, whichever comes first."""
    line = line.strip().rstrip("\t;|").strip()
    first, last = _YEAR_FIRST.fullmatch(line), _YEAR_LAST.fullmatch(line)
    if first and (not first[2] or len(_CELLS.split(first[2])) == 1):
        return int(first[1]), first[2]
    if last and len(_CELLS.split(last[1])) == 1:
        return int(last[2]), last[1]
    if len(_CELLS.split(line)) > 2:
        raise Unclear("columns")
    raise Unclear("no_year")


def _refuse_far(row: Row, line: str, known: Mapping[int, Decimal]) -> None:
    """Refuse a figure of another size than those around it, unless the row itself says its unit."""
    near = min(known, key=lambda year: (abs(year - row.year), year), default=None)
    if row.tonnes is None or near is None or abs(near - row.year) > NEIGHBOURS:
        return
    small, large = sorted((row.tonnes, known[near]))
    if small * TIMES_OFF <= large and small != large and not _NAMES_ITS_UNIT.search(line):
        raise Unclear("far", tonnes=f"{row.tonnes:f}", near=str(near), known=f"{known[near]:f}")


def _refuse_two(years: dict[int, tuple[int, Row]], row: Row) -> None:
    """Refuse another figure of a year; the same again says nothing new."""
    if row.year in years and years[row.year][1] != row:
        raise Unclear("twice", year=str(row.year), line=str(years[row.year][0]))
