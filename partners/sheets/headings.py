"""Finds the list in a grid: which row has the headings, what each column means, where rows begin.

Knows no Django. A column is understood by its heading, else by what is in it. Columns the portal
has no use for, such as diets, are named in the answer and their cells are left behind.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from partners.sheets import cells
from partners.sheets.presence import presence
from partners.sheets.reader import Grid, Unreadable

# In order: the first rule that fits a heading decides. Headings are folded before.
_UNWANTED = re.compile(
    r"allerg|\bkost|specialkost|diet|\bmat\b|food|\bmål|hälsa|health|personn|\bpnr|födel"
    r"|birth|komment|comment|anteckn|notering|\bnotes?\b|övrig|faktur|invoice|postadress|postnummer"
    r"|gatuadress|\bort\b|besöksadress|roll\b|\brole|titel|befattning|job|behov|needs|avdeln"
)
_RULES: dict[str, list[tuple[str, re.Pattern[str]]]] = {
    "partners": [
        (
            "org_number",
            re.compile(
                r"org\w* ?(nr|no|num)|orgnr|reg\w* ?(nr|no|num)|company (no|num|id)|vat|momsnr"
            ),
        ),
        ("email", re.compile(r"\be ?post|epost|e ?mail|\bmail|\bmejl|mejladress")),
        ("phone", re.compile(r"\btel|mobil|phone|\bcell\b|\btfn|nummer till")),
        ("website", re.compile(r"webb|hemsida|website|\burl\b|www|homepage")),
        ("first_name", re.compile(r"förnamn|first ?name|given ?name|tilltalsnamn|\bfornamn")),
        ("last_name", re.compile(r"efternamn|last ?name|surname|family ?name")),
        (
            "joined_on",
            re.compile(
                r"anslöt|anslut(en|it|n)|medlem sedan|gick med|joined|joining|member since|inträd"
                r"|medlem fr|partner since|partner sedan|startdatum|start date|\bsedan\b"
                r"|^datum|^date|sign\w* (on|date)|undertecknad|skrev under|med sedan|\bsince\b"
            ),
        ),
        ("focus_areas", re.compile(r"fokus|focus|område|\bareas?\b|inriktning|tema|theme")),
        (
            "sector",
            re.compile(r"sektor|sector|bransch|\btyp\b|\btype\b|kategori|category|industry"),
        ),
        (
            "contact",
            re.compile(r"kontakt|contact|ansvarig|responsible|representant|representative|person"),
        ),
        (
            "organisation",
            re.compile(
                r"organi[sz]ation|företag|bolag|aktör|company|partner|medlem|member|arbetsgiv|employer"
                r"|firma|verksamhet|förening|\borg\b|actor|entity|anslutna"
            ),
        ),
        ("contact", re.compile(r"\bnamn|\bname")),
    ],
    "attendance": [
        ("email", re.compile(r"\be ?post|epost|e ?mail|\bmail|\bmejl|mejladress")),
        ("phone", re.compile(r"\btel|mobil|phone|\bcell\b|\btfn")),
        ("first_name", re.compile(r"förnamn|first ?name|given ?name|tilltalsnamn|\bfornamn")),
        ("last_name", re.compile(r"efternamn|last ?name|surname|family ?name")),
        ("registered", re.compile(r"^(för)?anmäld|^registered|^anmälan|^registration|^anmälning")),
        (
            "presence",
            re.compile(
                r"närvar|^deltog|deltagit|^deltar|deltagande$|^status|^kom\b|attend(ed|ance)|present"
                r"|medverka|var där|incheck|check(ed)? ?in|showed|avprick|^här\b|was there|dök upp"
            ),
        ),
        ("date", re.compile(r"^datum|^date|^dag$|^day$|träffdatum|session date|^när$|^when$|^tid")),
        (
            "session",
            re.compile(
                r"^(lärande)?träff$|^session$|^tillfälle$|^möte$|^meeting$|^event|^aktivitet"
                r"|^workshop$|träffens? namn|session (name|title)|^kurs|^utbildning|^evenemang"
            ),
        ),
        (
            "organisation",
            re.compile(
                r"organi[sz]ation|företag|bolag|aktör|company|partner|arbetsgiv|employer|firma"
                r"|verksamhet|förening|\borg\b|affiliation|arbetsplats|workplace"
            ),
        ),
        (
            "person",
            re.compile(
                r"\bnamn|\bname|deltagare|participant|\bperson|attendee|kontakt|\bvem\b|medlem"
            ),
        ),
    ],
}
MEANINGS = {
    kind: list(dict.fromkeys(meaning for meaning, _rule in rules)) for kind, rules in _RULES.items()
}
_SESSION_HEADING = re.compile(
    r"\b(lärandeträff|träff|session|tillfälle|möte|meeting|workshop|dag|day|del|webbinarium|webinar"
    r"|seminarium|modul|module|kurstillfälle|nr|t|s)\W{0,2}\d{1,2}\b|^\d{1,2}$",
    re.I,
)
_TOTAL = re.compile(r"^(summa|totalt?|totalsumma|sum|antal|count|delsumma|subtotal|total sum)\b")
_WALK_IN = re.compile(
    r"drop ?in|ej föranmäl|ej anmäl|inte anmäl|oanmäl|spontan|walk ?in|extra deltag|tillkom"
    r"|ej med på|utan anmälan|not (pre )?registered|unregistered|nya på plats"
)


@dataclass
class Column:
    """A column that is read: what its heading says and what it is taken to mean."""

    index: int
    heading: str
    meaning: str
    sure: bool = True


@dataclass
class Listing:
    """The list found in a sheet: titles above it, columns, rows as (number, cells, walk-in)."""

    name: str
    titles: list[str]
    columns: list[Column]
    not_read: list[str]
    rows: list[tuple[int, list[str], bool]] = field(default_factory=list)
    left_out: list[tuple[int, str]] = field(default_factory=list)


def find(grid: Grid, kind: str) -> Listing | None:
    """The list of *kind* in *grid*, or None if there is none."""
    header, named = _header_row(grid, kind)
    body = grid.rows[header + 1 :]
    heading_cells = grid.rows[header] if header >= 0 else []
    columns, not_read = _columns(heading_cells, named, body, kind)
    if not _enough(columns, kind):
        return None
    titles = [" ".join(cell for cell in row if cell) for row in grid.rows[: max(header, 0)]]
    listing = Listing(grid.name, [title[:200] for title in titles if title][:6], columns, not_read)
    _dates_of_columns(listing, grid.rows, header)
    _take_rows(listing, body, header, heading_cells)
    return listing


def find_all(grids: list[Grid], kind: str) -> tuple[list[Listing], list[str]]:
    """The lists in all sheets, and the names of the sheets without one. Raises Unreadable."""
    found = [(grid, find(grid, kind)) for grid in grids]
    listings = [listing for _grid, listing in found if listing]
    if not listings:
        raise Unreadable("headings")
    if not any(listing.rows for listing in listings):
        raise Unreadable("rows_missing")
    return listings, [grid.name for grid, listing in found if not listing]


def meaning_of(heading: str, kind: str) -> str:
    """What a heading stands for: a meaning, "unwanted", or "" if it says nothing."""
    folded = cells.fold(heading)
    if not folded or len(folded) > 60:
        return ""
    if _UNWANTED.search(folded) and not re.search(r"\be ?post|mail|mejl", folded):
        return "unwanted"
    for meaning, rule in _RULES[kind]:
        if rule.search(folded):
            return meaning
    return ""


def _header_row(grid: Grid, kind: str) -> tuple[int, list[str]]:
    """The row among the first forty whose cells are most like headings; -1 without any."""
    best, most, meanings = -1, 0, []
    for number, row in enumerate(grid.rows[:40]):
        named = [meaning_of(cell, kind) if _may_be_heading(cell) else "" for cell in row]
        score = 10 * len({name for name in named if name}) + sum(1 for cell in row if cell)
        if len({name for name in named if name}) >= _needed(row) and score > most:
            best, most, meanings = number, score, named
    return best, meanings


def _needed(row: list[str]) -> int:
    return 1 if sum(1 for cell in row if cell) <= 2 else 2


def _may_be_heading(cell: str) -> bool:
    return 0 < len(cell) <= 60 and "@" not in cell and not re.search(r"\d{4,}", cell)


# By content


def _share(test: Callable[[str], object], values: list[str]) -> float:
    filled = [value for value in values if value]
    return sum(1 for value in filled if test(value)) / len(filled) if filled else 0.0


def _is_presence(text: str) -> bool:
    return len(text) < 20 and presence(text) is not None


_CONTENT: dict[str, list[tuple[str, Callable[[str], object], float]]] = {
    "partners": [
        ("email", lambda text: "@" in text and cells.addresses(text), 0.6),
        ("org_number", cells.org_digits, 0.6),
        ("joined_on", cells.cell_date, 0.7),
        ("organisation", cells.has_company_form, 0.25),
    ],
    "attendance": [
        ("email", lambda text: "@" in text and cells.addresses(text), 0.6),
        ("presence", _is_presence, 0.7),
        ("date", cells.cell_date, 0.8),
        ("organisation", cells.has_company_form, 0.25),
    ],
}


def _by_content(values: list[str], kind: str) -> str:
    for meaning, test, enough in _CONTENT[kind]:
        if _share(test, values) >= enough:
            return meaning
    return ""


def _columns(
    headings: list[str], named: list[str], body: list[list[str]], kind: str
) -> tuple[list[Column], list[str]]:
    width = max([len(headings), *(len(row) for row in body[:200])], default=0)
    columns: list[Column] = []
    spare: list[Column] = []
    named = _name_of_organisation(headings, named) if kind == "partners" else named
    for index in range(width):
        heading = headings[index] if index < len(headings) else ""
        meaning = named[index] if index < len(named) else ""
        values = [row[index] for row in body[:200] if index < len(row)]
        column = _column(index, heading, meaning, values, kind, {c.meaning for c in columns})
        if column.meaning in {"", "unwanted"}:
            spare.append(column)
        else:
            columns.append(column)
    _settle(columns, spare, body, kind)
    columns.sort(key=lambda column: column.index)
    return columns, [c.heading for c in spare if c.heading]


def _column(
    index: int, heading: str, meaning: str, values: list[str], kind: str, taken: set[str]
) -> Column:
    may_be_session = kind == "attendance" and meaning in {"", "session", "date"}
    looks_so = not any(values) or _share(_is_presence, values) >= 0.6
    if may_be_session and looks_so and _is_session(heading):
        return Column(index, heading, "presence")
    if meaning == "unwanted" or (meaning and not _contradicted(meaning, values)):
        repeated = meaning in taken and meaning not in {"presence", "email", "phone"}
        return Column(index, heading, "" if repeated else meaning)
    guess = _by_content(values, kind)
    return Column(index, heading, "" if guess in taken else guess, sure=False)


def _is_session(heading: str) -> bool:
    return bool(heading and (cells.cell_date(heading, 2000) or _SESSION_HEADING.search(heading)))


def _contradicted(meaning: str, values: list[str]) -> bool:
    """Whether the cells plainly are not what the heading says, such as names below "E-post"."""
    if meaning == "email":
        return _share(lambda text: "@" in text or cells.likely_address(text), values) < 0.2 and any(
            values
        )
    if meaning == "presence":
        return _share(_is_presence, values) < 0.3 and any(values)
    return False


def _settle(columns: list[Column], spare: list[Column], body: list[list[str]], kind: str) -> None:
    """Give the name of the organisation, or of the person, to the column that must be it."""
    have = {column.meaning: column for column in columns}
    wanted, rival = (
        ("organisation", "contact") if kind == "partners" else ("person", "organisation")
    )
    if wanted in have or "first_name" in have and kind == "attendance":
        return
    contacts = [column for column in columns if column.meaning == "contact"]
    if (
        kind == "partners"
        and contacts
        and (len(contacts) > 1 or _plain_name(contacts[0].heading) or "first_name" in have)
    ):
        contacts[0].meaning = wanted
        return
    for column in spare:
        values = [row[column.index] for row in body[:200] if column.index < len(row)]
        if column.meaning != "unwanted" and _share(_is_name, values) > 0.7:
            column.meaning, column.sure = wanted, False
            columns.append(column)
            spare.remove(column)
            return


def _name_of_organisation(headings: list[str], named: list[str]) -> list[str]:
    """The meanings, where a plain "Namn" beside a contact person is the organisation's."""
    plain = [place for place, heading in enumerate(headings) if _plain_name(heading)]
    contacts = [place for place, meaning in enumerate(named) if meaning == "contact"]
    if "organisation" in named or len(plain) != 1 or len(contacts) < 2:
        return named
    return ["organisation" if place == plain[0] else name for place, name in enumerate(named)]


def _plain_name(heading: str) -> bool:
    return cells.fold(heading) in {"namn", "name"}


def _is_name(text: str) -> bool:
    return len(text) > 2 and not re.search(r"\d|@", text) and text[0].isupper()


def _enough(columns: list[Column], kind: str) -> bool:
    have = {column.meaning for column in columns}
    if kind == "partners":
        return "organisation" in have
    return bool(have & {"person", "first_name", "email"}) and bool(
        have & {"presence", "email", "organisation", "session", "date"}
    )


# Rows


def _dates_of_columns(listing: Listing, rows: list[list[str]], header: int) -> None:
    """Where sessions are columns, add the date from the row above or below to the heading."""
    marks = [column for column in listing.columns if column.meaning == "presence"]
    if len(marks) < 2:
        return
    for column in marks:
        for number in (header - 1, header + 1):
            row = rows[number] if 0 <= number < len(rows) else []
            near = row[column.index] if column.index < len(row) else ""
            if near and cells.cell_date(near, 2000) and not cells.cell_date(column.heading, 2000):
                column.heading = f"{column.heading} {near}".strip()


def _take_rows(listing: Listing, body: list[list[str]], header: int, headings: list[str]) -> None:
    first_column = min(column.index for column in listing.columns)
    widths = sorted(sum(1 for cell in row if cell) for row in body if any(row))
    usual = widths[len(widths) // 2] if widths else 0
    below_walk_in = False
    for number, row in enumerate(body, start=header + 2):
        texts = [cell for cell in row if cell]
        if not texts or row == headings:
            continue
        folded = cells.fold(texts[0])
        if len(texts) <= 2 and _WALK_IN.search(folded):
            below_walk_in = True
        elif _is_remark(texts, folded, usual, first_column, row):
            listing.left_out.append((number, texts[0][:100]))
        else:
            picked = [row[c.index] if c.index < len(row) else "" for c in listing.columns]
            if any(picked):
                listing.rows.append((number, picked, below_walk_in))


def _is_remark(
    texts: list[str], folded: str, usual: int, first_column: int, row: list[str]
) -> bool:
    """A total, a note, or the dates below the headings: no row of the list."""
    if _TOTAL.search(folded) and len(texts) <= max(2, usual):
        return True
    if all(cells.cell_date(text, 2000) for text in texts):
        return len(texts) > 1
    alone = len(texts) == 1 and usual >= 3
    if not alone:
        return False
    text = texts[0]
    stray = not (len(row) > first_column and row[first_column] == text)
    note = re.match(r"(obs|nb|not|note|källa|source|uppdaterad|updated|senast|\*)", folded + text)
    return bool(stray or note or text.endswith((":", ".")) or len(text) > 60)
