"""Which rows of a sheet belong to its list: not titles, totals, remarks, or what repeats."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from partners.reading.names import surname_first
from partners.sheets import above, cells
from partners.sheets.reader import Grid

_TOTAL = re.compile(
    r"^(summa|totalt?|totalsumma|sum|antal|count|delsumma|subtotal|total sum|grand total|s a|"
    r"medel(värde)?|average)\b"
)
_TOTAL_BEHIND = re.compile(r" (totalt?|summa|delsumma|subtotal)$")
# Notes whatever else stands in their rows, and however few columns a list has.
_SURE_NOTE = re.compile(
    r"(sida|sid|page|blad) \d+( (av|of) \d+)?$|antecknat av|antecknare|närvaron? noterad av"
    r"|noterat av|teckenförklaring|förklaring( av tecken)?$|utskriven|utskrift|printed|exporterad"
    r"|exported on"
)
_OF_WHAT = re.compile(
    r"[\s\d]*((antal|anmälda|närvarande|deltagare|deltagande|partner|partners|organisationer|företag"
    r"|frånvarande|frånvaro|uteblivna|avanmälda|absent|personer|pers|medlemmar|träffar|träff|per|st|timmar|poäng|summa|of|participants|registered"
    r"|attended|present|people|organisations)[\s\d]*)*"
)
_COUNTED = re.compile(r"[\d\s.,%/()+-]*\s*(st|personer|pers|deltagare|kr|h|tim|timmar)?\.?")
_HAS_DIGIT = re.compile(r"\d")
_NOTE = re.compile(
    r"(obs|nb|not|note|källa|source|uppdaterad|updated|senast|\*|(sida|sid|page|blad) \d|forts)"
)
_WHOLE_NOTE = re.compile(rf"{_NOTE.pattern}\d*\b")


def titles(grid: Grid, header: int) -> list[str]:
    """The texts above the headings, a row each."""
    found = (" ".join(own(grid, place)) for place in range(max(header, 0)))
    return [text[:200] for text in found if text][:6]


def own(grid: Grid, place: int) -> list[str]:
    """The texts of a row, without those it has from a merged cell only."""
    row = grid.rows[place]
    if not grid.spread:
        return [cell for cell in row if cell]
    number = grid.number(place)
    return [
        cell for column, cell in enumerate(row) if cell and f"{number}:{column}" not in grid.spread
    ]


@dataclass(frozen=True)
class Signs:
    """What tells the rows of a list from all others."""

    first_column: int
    apart: re.Pattern[str] | None  # a title; the rows below it are apart
    not_alone: Callable[[str], object] | None = None  # so is no row that holds nothing else
    sections: re.Pattern[str] | None = None  # a title; the rows below it have that in common
    # What a row of headings makes of the columns: "" if it is none, "same" or "other".
    heads: Callable[[list[str]], str] = lambda _row: ""


def classified(grid: Grid, header: int, signs: Signs) -> Iterator[tuple[str, int, list[str]]]:
    """What each row is: a "row" of the list, a "title" of those set apart, or why it is neither.

    Reasons are "headings" (again), "others" (below headings that these columns do not fit),
    "alone", "section", "heading" (merged over those below), "total" and "note".
    """
    headings = grid.rows[header] if header >= 0 else []
    usual = _usual_width(grid.rows[header + 1 :])
    is_another = False  # below headings in another order, which these columns do not fit
    for place in range(header + 1, len(grid.rows)):
        row, texts = grid.rows[place], own(grid, place)
        if not texts or row == headings:
            continue
        kind = signs.heads(row)
        is_another = kind == "other" or (is_another and kind != "same")
        if kind:
            yield "headings", grid.number(place), row
        else:
            what = "others" if is_another else _what(row, texts, usual, signs)
            yield what, grid.number(place), row


def _what(row: list[str], texts: list[str], usual: int, signs: Signs) -> str:
    return (
        _title(texts, usual, signs)
        or ("heading" if _is_spread(row, texts) else "")
        or ("total" if _says_of_others(texts, row, signs.first_column) else "")
        or ("note" if _is_note(row, usual, signs.first_column) else "row")
    )


def _title(texts: list[str], usual: int, signs: Signs) -> str:
    """What a row is that says so little that it is none of a list's; "" for any other."""
    folded, is_alone = cells.fold(texts[0]), len(texts) == 1
    if signs.apart and len(texts) <= 2 and signs.apart.search(folded):
        return "title"
    if signs.not_alone and usual > 2 and is_alone and signs.not_alone(texts[0]):
        return "alone"
    return "section" if is_alone and signs.sections and signs.sections.match(folded) else ""


def _is_spread(row: list[str], texts: list[str]) -> bool:
    """Whether one cell is merged over the row: a heading of those below."""
    return len(texts) == 1 and row.count(texts[0]) > 1 and set(row) <= {texts[0], ""}


def headings_again(row: list[str], named: list[str], columns: dict[int, str]) -> str:
    """Whether all of a row, *named* as headings, heads the "same" columns as the list, or "other".

    Nothing for a row of anything else.
    """
    known = [name for name in named if name]
    if len(set(known)) < 2 or len(known) < sum(1 for cell in row if cell):
        return ""
    fits = all(named[index : index + 1] == [meaning] for index, meaning in columns.items())
    return "same" if fits else "other"


def _usual_width(body: list[list[str]]) -> int:
    widths = sorted(sum(1 for cell in row if cell) for row in body if any(row))
    return widths[len(widths) // 2] if widths else 0


def _says_of_others(texts: list[str], row: list[str], first_column: int) -> bool:
    """Whether a row counts the others, or says on which days they were."""
    return _is_total(texts, row[first_column : first_column + 1]) or above.says_when(texts)


def _is_note(row: list[str], usual: int, first_column: int) -> bool:
    """A note that stands alone: no row of the list."""
    texts = dict.fromkeys(cell for cell in row if cell)  # a merged cell says the same many times
    if texts and _SURE_NOTE.match(cells.fold(next(iter(texts)))):
        return True
    if len(texts) != 1 or usual < 3:
        return False
    text = next(iter(texts))
    if cells.addresses(text):
        return False  # somebody is meant, of whom the list says no more
    stray = row[first_column : first_column + 1] != [text]
    note = _NOTE.match(cells.fold(text) + text)
    return bool(stray or note or text.endswith((":", ".")) or len(text) > 60)


def is_note(text: str) -> bool:
    """Whether a text is nobody's, wherever it stands: the number of a page, a stamp."""
    folded = cells.fold(text)
    return bool(_SURE_NOTE.match(folded) or _WHOLE_NOTE.match(folded))


def counts(texts: list[str]) -> bool:
    """Whether the *texts* of a row count the others."""
    return _is_total(texts, [])


def _counts_only(texts: list[str]) -> bool:
    return all(map(_COUNTED.fullmatch, texts)) and any(map(_HAS_DIGIT.search, texts))


def _is_total(texts: list[str], first: list[str]) -> bool:
    """A row that counts: "Summa" and figures, or sums without a word below the columns."""
    return _says_what_it_counts(cells.fold(texts[0]), texts[1:]) or _is_sums(texts, first)


def _says_what_it_counts(folded: str, others: list[str]) -> bool:
    # "Närvarande" and figures, "Umeå Energi AB totalt" and figures
    is_of_others = bool(folded) and (_OF_WHAT.fullmatch(folded) or _TOTAL_BEHIND.search(folded))
    if others and is_of_others and _counts_only(others):
        return True
    total = _TOTAL.match(folded)
    if not total:
        return False
    counts = all(_COUNTED.fullmatch(text) for text in others)
    return counts and bool(_OF_WHAT.fullmatch(folded[total.end() :]))


def _is_sums(texts: list[str], first: list[str]) -> bool:
    only_counts = all(re.fullmatch(r"\d+", text) for text in texts)
    return only_counts and first in ([], [""]) and any(int(text) > 1 for text in texts)


def rename(
    told: dict[str, Any], kept: dict[str, Any], places: dict[str, int], numbers: set[int]
) -> None:
    """Keep what is *told* of the cells that are read, by their places among the columns."""
    for where, what in told.items():
        number, _colon, column = where.partition(":")
        if column in places and int(number) in numbers:
            kept[f"{number}:{places[column]}"] = what


def strike(
    read: list[tuple[int, list[str], bool]], marks: dict[str, str], struck: set[int]
) -> None:
    """Note the rows that are *struck* through as a whole: of their cells nothing is asked."""
    for number, row, _apart in read:
        filled = [f"{number}:{place}" for place, cell in enumerate(row) if cell]
        if filled and all(marks.get(cell) == "struck" for cell in filled):
            struck.add(number)
            for cell in filled:
                del marks[cell]


@lru_cache(maxsize=1000)  # asked of each row anew
def is_said_by(heading: str, words: re.Pattern[str] | None) -> bool:
    return bool(words and words.search(cells.fold(heading)))


class Marked(Protocol):
    """What keeps the marks of cells, and what is proposed for them."""

    marks: dict[str, str]
    proposals: dict[str, str]


def turn(picked: list[str], number: int, place: int, kept: Marked) -> None:
    """Part the surname from the given names behind it; mark a name where that may be wrong."""
    picked[place], proposal = surname_first(picked[place])
    if proposal:
        kept.marks[f"{number}:{place}"] = "turned"
        kept.proposals[f"{number}:{place}"] = proposal
