"""The many ways of writing in a list that somebody came, or did not."""

import re

from partners.sheets import cells

PRESENT, ABSENT, EXCUSED, UNKNOWN, WALK_IN = "present", "absent", "excused", "", "walk_in"
_PRESENCE = {
    PRESENT: "kom en del av tiden närvarande en del av tiden present part of the time"
    " x xx ja j yes y 1 true sant ✓ ✔ ☑ närvarande närvarade närvaro deltog deltagit deltar"
    " present attended here där kom ok på plats var med digitalt online delvis kom sent late"
    " partly partial incheckad checked in √ v n\u00e4rv distans via teams teams zoom",
    ABSENT: "nej n no 0 false falskt frånvarande frånvaro absent uteblev utebliven no show noshow"
    " kom ej kom inte deltog ej deltog inte ej närvarande inte närvarande ej not present"
    " did not attend missing – - — ✗ ✘ ❌ borta frånv",
    EXCUSED: "sjuk sjukanmäld förhinder avbokad avbokat avbokade avanmäld avanmälde excused vab"
    " vabbar sick ill cancelled canceled återbud anmält förhinder anmäld frånvaro fick förhinder"
    " sent återbud anmälde förhinder absent, had sent word"
    " giltig frånvaro ursäktad lämnat återbud e semester ledig föräldraledig",
    UNKNOWN: "? ?? vet ej okänt okänd unknown n/a na inte noterad utan uppgift not noted",
    WALK_IN: "drop in dropin walk in walkin oanmäld spontan ej föranmäld kom utan anmälan"
    " walked in",
}
_PHRASES = (
    "kom en del av tiden", "närvarande en del av tiden", "present part of the time",
    "på plats", "var med", "kom sent", "checked in", "via teams", "no show", "kom ej", "kom inte",
    "deltog ej", "deltog inte", "ej närvarande", "inte närvarande", "not present", "did not attend",
    "sent återbud", "anmälde förhinder", "absent, had sent word",
    "inte noterad", "utan uppgift", "not noted", "kom utan anmälan", "walked in",
    "anmält förhinder", "anmäld frånvaro", "fick förhinder", "giltig frånvaro", "lämnat återbud",
    "vet ej", "drop in", "walk in", "ej föranmäld",
)  # fmt: skip


def _presence_words() -> dict[str, str]:
    words: dict[str, str] = {}
    for status, text in _PRESENCE.items():
        for phrase in _PHRASES:
            if phrase in text:
                words[phrase] = status
                text = text.replace(phrase, " ")
        words.update({word: status for word in text.split() if word not in words})
    return words


_WORDS = _presence_words()


# Marks that say something, but not to everybody the same: they are asked about.
_UNCLEAR = {
    "☐", "□", "▢", "kanske", "maybe", "oklart", "oklar", "osäkert", "osäker", "unsure", "tveksam",
    "preliminärt", "prel", "tentative", "!", "o", "/", "(x)", "+", "*",
}  # fmt: skip


def is_mark(text: str) -> bool:
    """Whether a cell is a mark at all, known or to be asked about."""
    return presence(text) is not None or text.casefold().strip() in _UNCLEAR


def presence(text: str) -> str | None:
    """What a cell says about being there; "" is unknown, None is not understood, or not sure."""
    plain = " ".join(text.casefold().split()).strip(" .!")
    if not plain:
        return UNKNOWN
    if plain in _UNCLEAR:
        return None
    if plain in _WORDS:
        return _WORDS[plain]
    if _UNSURE.search(plain):
        return None
    for key in (cells.fold(plain), plain.replace("-", " ")):
        if key in _WORDS and not _BESIDE.search(plain):
            return _WORDS[key]
    return _of_several(plain, text)


_UNSURE = re.compile(r"\?|^\(|\d[.,]\d")  # "x?", "(x)", "0,5"
_BESIDE = re.compile(r"[,;(/:]| - ")
_INSTEAD = re.compile(r"ersätt|ersatt|vikari|i ?stället|instead|substitute|ombud")
_SOMEBODY = re.compile(r"\(\s*[A-ZÅÄÖ][a-zåäöé]+(\s+[A-ZÅÄÖ][a-zåäöé]+)*\s*\)")


def _of_several(plain: str, text: str) -> str | None:
    """What the first word says, unless what stands beside it says otherwise, or of whom else."""
    head, *rest = (part.strip(" ).") for part in _BESIDE.split(plain))
    known = _WORDS.get(head) if rest else None
    others = {word for part in rest for word in _said_in(part)} - {known}
    if known == ABSENT and others == {EXCUSED} and not _INSTEAD.search(plain):
        return EXCUSED  # "nej, förhinder"
    return None if others or (_is_doubtful(plain, text) and not _is_known(rest)) else known


def _is_doubtful(plain: str, text: str) -> bool:
    """Whether a cell speaks of somebody else, or of one thing or another."""
    return bool("/" in plain or _INSTEAD.search(plain) or _SOMEBODY.search(text))


def _is_known(parts: list[str]) -> bool:
    return all(part in _WORDS for part in parts)


def _said_in(part: str) -> set[str]:
    """What the words of a part say, each by itself, where it does not as a whole."""
    if part in _WORDS:
        return {_WORDS[part]}
    return {_WORDS[word] for word in part.split() if len(word) > 1 and word in _WORDS}
