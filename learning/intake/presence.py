"""The many ways of writing in a list that somebody came, or did not."""

import re

from partners.sheets import cells

PRESENT, ABSENT, EXCUSED, UNKNOWN, WALK_IN = "present", "absent", "excused", "", "walk_in"
_PRESENCE = {
    PRESENT: "x xx ja j yes y 1 true sant ✓ ✔ ☑ närvarande närvarade närvaro deltog deltagit deltar"
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
    """What a cell says about being there; "" is unknown, None is not understood."""
    plain = " ".join(text.casefold().split()).strip(" .!")
    if not plain:
        return UNKNOWN
    for key in (plain, cells.fold(plain), plain.replace("-", " ")):
        if key in _WORDS:
            return _WORDS[key]
    head, *rest = (part.strip(" ).") for part in re.split(r"[,;(/:]| - ", plain))
    known = _WORDS.get(head) if rest else None
    if known == ABSENT and any(_WORDS.get(part) == EXCUSED for part in rest):
        return EXCUSED  # "nej, förhinder"
    return known
