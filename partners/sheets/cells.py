"""What people write in the cells of a list: names, addresses, numbers and dates, made comparable.

Knows no Django and no models: text in, text out.
"""

import re
import unicodedata
from functools import lru_cache

from partners.reading.addresses import find_addresses, guess_address
from partners.reading.names import read_name
from partners.reading.text import Unclear

_KEPT = "åäöæø"
_APART = re.compile(r"[^\w&+]+")
_COMPANY_FORMS = re.compile(
    r"\b(ab|aktiebolag|aktiebolaget|publ|hb|handelsbolag|handelsbolaget|kb|kommanditbolag"
    r"|ek for|ek för|ekonomisk förening|ideell förening|inc|ltd|gmbh|oy|as|aps)\b"
)


@lru_cache(maxsize=4_096)  # what a row says is compared with many things
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


@lru_cache(maxsize=4_096)
def stem(name: str) -> str:
    """An organisation's folded name without AB and the like; the whole if nothing were left."""
    folded = fold(name)
    return " ".join(_COMPANY_FORMS.sub(" ", folded).split()) or folded


def has_company_form(name: str) -> bool:
    return bool(_COMPANY_FORMS.search(fold(name)))


_NUMBER = re.compile(r"^\d{1,3}[.)]\s+(?=[^\W\d])")  # of the row, before a name
# As above, in signs or words: the cell is as good as empty, and what groups rows is asked about.
_DITTO = re.compile(
    r"[-–\s]*[\"'”“´`]+[-–\s\"'”“´`]*|(d[.:]?o\.?|dito|samma( som ovan)?|se ovan|same)", re.I
)


def own_name(text: str) -> str:
    """An organisation's name without the number of its row and a star; "" for ditto."""
    return "" if _DITTO.fullmatch(text) else _NUMBER.sub("", text).rstrip(" *")


# Addresses and names, for lists that tell what was not understood in words of their own


def addresses(text: str) -> list[str]:
    """The e-mail addresses in a cell as they are kept, in order, without repeats."""
    return find_addresses(text)


def likely_address(text: str) -> str:
    """A guess at the address somebody spelled with (at); "" if there is none."""
    return guess_address(text)


def letters_in_address(spoken: str, address: str) -> int:
    """How many letters of a name's words stand before the @ of *address*; 0 if no word does."""
    local = re.sub(r"[^a-z]", "", _ascii(address.partition("@")[0]))
    words = set(re.findall(r"[a-z]{2,}", _ascii(spoken)))
    return sum(len(word) for word in words if word in local)


def _ascii(text: str) -> str:
    return fold(text).translate(str.maketrans("åäöæø", "aaoao"))


def person_name(text: str) -> str:
    """The name of the one person in *text*, as it is spoken; else what is written there."""
    try:
        return read_name(text).name
    except Unclear:
        return " ".join(re.sub(r"<[^>]*>?", " ", text).split()).strip(" ,;")


def looks_like_formula(text: str) -> bool:
    return text[:1] in "=＝@＠" and len(text) > 1
