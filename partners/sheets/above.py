"""What stands around the headings of columns: titles, dates and hours in rows of their own."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Protocol

from partners import dates
from partners.sheets import cells

_TERM = re.compile(
    r"\b(?:vt|ht|vår|våren|vårterminen|höst|hösten|höstterminen|spring|autumn|fall)\W{0,2}"
    r"(?:20)?(\d\d)\b"
)
_WEEK = re.compile(r"(?:v|w|vecka|week|v\.)\W{0,2}\d{1,2}\W*", re.I)
_FIGURE = re.compile(r"\d{1,2}")
_DIGIT = re.compile(r"\d")
_WEEKDAY = re.compile(r"\b(m[åo]n|tis|tue|ons|wed|tors|thu|fr[ei]|lör|sat|sön|sun)", re.I)
_YEARS = range(2000, 2012)  # every day falls on each weekday in one of them
_HOURS = re.compile(r"(?:kl\.?\s*)?\d{1,2}([.:]\d\d)?(\s*[-–—]\s*\d{1,2}([.:]\d\d)?)?")


class Headed(Protocol):
    """A column with a heading."""

    index: int
    heading: str


def filled(
    rows: Sequence[Sequence[str]],
    header: int,
    headings: list[str],
    is_told: Callable[[str], object],
) -> list[str]:
    """The *headings*, the empty ones taken from the row above or below where that tells enough."""
    below = _row(rows, header + 1)
    near = [_row(rows, header - 1), below if says_when(below) else []]
    width = max([len(headings), *map(len, near)])
    found = [*headings, *[""] * (width - len(headings))]
    for row in near:
        for place, cell in enumerate(row):
            if cell and not found[place] and is_told(cell):
                found[place] = cell
    return found


def join(marked: Sequence[Headed], rows: Sequence[Sequence[str]], header: int) -> None:
    """Add the title, the date and the hours that stand above or below the *marked* headings."""
    if len(marked) < 2:
        return
    for number in (header - 1, header - 2, header + 1):
        row = _row(rows, number)
        if number > header and not says_when(row):
            continue
        taken = {column.index for column in marked}
        common = {cell for place, cell in enumerate(row) if place not in taken}
        near = {column.index: _cell(row, column.index) for column in marked}
        if len(set(near.values())) == 1:
            continue  # a title of the whole list
        for column in marked:
            if near[column.index] not in common:
                column.heading = _joined(column.heading, near[column.index])


def says_when(row: Sequence[str]) -> bool:
    """Whether a row holds days and hours alone, so that it is nobody's row."""
    texts = [cell for cell in row if cell]
    if len(texts) < 2 or not all(map(_DIGIT.search, texts)):
        return False
    if all(_FIGURE.fullmatch(text) for text in texts):
        return False  # a total, maybe
    return all(is_day(text) or are_hours(text) for text in texts)


def _row(rows: Sequence[Sequence[str]], number: int) -> Sequence[str]:
    return rows[number] if 0 <= number < len(rows) else []


def _cell(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""


def _joined(heading: str, near: str) -> str:
    """*heading* with what stands near it, if that adds a title, a day or hours."""
    if not near or near == heading:
        return heading
    if is_day(near):
        return heading if is_day(heading) else f"{heading} {near}".strip()
    if are_hours(near):
        return heading if _has_hours(heading) else f"{heading} {near}".strip()
    return f"{near} {heading}".strip() if is_day(heading) and len(near) <= 80 else heading


@lru_cache(maxsize=4_096)
def is_day(text: str) -> bool:
    """Whether a text names a day, in whatever year its weekday is right: "tis 8/4"."""
    if not _DIGIT.search(text):
        return False
    if not _WEEKDAY.search(text):
        return dates.cell_date(text, 2000) is not None
    return any(dates.cell_date(text, year) for year in _YEARS)


def is_week(text: str) -> bool:
    """Whether a text names a week and nothing else: "v. 12", "vecka 12", "week 12"."""
    return bool(_WEEK.fullmatch(text.strip()))


def _has_hours(text: str) -> bool:
    return bool(dates.find_times(text)[0])


def are_hours(text: str) -> bool:
    """Whether a text is nothing but hours: "9-11", "kl. 13", "09:00–12:00"."""
    return bool(
        re.fullmatch(r"(?:kl\.?\s*)?\d{1,2}([.:]\d\d)?(\s*[-–—]\s*\d{1,2}([.:]\d\d)?)?", text)
    )


def year_of(texts: Iterable[str]) -> int | None:
    """The year that a tab or a title names: 2025, VT25, Hösten -24."""
    for text in texts:
        term = _TERM.search(cells.fold(text))
        year = dates.year_in(text) or (2000 + int(term.group(1)) if term else None)
        if year:
            return year
    return None
