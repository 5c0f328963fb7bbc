"""Codes of digits, which people paste with all that stands around them."""

import re

from partners.reading.text import Unclear, plain

_BETWEEN = re.compile(r"[\s\-\u00ad\u2010-\u2015\u2212_.,:;·•'\"“”‘’()\[\]<>*#/\\]+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060-\u2064\ufeff\0]")


def read_digits(text: str) -> str:
    """The digits of a code, 0–9, whatever script and signs they came in; letters are Unclear."""
    digits = _BETWEEN.sub("", plain(_INVISIBLE.sub("", text)))
    if not re.fullmatch(r"[0-9]+", digits):
        raise Unclear("invalid")
    return digits


def with_plain_digits(text: str) -> str:
    """*text* with digits of every script as 0–9 and every dash a hyphen."""
    return re.sub(r"[\u2010-\u2015\u2212]", "-", plain(text))
