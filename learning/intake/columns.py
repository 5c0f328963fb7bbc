"""What an attendance list looks like: the words above its columns, and what stands in them."""

import re

from learning.intake.presence import is_mark
from partners import dates
from partners.intake.columns import (
    EMAIL,
    FIRST_NAME,
    FULL_NAME,
    LAST_NAME,
    MENDED,
    NO_ADDRESSES,
    holds_address,
    holds_letters,
)
from partners.sheets import above, cells
from partners.sheets.headings import Marks, Rules

_SESSION_HEADING = re.compile(
    r"\b(lärandeträff|träff|session|tillfälle|möte|meeting|workshop|dag|day|del|webbinarium|webinar"
    r"|seminarium|modul|module|kurstillfälle|nr|t|s)\W{0,2}\d{1,2}\b|^\d{1,2}$",
    re.I,
)
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
        (
            "presence",
            re.compile(
                r"närvar|^deltog|deltagit|^deltar|deltagande$|^status|status$|^kom\b|attend(ed|ance)|\bpresent"
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
    contents=[
        ("email", holds_address, 0.6),
        ("presence", is_presence, 0.7),
        ("date", dates.cell_date, 0.8),
        ("organisation", cells.has_company_form, 0.25),
    ],
    doubts=[
        NO_ADDRESSES,
        ("presence", is_presence, 0.3),
        ("person", holds_letters, 0.3),
        ("organisation", holds_letters, 0.3),
    ],
    subject="person",
    said_by=frozenset({"person", "first_name"}),
    enough=[
        frozenset({"person", "first_name", "email"}),
        frozenset({"presence", "email", "organisation", "session", "date"}),
    ],
    repeatable=frozenset({"presence", "email", "phone"}),
    apart=_WALK_IN,
    not_alone=cells.has_company_form,
    mended=MENDED,
    beside={"date": (above.are_hours, "kl. ")},
    marks=Marks("presence", may_be_mark, tells_session, instead_of=frozenset({"session", "date"})),
)
