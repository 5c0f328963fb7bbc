"""What people write in the cells of a list: names, addresses, numbers and dates, made comparable.

Knows no Django and no models: text in, text out.
"""

import re
import unicodedata
from datetime import date, timedelta

from stdnum.se import orgnr

_KEPT = "åäöæø"
_COMPANY_FORMS = re.compile(
    r"\b(ab|aktiebolag|aktiebolaget|publ|hb|handelsbolag|handelsbolaget|kb|kommanditbolag"
    r"|ek for|ek för|ekonomisk förening|ideell förening|inc|ltd|gmbh|oy|as|aps)\b"
)


def fold(text: str) -> str:
    """*text* for comparing: lower case, no punctuation, accents dropped except å, ä and ö."""
    out = []
    for letter in unicodedata.normalize("NFKC", text).casefold():
        if letter in _KEPT:
            out.append(letter)
        else:
            plain = unicodedata.normalize("NFD", letter)
            out.extend(part for part in plain if not unicodedata.combining(part))
    return " ".join(re.sub(r"[^\w&+]+", " ", "".join(out)).split())


def stem(name: str) -> str:
    """An organisation's folded name without AB and the like; the whole if nothing were left."""
    folded = fold(name)
    return " ".join(_COMPANY_FORMS.sub(" ", folded).split()) or folded


def has_company_form(name: str) -> bool:
    return bool(_COMPANY_FORMS.search(fold(name)))


# Organisation numbers


def org_digits(text: str) -> str:
    """The ten digits of an organisation number however it was written; "" if they are not ten."""
    text = re.sub(r"^\s*SE(?=[\d\s-]{10,})", "", text.strip(), flags=re.I)
    digits = re.sub(r"\D", "", re.sub(r"[.,]0$", "", text))
    if len(digits) == 12 and (digits.startswith("16") or digits.endswith("01")):
        digits = digits[2:] if digits.startswith("16") else digits[:10]
    return digits if len(digits) == 10 else ""


def is_personal_number(text: str) -> bool:
    """Whether the number may be a person's: its third and fourth digit could be a month."""
    digits = re.sub(r"\D", "", re.sub(r"[.,]0$", "", text))
    if len(digits) == 12 and digits[:2] in {"18", "19", "20"}:
        digits = digits[2:]
    return len(digits) == 10 and int(digits[2:4]) < 20


def org_number(text: str) -> str:
    """The number as 556000-1234, or "" when it is none or its check digit does not fit."""
    digits = org_digits(text)
    if not digits or not orgnr.is_valid(digits):
        return ""
    return f"{digits[:6]}-{digits[6:]}"


# Addresses


_ADDRESS = re.compile(r"[^\s<>,;:()\[\]\"|/]+@[^\s<>,;:()\[\]\"|/]+")
_AT = re.compile(r"\s*[(\[{]\s*(?:at|snabel-?a|@)\s*[)\]}]\s*|\s+(?:at|snabel-?a)\s+", re.I)


def addresses(text: str) -> list[str]:
    """The e-mail addresses in a cell, in lower case, in order, without repeats."""
    text = re.sub(r"mailto:", " ", text, flags=re.I)
    found = [match.strip(".'’`-").lower() for match in _ADDRESS.findall(text)]
    return list(dict.fromkeys(address for address in found if is_address(address)))


def is_address(text: str) -> bool:
    local, _at, domain = text.rpartition("@")
    labels = domain.split(".")
    return bool(
        len(text) <= 254
        and re.fullmatch(r"[\w.!#$%&'*+=?^`{|}~-]{1,64}", local)
        and ".." not in local
        and len(labels) > 1
        and all(re.fullmatch(r"[\w](?:[\w-]{0,61}[\w])?", label) for label in labels)
        and re.search(r"[^\W\d]", labels[-1])
        and text.isascii()
    )


def likely_address(text: str) -> str:
    """A guess at the address somebody spelled with (at); "" if there is none."""
    guess = addresses(_AT.sub("@", text))
    return guess[0] if guess else ""


# Names


def person_name(text: str) -> str:
    """A name in the order it is spoken: "Forsell, Jöns" is Jöns Forsell. Addresses are cut away."""
    text = re.sub(r"<[^>]*>?", " ", text)
    text = " ".join(text.split()).strip(" ,;")
    turned = re.fullmatch(r"([^,\"()=/]{1,60}), ?([^,\"()=/]{1,60})", text)
    if turned and not re.search(r"\d", text):
        text = f"{turned.group(2).strip()} {turned.group(1).strip()}"
    return text


def looks_like_formula(text: str) -> bool:
    return text[:1] in "=＝@＠" and len(text) > 1


# Dates and times

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


def find_date(text: str, year: int | None = None) -> date | None:
    """The first date in *text*, the Swedish way round; *year* serves dates written without one."""
    for pattern, order in _DATE_FORMS:
        for match in pattern.finditer(text):
            found = _as_date(dict(zip(order, match.groups(), strict=True)), year)
            if found:
                return found
    return None


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
        return date(1899, 12, 30) + timedelta(days=int(text[:5]))
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
