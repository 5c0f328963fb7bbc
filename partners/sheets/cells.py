"""What people write in the cells of a list: names, addresses, numbers and dates, made comparable.

Knows no Django and no models: text in, text out.
"""

import re
import unicodedata

from partners.reading.addresses import find_addresses, guess_address
from partners.reading.names import read_name
from partners.reading.text import Unclear

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
