"""Dates with the month first, where a column of them proves it: all of its cells are read so.

Knows no Django and no kind of list: its Rules say which columns have days.
"""

import re
from collections.abc import Collection

from partners.sheets.kept import Listing

_SLASHED = re.compile(r"\s*(\d{1,2})/(\d{1,2})/(\d{4}|\d\d)(?!\d)")
_MONTHS = 12


def turn(listing: Listing, meanings: Collection[str]) -> None:
    """Write the days below the columns with these *meanings* as 2024-02-21, not 02/21/2024."""
    for place, column in enumerate(listing.columns):
        if column.meaning in meanings:
            cells = [row for _number, row, _apart in listing.rows if _SLASHED.match(row[place])]
            if _has_month_first([row[place] for row in cells]):
                for row in cells:
                    row[place] = _SLASHED.sub(_iso, row[place], count=1)


def _has_month_first(days: list[str]) -> bool:
    """Whether one of the *days* has a second figure that is no month, and none such a first."""
    found = [match for day in days if (match := _SLASHED.match(day))]
    first = max((int(match[1]) for match in found), default=0)
    second = max((int(match[2]) for match in found), default=0)
    return first <= _MONTHS < second


def _iso(found: re.Match[str]) -> str:
    year = found[3] if len(found[3]) == 4 else f"20{found[3]}"
    return f"{year}-{int(found[1]):02}-{int(found[2]):02}"
