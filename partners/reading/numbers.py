"""Numbers the way people write them: 12,5 · 1 234,5 · ca 2 kton CO₂e per år."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from partners.reading.text import Unclear, plain

MOST_FIGURES = 30  # in one number

_ABOUT = re.compile(
    r"^(?:(?:ca|circa|cirka|approx)\.?|c:a|ungefär|omkring|about|around|approximately|[~≈])\s*"
)
_NUMBER = re.compile(r"(-?)\s?((?:\d[\d.,' ]*)?[.,]?\d)(?![\d.,'])\s*(.*)", re.ASCII)
_WHOLE = r"(?:\d+|\d{1,3}(?: \d{3})+|\d{1,3}(?:'\d{3})+)"
_PLAIN = re.compile(rf"({_WHOLE}?)(?:[.,](\d+))?", re.ASCII)
_GROUPED = re.compile(
    r"(\d{1,3}(?:(?:\.\d{3})+(?=,\d|$)|(?:,\d{3})+(?=\.\d|$)))(?:[.,](\d+))?", re.ASCII
)
_ONE_GROUP = re.compile(r"[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_MIXED = {True: re.compile(r"\.\d{3}$"), False: re.compile(r",\d{3}$")}  # Swedish, English
_MANY = re.compile(
    r"(?:(tusen|thousand)|(miljon(?:er)?|millions?|mn|mln)|(miljard(?:er)?|billions?))(?![^\W\d_])\s*"
)
_POWERS = (1_000, 1_000_000, 1_000_000_000)
_RANGE = re.compile(r"(?:[-–—]|till |to |eller |or )\s*\d")
_A_YEAR = r"(?:\s*(?:/\s*(?:år|year|yr|a)|per år|per year|om året|årligen|a year|yearly|p\.a\.?))?"


@dataclass(frozen=True)
class Unit:
    """The words that may follow a number, and how many of what is asked for one of them is.

    *pattern* matches all that may follow; its group "unit" is a key of *factors*, or not there.
    """

    pattern: str = ""
    factors: Mapping[str, int] | None = None

    def factor(self, words: str) -> int:
        """What to multiply with for *words*; refuses all that is not known."""
        found = re.fullmatch(self.pattern, words) if words else None
        if words and found is None:
            raise Unclear("range" if _RANGE.match(words) else "unit", words=words)
        name = found["unit"] if found and "unit" in found.groupdict() else None
        return (self.factors or {}).get(name or "", 1)


NO_UNIT = Unit()
TONNES = Unit(
    r"(?:(?P<unit>kilotonn?(?:es?)?|kilotons?|ktonn?(?:es?)?|kt|ton|tons|tonne|tonnes|t)"
    r"(?:\s*(?:co2(?:[ -]?(?:e|eq|ekv\.?|ekvivalenter|equivalents?))?"
    r"|koldioxid(?:ekvivalenter)?|carbon dioxide(?: equivalents?)?))?)?" + _A_YEAR,
    dict.fromkeys(
        ("kt", "kton", "ktonne", "ktonnes", "kiloton", "kilotons", "kilotonne", "kilotonnes"), 1_000
    ),
)
SEATS = Unit(r"(?:st\.?|platser|plats|personer|person|seats?|places?|people)")


def read_number(text: str, language: str, unit: Unit = NO_UNIT) -> Decimal:
    """The number that *text* says, in what is asked for, or Unclear.

    One comma or full stop is the decimal sign, but for 1,000 from an English reader; 1.000 from a
    Swedish one is asked about.
    """
    words = plain(text).casefold().replace("co₂", "co2").replace("’", "'")
    words = re.sub(r"^[\u2212\u2013\u2010\u2011\ufe63](?=\s?[\d.,])", "-", _ABOUT.sub("", words, 1))
    if len(words) > 3 * MOST_FIGURES:
        raise Unclear("long")
    found = _NUMBER.fullmatch(re.sub(r"\.$", "", words))
    if found is None:
        raise Unclear("invalid")
    sign, figures, rest = found.groups()
    number = _figures(figures, language)
    many = _MANY.match(rest)
    if many:
        power = next(power for power, word in zip(_POWERS, many.groups(), strict=True) if word)
        number, rest = number * power, rest[many.end() :]
    number *= unit.factor(rest.strip())
    return -number if sign else number


def _figures(text: str, language: str) -> Decimal:
    if sum(map(str.isdigit, text)) > MOST_FIGURES:
        raise Unclear("long")
    if _ONE_GROUP.fullmatch(text):
        text = _one_group(text, language)
    if re.search("[ ']", text) and _MIXED[language.startswith("sv")].search(text):
        raise Unclear("invalid")  # 1 000.000 is a thousand or a million
    found = (
        _GROUPED.fullmatch(text) if len(re.findall("[.,]", text)) > 1 else _PLAIN.fullmatch(text)
    )
    if found is None:
        raise Unclear("invalid")
    whole, decimals = found.groups()
    return Decimal(f"{re.sub('[^0-9]', '', whole) or 0}.{decimals or 0}")


def _one_group(text: str, language: str) -> str:
    """*text* such as 1,000 or 1.000, which is a thousand to some and one to others."""
    if language.startswith("sv"):
        if "." in text:
            whole, decimals = text.split(".")
            raise Unclear(
                "thousands",
                thousands=whole + decimals,
                decimals=f"{whole},{decimals.rstrip('0') or 0}",
            )
        return text
    return text.replace(",", "")
