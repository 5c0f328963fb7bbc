"""What people write in the cells of a list: names, addresses, numbers and dates, made comparable.

Knows no Django and no models: text in, text out.
"""

import re
import unicodedata
from functools import lru_cache

from stdnum.se import orgnr

from partners.reading.addresses import find_addresses, guess_address
from partners.reading.codes import with_plain_digits
from partners.reading.names import read_name
from partners.reading.text import Unclear

_KEPT = "åäöæø"
_APART = re.compile(r"[^\w&+]+")
_COMPANY_FORMS = re.compile(
    r"\b(ab|aktiebolag|aktiebolaget|publ|hb|handelsbolag|handelsbolaget|kb|kommanditbolag"
    r"|ek for|ek för|ekonomisk förening|ideell förening|inc|ltd|gmbh|oy|as|aps)\b"
)


def fold(text: str) -> str:
    """*text* for comparing: lower case, no punctuation, accents dropped except å, ä and ö."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    if not folded.isascii():
        folded = "".join(map(_without_accent, folded))
    return " ".join(_APART.sub(" ", folded).split())


@lru_cache(maxsize=1000)
def _without_accent(letter: str) -> str:
    if letter in _KEPT:
        return letter
    parts = unicodedata.normalize("NFD", letter)
    return "".join(part for part in parts if not unicodedata.combining(part))


def stem(name: str) -> str:
    """An organisation's folded name without AB and the like; the whole if nothing were left."""
    folded = fold(name)
    return " ".join(_COMPANY_FORMS.sub(" ", folded).split()) or folded


def has_company_form(name: str) -> bool:
    return bool(_COMPANY_FORMS.search(fold(name)))


# Organisation numbers

_BEFORE_NUMBER = re.compile(
    r"^(?:org\.?\s?(?:nr|nummer)?\.?:?\s*)?(?:SE(?=[\d\s-]{10,}))?", re.IGNORECASE
)


def org_digits(text: str) -> str:
    """The ten digits of an organisation number however it was written; "" if they are not ten."""
    text = _BEFORE_NUMBER.sub("", with_plain_digits(text))
    digits = re.sub(r"[\s-]", "", re.sub(r"[.,]0$", "", text))
    if not digits.isdecimal():
        return ""
    if len(digits) == 12 and (digits.startswith("16") or digits.endswith("01")):
        digits = digits[2:] if digits.startswith("16") else digits[:10]
    return digits if len(digits) == 10 else ""


def is_personal_number(text: str) -> bool:
    """Whether the number may be a person's: its third and fourth digit could be a month."""
    digits = re.sub(r"\D", "", re.sub(r"[.,]0$", "", with_plain_digits(text)))
    if len(digits) == 12 and digits[:2] in {"18", "19", "20"}:
        digits = digits[2:]
    return len(digits) == 10 and int(digits[2:4]) < 20


def org_number(text: str) -> str:
    """The number as 556000-1234, or "" when it is none or its check digit does not fit."""
    digits = org_digits(text)
    if not digits or not orgnr.is_valid(digits):
        return ""
    return f"{digits[:6]}-{digits[6:]}"


# Addresses and names, for lists that tell what was not understood in words of their own


def addresses(text: str) -> list[str]:
    """The e-mail addresses in a cell as they are kept, in order, without repeats."""
    return find_addresses(text)


def likely_address(text: str) -> str:
    """A guess at the address somebody spelled with (at); "" if there is none."""
    return guess_address(text)


def person_name(text: str) -> str:
    """The name of the one person in *text*, as it is spoken; else what is written there."""
    try:
        return read_name(text).name
    except Unclear:
        return " ".join(re.sub(r"<[^>]*>?", " ", text).split()).strip(" ,;")


def looks_like_formula(text: str) -> bool:
    return text[:1] in "=＝@＠" and len(text) > 1
