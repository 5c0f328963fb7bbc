"""Dates and times the way people write them, in Swedish and English. Knows no Django.

The one reader of them, for the fields of forms and the cells of lists.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

DAY_0 = date(1899, 12, 30)  # of a spreadsheet, which counts days

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february feb",
            "mars march mar",
            "april apr",
            "maj may",
            "juni june jun",
            "juli july jul",
            "augusti august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DATE_FORMS = [
    (re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)"), "ymd"),
    (re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)"), "ymd"),
    (
        re.compile(
            r"(?<!\d)(\d{1,2})(?::?e|:?a|st|nd|rd|th|\.)?\s*(?:of\s+)?"
            + _MONTH
            + r",?(?:\s*-?\s*(\d{4}))?",
            re.I,
        ),
        "dby",
    ),
    (
        re.compile(r"\b" + _MONTH + r"\s+(\d{1,2})(?:st|nd|rd|th)?\b(?!\d)(?:,?\s+(\d{4}))?", re.I),
        "bdy",
    ),
    (
        re.compile(r"(?<![\d.:])(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.,-]?\s*(\d{4}|\d\d(?![\d.:]))"),
        "dmy",
    ),
    (re.compile(r"(?<![\d.:])(\d{1,2})/(\d{1,2})(?!\d)"), "dm"),
    (re.compile(r"(?<!\d)(\d\d)(\d\d)(\d\d)(?!\d)"), "ymd"),
]

_NEAR_DAYS = {
    **dict.fromkeys(("i går", "igår", "yesterday"), -1),
    **dict.fromkeys(("i dag", "idag", "today"), 0),
    **dict.fromkeys(("i morgon", "imorgon", "tomorrow"), 1),
    **dict.fromkeys(("i övermorgon", "övermorgon", "the day after tomorrow"), 2),
}
_DOTTED = re.compile(r"^(\d{1,2})[.-](\d{1,2})\.?$")  # 12.3, which in a list is a number
_SHORT_YEAR = re.compile(r"(?<=[a-zåäö.]) (\d\d)$")
_BESIDE = re.compile(
    r"\b(den|the|on|(mån|tis|ons|tors|fre|lör|sön)(dag(en)?)?"
    r"|(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?)\b"
)


def find_date(text: str, year: int | None = None) -> date | None:
    """The first date in *text*, the Swedish way round; *year* serves dates written without one."""
    return next((day for day, _rest in _found(text, year)), None)


def read_day(text: str, today: date) -> date | None:
    """The day that *text* names and nothing else: 2027-03-12, 12/3, 12 mars, i morgon.

    A day without a year is the one nearest to *today*.
    """
    text = " ".join(text.lower().split())
    if text in _NEAR_DAYS:
        return today + timedelta(days=_NEAR_DAYS[text])
    text = _DOTTED.sub(r"\1/\2", text)
    text = _SHORT_YEAR.sub(r" 20\1", text)
    near = (_whole(text, year) for year in (today.year - 1, today.year, today.year + 1))
    return _whole(text, None) or min(
        filter(None, near), key=lambda day: abs(day - today), default=None
    )


def _whole(text: str, year: int | None) -> date | None:
    """The date that *text* is, but for a weekday and the like."""
    days = (day for day, rest in _found(text, year) if not _BESIDE.sub("", rest).strip(" ,."))
    return next(days, None)


def _found(text: str, year: int | None) -> Iterator[tuple[date, str]]:
    """The dates in *text*, the likeliest first, each with what is left of the text."""
    for pattern, order in _DATE_FORMS:
        for match in pattern.finditer(text):
            day = _as_date(dict(zip(order, match.groups(), strict=True)), year)
            if day:
                yield day, f"{text[: match.start()]} {text[match.end() :]}"


def _as_date(parts: dict[str, str | None], year: int | None) -> date | None:
    given = _year(parts.get("y"), year)
    if given is None:
        return None
    try:
        return date(given, *_month_and_day(parts))
    except ValueError:
        return None


def _year(written: str | None, year: int | None) -> int | None:
    """The year that is written, else *year*; one of two digits is of this century."""
    given = int(written) if written else year
    if given is None:
        return None
    given = given + 2000 if given < 100 else given
    return given if 1900 <= given <= 2100 else None


def _month_and_day(parts: dict[str, str | None]) -> tuple[int, int]:
    """The month and the day, however they were turned: 31/12, 12/31 the American way, 31 dec."""
    day = int(parts.get("d") or 0)
    if "b" in parts:
        return _MONTHS[(parts["b"] or "").lower()], day
    month = int(parts.get("m") or 0)
    return (day, month) if month > 12 >= day else (month, day)


def cell_date(text: str, year: int | None = None) -> date | None:
    """The date a whole cell says; also a spreadsheet's serial number of days."""
    if re.fullmatch(r"\d{5}([.,]\d+)?", text) and 20_000 <= int(text[:5]) <= 60_000:
        return DAY_0 + timedelta(days=int(text[:5]))
    return find_date(text, year)


def year_in(text: str) -> int | None:
    found = re.search(r"(?<!\d)(20\d\d)(?!\d)", text)
    return int(found.group(1)) if found else None


_CLOCK = r"(\d{1,2})(?:[.:](\d\d))?"


def find_times(text: str) -> tuple[str, str]:
    """Start and end as "09:00", each "" when not said: "kl. 9–11.30", "09:00-12:00", "kl 13"."""
    rest = re.sub(r"\d{4}-\d\d?-\d\d?", " ", text)
    span = re.search(rf"(?<![\d/.-]){_CLOCK}\s*(?:[-–—]|till|to)\s*{_CLOCK}(?![\d/])", rest)
    if span and (span.group(2) or span.group(4) or re.search(r"\bkl", rest, re.I)):
        return _clock(span.group(1), span.group(2)), _clock(span.group(3), span.group(4))
    single = re.search(rf"\bkl\.?\s*{_CLOCK}", rest, re.I) or re.search(
        r"(?<![\d.:-])(\d{1,2}):(\d\d)(?![\d:])", rest
    )
    return (_clock(single.group(1), single.group(2)), "") if single else ("", "")


def _clock(hour: str, minute: str | None) -> str:
    if int(hour) > 23 or int(minute or 0) > 59:
        return ""
    return f"{int(hour):02}:{int(minute or 0):02}"
