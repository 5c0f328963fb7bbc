"""The one spelling in which the portal keeps a text, and the refusal that all readers share."""

import re
import unicodedata

# Invisible letters that come along with copied text, and marks that turn the writing direction.
_INVISIBLE = re.compile(
    "[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
# The joiners of Persian, of Indic scripts and of pictures mean something between two letters.
_JOINERS = "\u200c\u200d"
_PICTURE_PARTS = "\ufe0f"


class Unclear(ValueError):
    """A text that is not understood whole, with the reason; *said* holds the words it is about."""

    def __init__(self, code: str, **said: str) -> None:
        super().__init__(code, said)
        self.code, self.said = code, said


def canonical(text: str) -> str:
    """*text* composed and without invisible letters; NUL and line breaks stay as they are."""
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
    if not any(joiner in text for joiner in _JOINERS):
        return text
    return "".join(sign for place, sign in enumerate(text) if _belongs(text, place))


def _belongs(text: str, place: int) -> bool:
    """Whether the sign at *place* is no joiner, or one that stands between two signs."""
    if text[place] not in _JOINERS:
        return True
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return _joins(before) and _joins(after) and not (before + after).isascii()


def _joins(sign: str) -> bool:
    return bool(sign) and (
        sign == _PICTURE_PARTS or unicodedata.category(sign)[0] in "LM" or sign > "\u2190"
    )


def one_line(text: str) -> str:
    """*text* as it is kept, on one line, without stray spaces."""
    return canonical(" ".join(canonical(text.replace("\0", "")).split()))


def plain(text: str) -> str:
    """*text* for reading figures: one line, digits of every script as 0–9, no joiner.

    Signs that stand for a number of their own (½, ², ①) stay: no reader knows them.
    """
    line = one_line(text)
    return "".join(map(_plain_sign, line)).translate(dict.fromkeys(map(ord, _JOINERS)))


def _plain_sign(sign: str) -> str:
    if unicodedata.category(sign) == "Nd":
        return str(unicodedata.decimal(sign))
    if unicodedata.category(sign) in {"No", "Nl"}:
        return sign
    return unicodedata.normalize("NFKC", sign)
