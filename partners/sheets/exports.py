"""Sheets that programs write, brought to the shape of a list: reports of who was in a meeting.

Teams and Zoom put a summary above the people, and comings and goings below or in their place. What
stands in such a report was there, so a column says so. Knows no Django and no kind of list.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from partners.sheets import cells
from partners.sheets.reader import Grid

FIRST_ROWS = 60
PRESENCE = ("Närvaro", "x")  # the heading and the mark of those who were there

_PIVOT = re.compile(r"^(radetiketter|row labels|kolumnetiketter|column labels)$")
_GOOGLE = re.compile(r"^(tidss?tämpel|timestamp)$")
_BEGUN = re.compile(r"^(starttid|start time)$")
_DONE = re.compile(r"^(slutförandetid|completion time)$")
_NAME = re.compile(
    r"^(full |fullständigt )?(name|namn)( original name| ursprungligt namn)?$"
    r"|^(participant|attendee)( name)?$|^deltagar(e|namn|ens namn)$"
)
_STAY = re.compile(
    r"join time|leave time|last leave|^duration|varaktighet|anslutningstid|utträdestid|timestamp"
    r"|tidss?tämpel|senast\w* (utträde|lämna)|tid för anslutning|tid för utträde"
)
_STAY_ALONE = re.compile(
    r"first join|in meeting duration|user action|total duration|attendance duration"
    r"|första anslutning|tid i mötet|användaråtgärd"
)
_EMAIL = re.compile(r"e ?post|e ?mail")
_UPN = re.compile(r"\bupn\b|participant id|deltagar id")
_ATTENDED = re.compile(r"^(attended|närvarade|deltog|deltagit)$")  # of who had registered
_ROLE = re.compile(r"^(role|roll)$")
_ORGANISER = re.compile(r"^(organi[sz]er|organisatör|arrangör|mötesorganisatör|host|värd)")
_SECTION = re.compile(r"^\d\s*\.\s+\w")
_SECOND = re.compile(r"^2\s*\.\s+\w")  # of Teams, in any language: the people
_OUTSIDE = re.compile(
    r"\s*\((guest|gäst|unverified|overifierad|external|extern|ej verifierad)\)\s*$", re.I
)
_TITLE = re.compile(
    r"titel|title|rubrik|topic|^ämne|^subject|mötesnamn|meeting name|mötets namn|namn på möte"
)
_START = re.compile(r"^(meeting |actual )?start|mötets start|starttid")
_END = re.compile(r"^(meeting |actual )?end\b|mötets slut|sluttid")

_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)\D{1,4}(\d{1,2})[:.](\d\d)")
_SLASHED = re.compile(
    r"(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d\d)\D{1,4}(\d{1,2})[:.](\d\d)(?:[:.]\d\d)?\s*([ap]\.?m\.?)?",
    re.I,
)


@dataclass(frozen=True)
class Report:
    """What a report of a meeting says of the meeting itself."""

    program: str  # "teams" or "zoom"
    title: str
    start: str  # "2025-11-04 08:58", or ""
    end: str
    sure: bool  # False where 4/11 may be 11 April too


def is_pivot(grid: Grid) -> bool:
    """Whether the sheet counts what stands elsewhere."""
    return any(_PIVOT.match(cells.fold(cell)) for row in grid.rows[:FIRST_ROWS] for cell in row)


def source_of(headings: Sequence[str]) -> str:
    """Which form's answers have these headings: "google_forms", "microsoft_forms" or ""."""
    folded = [cells.fold(heading) for heading in headings]
    if folded and _GOOGLE.match(folded[0]):
        return "google_forms"
    begun = any(map(_BEGUN.match, folded))
    return "microsoft_forms" if begun and any(map(_DONE.match, folded)) else ""


def of_meeting(grid: Grid) -> tuple[Grid, Report, list[tuple[int, str, str]]] | None:
    """The people of a meeting's report as a list, the meeting, and who is left out of it."""
    header = _header(grid.rows[:FIRST_ROWS])
    if header is None:
        return None
    headings = [cells.fold(cell) for cell in grid.rows[header]]
    found = _People(grid, header, headings)
    report = _report(grid, header, headings, found.stamps)
    when = [_said(report)] if report.start else []
    titles = [text for text in [report.title, *when] if text]
    rows = [[title] for title in titles]
    rows.append([*grid.rows[header], PRESENCE[0]])
    numbers = [1] * len(titles) + [grid.number(header), *found.numbers]
    name = grid.name or report.title
    return replace(grid, name=name, rows=rows + found.rows, numbers=numbers), report, found.left_out


def _header(rows: list[list[str]]) -> int | None:
    """The row above the people: the first of the second section, else one that tells of a stay."""
    for number, row in enumerate(rows):
        if _is_section(row, _SECOND):
            below = next((n for n in range(number + 1, len(rows)) if any(rows[n])), number)
            if any(_NAME.search(cells.fold(cell)) for cell in rows[below]):
                return below
    return next((number for number, row in enumerate(rows) if _heads_people(row)), None)


def _is_section(row: list[str], pattern: re.Pattern[str]) -> bool:
    texts = [cell for cell in row if cell]
    return len(texts) == 1 and bool(pattern.match(texts[0]))


def _heads_people(row: list[str]) -> bool:
    folded = [cells.fold(cell) for cell in row]
    stays = sum(1 for text in folded if _STAY.search(text))
    tells = stays > 1 or any(map(_STAY_ALONE.search, folded))
    return tells and any(map(_NAME.search, folded))


def _first(headings: Sequence[str], pattern: re.Pattern[str]) -> int:
    return next((at for at, text in enumerate(headings) if pattern.search(text)), -1)


class _People:
    """Those in the report, each once, in a grid of the same columns."""

    def __init__(self, grid: Grid, header: int, headings: list[str]) -> None:
        self.headings = headings
        self.places = {
            "name": _first(headings, _NAME),
            "email": _first(headings, _EMAIL),
            "upn": _first(headings, _UPN),
            "role": _first(headings, _ROLE),
            "attended": _first(headings, _ATTENDED),
        }
        self.rows: list[list[str]] = []
        self.numbers: list[int] = []
        self.left_out: list[tuple[int, str, str]] = []
        self.stamps: list[str] = []
        self.seen: set[tuple[str, str]] = set()
        for number, row in _section(grid, header):
            self._take(number, row)

    def _cell(self, row: list[str], what: str) -> str:
        place = self.places[what]
        return row[place] if 0 <= place < len(row) else ""

    def _take(self, number: int, row: list[str]) -> None:
        name = _OUTSIDE.sub("", self._cell(row, "name"))
        email = self._cell(row, "email")
        if not email and "@" in self._cell(row, "upn"):
            email = self._cell(row, "upn")
        self.stamps += [cell for cell in row if moment_of(cell)]
        key = (cells.fold(name), email.casefold())
        if key in self.seen or not (name or email):
            return
        self.seen.add(key)
        role = self._cell(row, "role")
        if _ORGANISER.match(cells.fold(role)):
            self.left_out.append((number, f"{name} ({role})", "organiser"))
            return
        self._add(number, name, email, self._mark(row))

    def _mark(self, row: list[str]) -> str:
        """Who stands in a report was there, unless it tells of those who had registered."""
        return self._cell(row, "attended") if self.places["attended"] >= 0 else PRESENCE[1]

    def _add(self, number: int, name: str, email: str, mark: str) -> None:
        row = [""] * len(self.headings)
        row[self.places["name"]] = name
        email_at = self.places["email"] if self.places["email"] >= 0 else self.places["upn"]
        if email_at >= 0:
            row[email_at] = email
        self.rows.append([*row, mark])
        self.numbers.append(number)


def _section(grid: Grid, header: int) -> Iterator[tuple[int, list[str]]]:
    """The rows below the headings, as far as the next section."""
    for place in range(header + 1, len(grid.rows)):
        row = grid.rows[place]
        if _is_section(row, _SECTION) or _heads_people(row):
            return
        if any(row):
            yield grid.number(place), row


def _report(grid: Grid, header: int, headings: list[str], stamps: list[str]) -> Report:
    facts = _facts(grid.rows[:header])
    moments = [moment for text in stamps if (moment := moment_of(text))]
    start = moment_of(facts["start"]) or min(moments, default=None)
    end = moment_of(facts["end"]) or max(moments, default=None)
    texts = [facts["start"], facts["end"], *stamps[:1]]
    is_zoom = any("original name" in text or text.startswith("total duration") for text in headings)
    return Report(
        "zoom" if is_zoom else "teams",
        facts["title"],
        _written(start),
        _written(end),
        not any(map(_may_be_turned, filter(None, texts))),
    )


def _facts(rows: list[list[str]]) -> dict[str, str]:
    """What the summary says: a name and its value side by side, or one above the other."""
    found = {"title": "", "start": "", "end": ""}
    for number, row in enumerate(rows):
        below = rows[number + 1] if number + 1 < len(rows) else []
        is_pair = sum(1 for cell in row if cell) <= 2
        for place, cell in enumerate(row):
            beside = row[place + 1 : place + 2] if is_pair else below[place : place + 1]
            what = _fact(cells.fold(cell))
            if what and beside and beside[0]:
                found[what] = found[what] or beside[0]
    return found


def _fact(folded: str) -> str:
    patterns = {"title": _TITLE, "start": _START, "end": _END}
    return next((what for what, rule in patterns.items() if rule.search(folded)), "")


def moment_of(text: str) -> datetime | None:
    """A moment as Teams and Zoom write it: ISO, American with AM and PM, or day first."""
    iso = _ISO.search(text)
    slashed = _SLASHED.search(text)
    try:
        if iso:
            return _moment(*map(int, iso.groups()))
        if slashed:
            return _slashed(slashed)
    except ValueError:
        return None
    return None


def _slashed(found: re.Match[str]) -> datetime:
    first, second, year, hour, minute = map(int, found.groups()[:5])
    half = (found.group(6) or "").replace(".", "").lower()
    month, day = (first, second) if half or second > 12 else (second, first)
    if month > 12:
        month, day = day, month
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    year = year + 2000 if year < 100 else year
    return _moment(year, month, day, hour, minute)


def _moment(year: int, month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime.fromisoformat(f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}")


def _may_be_turned(text: str) -> bool:
    """Whether a date may be read both ways: 4/11 without AM and PM."""
    found = None if _ISO.search(text) else _SLASHED.search(text)
    if not found or found.group(6) or "." in text.split(" ")[0]:
        return False
    first, second = int(found.group(1)), int(found.group(2))
    return first <= 12 and second <= 12 and first != second


def _written(moment: datetime | None) -> str:
    return moment.isoformat(" ", "minutes") if moment else ""


def _said(report: Report) -> str:
    """The day and the hours as a title above a list says them; an unsure day is asked for."""
    day, start = report.start.split(" ")
    end_day, _space, end = report.end.partition(" ")
    hours = f"{start}–{end}" if end and end_day == day and end > start else start
    return f"{day} kl. {hours}" if report.sure else f"kl. {hours}"
