"""Telephone numbers the way people write them; kept as they are dialled in Sweden."""

import re
from functools import lru_cache

import phonenumbers

from partners.reading.codes import with_plain_digits
from partners.reading.text import Unclear

HOME = "SE"

_BEFORE = re.compile(
    r"^(?:tel\.?|telefon|telephone|phone|mobil|mobile|mob\.?|tfn\.?)\s*:?\s*", re.I
)
_EXTENSION = re.compile(
    r"\s*(?:,?\s*(?:ankn\.?|anknytning|ext\.?|extension|x)\s*:?\s*)(\d{1,7})$", re.I
)
# What may stand beside a number, and changes nothing in it.
_NOTE = re.compile(
    r"[\s,]*\(?\b(?:vx|växel(?:n)?|switchboard|direkt|dir|mobil|mob|mobile|cell|arb(?:ete)?|jobb?"
    r"|work|hem|home|bost(?:ad)?|kontor(?:et)?|office|tjänste(?:tel(?:efon)?)?)\b\.?\)?[\s:]*",
    re.I,
)
_ALLOWED = re.compile(r"\+?[\d\s\-./()]+")
_SEVERAL = re.compile(
    r"\s*(?:[;,|\n\r]|\s/\s|/(?=\s*[+0]\d)|\b(?:eller|alt(?:ernativt)?|or)\b\.?|\boch\b|\band\b)\s*",
    re.I,
)


def read_phone(text: str) -> str:
    """The number as it is kept: 070-123 45 67, or with + and its country from abroad.

    The zero that a spreadsheet took from a Swedish number is put back: none begins without it.
    """
    written = _NOTE.sub(" ", _BEFORE.sub("", with_plain_digits(text))).strip()
    number, extension = _without_extension(written)
    if len([part for part in _SEVERAL.split(number) if re.search(r"\d", part)]) > 1:
        raise Unclear("several")
    number = re.sub(r"^(\+|00)(46)\s*\(0\)", r"+\2 ", number)
    number = re.sub(r"\.0$", "", number)
    if not _ALLOWED.fullmatch(number):
        raise Unclear("invalid")
    try:
        parsed = phonenumbers.parse(number, HOME)
    except phonenumbers.NumberParseException as refusal:
        raise Unclear("invalid") from refusal
    at_home = parsed.country_code == phonenumbers.country_code_for_region(HOME)
    if not _can_be_dialled(parsed, at_home):
        raise Unclear("invalid")
    form = phonenumbers.PhoneNumberFormat
    number = phonenumbers.format_number(parsed, form.NATIONAL if at_home else form.INTERNATIONAL)
    return f"{number} ext. {extension}" if extension else number


def read_phones(text: str) -> list[str]:
    """The numbers in *text* as they are kept, in order, without repeats; one unclear, all are."""
    parts = [part for part in _SEVERAL.split(text) if re.search(r"\w", part)]
    try:
        return [read_phone(text)]
    except Unclear as unclear:
        if unclear.code != "several" and len(parts) < 2:
            raise
    return list(dict.fromkeys(map(read_phone, parts)))


def _can_be_dialled(number: phonenumbers.PhoneNumber, at_home: bool) -> bool:
    """Whether there may be such a number abroad, or is one in Sweden: none without its area."""
    if at_home:
        return phonenumbers.is_valid_number(number) and not number.italian_leading_zero
    return phonenumbers.is_possible_number(number)


def _without_extension(written: str) -> tuple[str, str]:
    found = _EXTENSION.search(written)
    return (written[: found.start()], found[1]) if found else (written, "")


def lost_a_zero(text: str) -> bool:
    """Whether a spreadsheet took the first zero of *text*, so that it is worth a word."""
    return bool(re.fullmatch(r"[1-9]\d{6,8}(\.0)?", with_plain_digits(text)))


@lru_cache(maxsize=500)
def phones_in(text: str) -> list[str]:
    """The numbers of a cell as they are kept; none where it is not understood."""
    try:
        return read_phones(text) if text else []
    except Unclear:
        return []
