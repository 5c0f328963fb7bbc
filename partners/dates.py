"""Dates and times the way people write them, in Swedish and English. Knows no Django.

The one reader of them, for the fields of forms and the cells of lists. A text is read whole or is
no date: never another year than the one that is written.

A year of two digits is one from 2015 to 2044. Where year and day could change places (18-03-25) and
both would be such a year, the text is no date.
"""

import re
from datetime import date, time, timedelta

from partners.reading.text import Unclear, plain

FIRST_YEAR, LAST_YEAR = 1900, 2100
SHORT_YEARS = range(2015, 2045)
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
_END = r"(?![\d:]|\.\d)"
_SHORT = r"\d\d(?=\s*(?:$|[,;)(]|kl\b))"  # the year, and no hour: 12 mars 25, but 12 mars 13-15
_DATE_FORMS = [
    (re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)"), "ymd"),
    (re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)"), "ymd"),
    (
        re.compile(
            r"(?<![\d/.-])(\d{1,2})(?::?e|:?a|st|nd|rd|th|\.)?[\s-]*(?:of\s+)?"
            + _MONTH
            + rf"(?!\s*-?\s*\d{{3}}(?!\d))(?:,?\s*[-'’]?\s*(\d{{4}}{_END}|{_SHORT}))?",
            re.I,
        ),
        "dby",
    ),
    (
        re.compile(
            r"\b" + _MONTH + r"\s+(\d{1,2})(?:st|nd|rd|th)?\b(?![\d.:])(?:,?\s+(\d{4}))?", re.I
        ),
        "bdy",
    ),
    (
        re.compile(
            r"(?<![\d.:/-])(\d{1,2})\s*/\s*(\d{1,2})(?:\s*[-/.,]\s*|\s+)(\d{4}|\d\d)" + _END
        ),
        "dmy",
    ),
    (re.compile(r"(?<![\d.:/-])(\d{1,2})\.\s?(\d{1,2})(?:\.\s?|\s+)(\d{4}|\d\d)" + _END), "dmy"),
    (re.compile(r"(?<![\d.:/-])(\d{1,2})-(\d{1,2})-(\d{4})" + _END), "dmy"),
    (re.compile(r"(?<![\d.:/-])(\d\d)-(\d\d)-(\d\d)(?![\d:/-]|\.\d)"), "short"),
    (re.compile(r"(?<![\d.:/-])(\d\d)(\d\d)(\d\d)(?![\d:/-]|\.\d)"), "ymd"),
    (re.compile(r"(?<![\d.:/-])(\d{1,2})/(\d{1,2})(?![\d/]|\s*[-'’]\s*\d)"), "dm"),
]

_NEAR_DAYS = {
    **dict.fromkeys(("i går", "igår", "yesterday"), -1),
    **dict.fromkeys(("i dag", "idag", "today"), 0),
    **dict.fromkeys(("i morgon", "imorgon", "tomorrow"), 1),
    **dict.fromkeys(("i övermorgon", "övermorgon", "the day after tomorrow"), 2),
}
_DOTTED = re.compile(r"^(\d{1,2})[.-](\d{1,2})\.?$")  # 12.3, which in a list is a number
_WEEKDAYS = (
    r"m[åa]n(?:dag(?:en)?)?|mon(?:day)?",
    r"tis(?:dag(?:en)?)?|tue(?:s(?:day)?)?",
    r"ons(?:dag(?:en)?)?|wed(?:nesday)?",
    r"tor(?:s(?:dag(?:en)?)?)?|thu(?:r(?:s(?:day)?)?)?",
    r"fre(?:dag(?:en)?)?|fri(?:day)?",
    r"lör(?:dag(?:en)?)?|sat(?:urday)?",
    r"sön(?:dag(?:en)?)?|sun(?:day)?",
)
_WEEKDAY = re.compile(r"\b(?:" + "|".join(f"({names})" for names in _WEEKDAYS) + r")\b", re.I)
_BESIDE = re.compile(r"\b(?:den|the|on)\b", re.I)
_MIDNIGHT = re.compile(r"[ T]00:00(:00)?$")
_AND = r"\s*(?:[-–—&+]|och|and|till|to)\s*"
_SEVERAL_DAYS = re.compile(
    rf"\d(?:/\d+|[.:]?e?\s*{_MONTH})?{_AND}\d\d?(?:/\d|[.:]?e?\s*{_MONTH})"
    rf"|(?:^|den\s+)\d\d?\s*,\s*\d\d?(?:/\d|[.:]?e?\s*{_MONTH})"
    r"|\d{4}-\d\d-\d\d\s*[-–—/+&]+\s*\d\d?(?![\d.:])"
    rf"|{_MONTH}\s+\d\d?{_AND}\d\d?(?![\d.:])",
    re.I,
)
_SERIAL = re.compile(r"\d{5}([.,]\d+)?", re.ASCII)


def read_day(text: str, today: date) -> date | None:
    """The day that *text* names and nothing else: 2027-03-12, 12/3, 12 mars, i morgon.

    A day without a year is the one nearest to *today*.
    """
    text = plain(text).lower()
    if text in _NEAR_DAYS:
        return today + timedelta(days=_NEAR_DAYS[text])
    text = _DOTTED.sub(r"\1/\2", text)
    near = [_one(text, year) for year in (today.year - 1, today.year, today.year + 1)]
    return _whole(min(filter(None, near), key=lambda found: abs(found[0] - today), default=None))


def names_another_weekday(text: str, today: date) -> bool:
    """Whether *text* has a date, and beside it a weekday that is not that day's."""
    found = _one(plain(text).lower(), today.year)
    return found is not None and not _is_that_weekday(*found)


def whole_day(text: str, year: int | None = None) -> date | None:
    """The day that *text* is and nothing else, also as a spreadsheet's number of days."""
    text = _MIDNIGHT.sub("", plain(text))
    return _serial(text) or _whole(_one(text, year))


def find_date(text: str, year: int | None = None) -> date | None:
    """The one date in *text*, the Swedish way round; *year* serves dates written without one.

    Nothing when there are two, or when the weekday beside it is not that day's.
    """
    found = _one(plain(text), year)
    return found[0] if found and _is_that_weekday(*found) else None


def cell_date(text: str, year: int | None = None) -> date | None:
    """The date in a cell or a heading; also a spreadsheet's serial number of days."""
    return _serial(plain(text)) or find_date(text, year)


def _serial(text: str) -> date | None:
    if _SERIAL.fullmatch(text) and 20_000 <= int(text[:5]) <= 60_000:
        return DAY_0 + timedelta(days=int(text[:5]))
    return None


def _whole(found: tuple[date, str] | None) -> date | None:
    """The date of a text that is nothing else, but for its weekday and the like."""
    if found is None or not _is_that_weekday(*found):
        return None
    rest = _BESIDE.sub("", _WEEKDAY.sub("", found[1]))
    return None if rest.strip(" ,.()") else found[0]


def _is_that_weekday(day: date, rest: str) -> bool:
    named = {match.lastindex for match in _WEEKDAY.finditer(rest)}
    return len(named) != 1 or named == {day.isoweekday()}


def _one(text: str, year: int | None) -> tuple[date, str] | None:
    """The one date in *text*, with what is left of the text; None when there are two."""
    found, rest = _written_dates(text)
    days = {day for order, groups in found for day in _days(order, groups, year)}
    day = days.pop() if len(days) == 1 else None
    other_year = year_in(rest)
    if day is None or _SEVERAL_DAYS.search(text) or (other_year and other_year != day.year):
        return None
    return day, rest


def _written_dates(text: str) -> tuple[list[tuple[str, tuple[str | None, ...]]], str]:
    """What is written like a date, the likeliest first: in which order, and its parts."""
    found = []
    for pattern, order in _DATE_FORMS:
        found += [(order, match.groups()) for match in pattern.finditer(text)]
        text = pattern.sub(" ", text)
        if found:  # so that the hours beside a date are not read as another one
            text = _SPAN.sub(" : ", text)
    return found, text


def _days(order: str, groups: tuple[str | None, ...], year: int | None) -> list[date | None]:
    """The day that the parts of a date say; both where year and day may change places."""
    if order != "short":
        return [_as_date(dict(zip(order, groups, strict=True)), year)]
    both = (_as_date(dict(zip(parts, groups, strict=True)), None) for parts in ("ymd", "dmy"))
    return [day for day in both if day] or [None]


def _as_date(parts: dict[str, str | None], year: int | None) -> date | None:
    given = _year(parts.get("y"), year)
    if given is None:
        return None
    try:
        return date(given, *_month_and_day(parts))
    except ValueError:
        return None


def _year(written: str | None, year: int | None) -> int | None:
    """The year that is written, else *year*; one of two digits is one of SHORT_YEARS, or none."""
    if written is None:
        return year
    if len(written) == 2:
        short = 2000 + int(written)
        return short if short in SHORT_YEARS else None
    return int(written) if FIRST_YEAR <= int(written) <= LAST_YEAR else None


def _month_and_day(parts: dict[str, str | None]) -> tuple[int, int]:
    """The month and the day: 31/12, 12/31 the American way, 31 dec."""
    day = int(parts.get("d") or 0)
    if "b" in parts:
        return _MONTHS[(parts["b"] or "").lower()], day
    month = int(parts.get("m") or 0)
    is_turned = next(iter(parts)) == "d" and month > 12 >= day
    return (day, month) if is_turned else (month, day)


def year_in(text: str) -> int | None:
    """The one year that *text* names; none where it names two: 2024/25, 2023–2025."""
    if _TWO_YEARS.search(text):
        return None
    found = re.search(r"(?<!\d)(20\d\d)(?!\d)", text)
    return int(found.group(1)) if found else None


_TWO_YEARS = re.compile(
    r"(?<![\d/.-])20\d\d\s*(?:/|[-–—]|till|to|och|and)\s*(?:20)?\d\d(?![\d/.:-]|\s*(?:kl|jan|feb|mar|apr"
    r"|maj|may|jun|jul|aug|sep|o[kc]t|nov|dec))",
    re.I,
)
_ZONE = re.compile(r"(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(?:Z\b|\s?\+\d\d:?\d\d(?![:\d]))")
_CLOCK = r"(\d{1,2})(?:[.:](\d\d))?"
_SPAN = re.compile(
    r"\d{1,2}[.:]\d\d\s*(?:[-–—]|till|to)\s*\d{1,2}(?:[.:]\d\d)?|\bkl\.?\s*\d[\d.:]*(\s*[-–—]\s*\d[\d.:]*)?"
)
_ONE_CLOCK = re.compile(
    r"(?:(?:kl\.?|klockan|at)\s*)?(\d{1,2})(?:[.:](\d\d)(?:[.:]00)?|(?<=\d\d)(\d\d))?"
    r"(?:\s*(am|pm|a\.m\.?|p\.m\.?))?",
    re.I,
)
_TWO_CLOCKS = re.compile(r"\d\s*(?:[-–—]|till|to|och|and)\s*(?:kl\.?\s*)?\d", re.I)


def read_clock(text: str) -> time:
    """The one time of day that *text* says: 9, 9.30, kl. 09:30, 2 pm; two are Unclear."""
    text = plain(text).lower()
    if _TWO_CLOCKS.search(text):
        raise Unclear("two_times")
    found = _ONE_CLOCK.fullmatch(text)
    if found is None:
        raise Unclear("invalid")
    hour, minute = int(found[1]), int(found[2] or found[3] or 0)
    if found[4]:
        if not 1 <= hour <= 12:
            raise Unclear("invalid")
        hour = hour % 12 + (12 if found[4].startswith("p") else 0)
    if hour > 23 or minute > 59:
        raise Unclear("invalid")
    return time(hour, minute)


def find_times(text: str) -> tuple[str, str]:
    """Start and end as "09:00", each "" when not said: "kl. 9–11.30", "09:00-12:00", "kl 13"."""
    rest = _ZONE.sub(r"\1", re.sub(r"\d{4}-\d\d?-\d\d?", " ", text))
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
