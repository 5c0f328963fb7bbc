"""What is kept of a list that was found in a sheet. Knows no Django and no kind of list."""

from dataclasses import dataclass, field
from typing import Any

from partners.reading.organisation_numbers import is_personal_number
from partners.sheets import exports
from partners.sheets.weighing import Column, Conflict


@dataclass(frozen=True)
class Skipped:
    """A sheet that is not read, and why: "hidden", "pivot", "no_rows" or "no_list"."""

    name: str
    why: str


@dataclass
class Listing:
    """The list found in a sheet: titles above it, columns, rows as (number, cells, apart).

    A cell is "number:place", with its place among the columns.
    """

    name: str
    titles: list[str]
    columns: list[Column]
    not_read: list[str]
    needless: list[str] = field(default_factory=list)  # of those not read: no list needs them
    repeated: list[str] = field(default_factory=list)  # and these say no more than others
    rows: list[tuple[int, list[str], bool]] = field(default_factory=list)
    left_out: list[tuple[int, str, str]] = field(default_factory=list)  # row, text, why
    hidden_rows: set[int] = field(default_factory=set)  # of those in rows
    struck_rows: set[int] = field(default_factory=set)  # likewise
    hidden_columns: list[str] = field(default_factory=list)  # headings; not read
    hidden_told: bool = True  # whether the file tells what is hidden
    marks: dict[str, str] = field(default_factory=dict)  # label, formula, error, cut, zero
    proposals: dict[str, str] = field(default_factory=dict)  # labels of formulas
    lines: dict[str, list[str]] = field(default_factory=dict)  # of cells that hold several
    conflicts: list[Conflict] = field(default_factory=list)
    in_doubt: int | None = None  # the column "Namn" that may name organisations or people
    year: int | None = None  # that the name of the sheet or the titles give
    source: str = ""  # "teams", "zoom", "google_forms" or "microsoft_forms"
    report: exports.Report | None = None  # of a meeting, if the list is one


def as_json(listing: Listing) -> dict[str, Any]:
    """What is kept, in plain lists and texts; a number that may be a person's is cut."""
    hidden = {place for place, col in enumerate(listing.columns) if col.meaning == "org_number"}
    return {
        "name": listing.name[:100],
        "titles": listing.titles,
        "columns": [
            {"heading": c.heading[:100], "meaning": c.meaning, "sure": c.sure}
            for c in listing.columns
        ],
        "not_read": [heading[:60] for heading in listing.not_read],
        "needless": [heading[:60] for heading in listing.needless],
        "repeated": [heading[:60] for heading in listing.repeated],
        "left_out": listing.left_out,
        "hidden_rows": sorted(listing.hidden_rows),
        "struck_rows": sorted(listing.struck_rows),
        "hidden_columns": [heading[:60] for heading in listing.hidden_columns],
        "hidden_told": listing.hidden_told,
        "marks": listing.marks,
        "proposals": listing.proposals,
        "lines": _without(hidden, listing.lines),
        "conflicts": [[conflict.meaning, conflict.places] for conflict in listing.conflicts],
        "in_doubt": listing.in_doubt,
        "year": listing.year,
        "rows": [
            [number, [_masked(c) if i in hidden else c for i, c in enumerate(row)], is_apart]
            for number, row, is_apart in listing.rows
        ],
    }


def _without(places: set[int], by_cell: dict[str, list[str]]) -> dict[str, list[str]]:
    return {
        cell: lines for cell, lines in by_cell.items() if int(cell.partition(":")[2]) not in places
    }


def _masked(cell: str) -> str:
    """*cell*; a number that may be a person's is cut, and not kept."""
    return cell[:6] + "-****" if is_personal_number(cell) else cell
