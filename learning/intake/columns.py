"""What an attendance list looks like: the words above its columns, and what stands in them."""

import re
from typing import Any

from learning.intake.presence import is_mark
from partners import dates
from partners.intake import kinds
from partners.intake.columns import (
    EMAIL,
    FIRST_NAME,
    FULL_NAME,
    LAST_NAME,
    MENDED,
    NO_ADDRESSES,
    SURNAME_FIRST,
    holds_address,
    holds_letters,
    may_be_phone,
)
from partners.sheets import above, cells, rows
from partners.sheets.rules import Marks, Rules

# What a session is called before its number.
_CALLED = (
    "lärandeträff|träff|learning session|session|kurstillfälle|tillfälle|möte|meeting|workshop"
    "|webbinarium|webinar|seminarium|modul|module|del|dag|day"
)
NUMBERED = re.compile(rf"\b({_CALLED})\W{{0,3}}\d+.*", re.I)
_SESSION_HEADING = re.compile(rf"\b({_CALLED}|nr|t|s)\W{{0,2}}\d{{1,2}}\b|^\d{{1,2}}$", re.I)
_WALK_IN = re.compile(
    r"drop ?in|ej föranmäl|ej anmäl|inte anmäl|oanmäl|spontan|walk ?in|extra deltag|tillkom"
    r"|ej med på|utan anmälan|not (pre )?registered|unregistered|nya på plats"
)


def is_presence(text: str) -> bool:
    return len(text) < 20 and is_mark(text)


def may_be_mark(text: str) -> bool:
    """Whether a cell below a day may say who came, known or to be asked about."""
    return len(text) < 20 and "@" not in text


def tells_session(heading: str) -> bool:
    return above.is_day(heading) or above.is_week(heading) or bool(_SESSION_HEADING.search(heading))


# What those have in common who stand below such a title; that they registered says no more.
_REGISTERED = "anmälda|registered|deltagare"
REGISTERED = re.compile(rf"({_REGISTERED})( \d+)?( st)?$")
_SECTION = re.compile(
    rf"({_REGISTERED}|närvarande|deltog|på plats|attended|present|frånvarande|frånvaro|absent"
    r"|uteblev|uteblivna|no shows?|avanmälda|avbokade|avbokningar|återbud|förhinder|sjuka"
    r"|cancelled|canceled|reserver|reservlista|väntelista|waiting list|ej närvarande"
    r"|inte närvarande|kom (ej|inte)|anmälda( men| som)? ?(kom|deltog|närvarade)? (ej|inte)( kom)?)"
    r"( \d+)?( st)?$"
)


def begins_session(title: str) -> bool:
    """Whether a title among the rows tells that those below it were at another session."""
    told = NUMBERED.search(title) or dates.find_date(title) or above.is_day(title)
    return bool(told) and not rows.is_note(title)


ATTENDANCE = Rules(
    headings=[
        ("email", EMAIL),
        ("phone", re.compile(r"\btel|mobil|phone|\bcell\b|\btfn")),
        ("person", FULL_NAME),
        ("first_name", FIRST_NAME),
        ("last_name", LAST_NAME),
        (
            "registered",
            re.compile(
                r"^(för)?anmäld|^registered|^anmälan|^registration|^anmälning|^rsvp|^osa\b"
                r"|^jag (kommer|deltar|anmäl)|^kommer du|^deltar du|will you (attend|come|join)"
            ),
        ),
        ("excuse", re.compile(r"^sjuk|förhind|återbud|avbok|avanmäl|excused|cancell?ed|^vab\b")),
        (
            "absence",
            re.compile(
                r"^(?!.*närvar).*(frånvar|absen)|utebl|no ?show|^nej$|^no$|did ?n ?t"
                r"|\b(kom|kan|deltog|deltar) (ej|inte)"
                r"|\b(ej|inte|icke|not)\b.*(närvar|delt|kom\b|attend|present|check)"
            ),
        ),
        (
            "presence",
            re.compile(
                r"^(?!.*(förvänt|planer|tidigare|önsk|expected|previous|earlier)).*"
                r"(närvar|^deltog|deltagit|^deltar|deltagande$|^status|status$|^kom\b|attend(ed|ance)"
                r"|\bpresent\b|medverka|var där|incheck|check(ed)? ?in|showed|avprick|^här\b"
                r"|was there|dök upp|^ja$|^yes$)"
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
    contents=[
        ("email", holds_address, 0.6),
        ("presence", is_presence, 0.7),
        ("organisation", cells.has_company_form, 0.25),
    ],
    doubts=[
        NO_ADDRESSES,
        ("presence", is_presence, 0.3),
        ("absence", is_presence, 0.3),
        ("excuse", is_presence, 0.3),
        ("person", holds_letters, 0.3),
        ("organisation", holds_letters, 0.3),
    ],
    bare=[("phone", may_be_phone, 0.7), ("date", dates.cell_date, 0.8)],
    person="person",
    employer="organisation",
    subject="person",
    said_by=frozenset({"person", "first_name"}),
    enough=[
        frozenset({"person", "first_name", "email"}),
        frozenset({"presence", "absence", "excuse", "email", "organisation", "session", "date"}),
    ],
    repeatable=frozenset({"presence", "absence", "excuse", "email", "phone"}),
    apart=_WALK_IN,
    sections=_SECTION,
    begins=begins_session,
    not_alone=cells.has_company_form,
    mended=MENDED,
    turned=SURNAME_FIRST,
    days=frozenset({"date"}),
    beside={"date": (above.are_hours, "kl. ")},
    marks=Marks("presence", may_be_mark, tells_session, instead_of=frozenset({"session", "date"})),
)

_CAME = re.compile(
    r"närvar|frånvar|\bdeltog\b|deltagit|attend(ed|ance)|medverkade|avprick|incheck|checked in"
    r"|dök upp|was there|uteblev|first join|last leave|join time|leave time"
)
_SESSION = re.compile(
    r"^(lärande)?träff(en)?$|^session$|^tillfälle$|^möte$|^meeting$|träffens? (namn|datum)"
    r"|träffdatum|session (name|date|title)"
)
_LIST_OF_WHO_CAME = re.compile(r"narvaro|närvaro|deltagar|attendance|participants?\b|attendees?\b")
_OTHER_TITLE = re.compile(r"partner|medlem|member|organisation|register|kontakt|uppdatera|update")


def attendance_signs(table: dict[str, Any]) -> int:
    """How plainly a file is a list of who came: by marks, days, sessions and what it is called."""
    headings = [cells.fold(heading) for heading in kinds.headings_in(table)]
    came = any(_CAME.search(heading) for heading in headings)
    days = any(above.is_day(heading) for heading in kinds.headings_in(table))
    session = any(_SESSION.search(heading) for heading in headings)
    return 4 * came + 4 * days + 2 * session + max(map(_named, _names(table)), default=0)


def _names(table: dict[str, Any]) -> list[str]:
    """What the list is called: above it, on its tabs, by its file."""
    names = [table["file_title"].replace("_", " ")]
    for sheet in table["sheets"]:
        names += [*sheet["titles"], sheet["name"]]
    return names


def _named(name: str) -> int:
    folded = cells.fold(name)
    if _OTHER_TITLE.search(folded):
        return 0
    if _LIST_OF_WHO_CAME.search(folded) or _SESSION_HEADING.search(folded):
        return 3
    return 2 if dates.find_date(name) else 0
