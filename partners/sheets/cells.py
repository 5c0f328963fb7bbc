"""What people write in the cells of a list: names, addresses, numbers and dates, made comparable.

Knows no Django and no models: text in, text out.
"""

import re
import unicodedata
from functools import lru_cache

from stdnum.se import orgnr

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
