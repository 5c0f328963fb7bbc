"""Organisation numbers the way people write them; kept as 556000-1234."""

import re

from stdnum.se import orgnr

from partners.reading.codes import with_plain_digits
from partners.reading.text import Unclear

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


def read_org_number(text: str) -> str:
    """The number as it is kept; a person's number is refused, for the portal keeps none."""
    if is_personal_number(text):
        raise Unclear("personal")
    if number := org_number(text):
        return number
    raise Unclear("check" if org_digits(text) else "invalid")
