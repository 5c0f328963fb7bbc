"""Names of people, in the order in which they are spoken; two in one place are asked about."""

import re
from dataclasses import dataclass, replace

from partners.reading.text import Unclear, one_line

_BETWEEN = re.compile(
    r"[\n\r\t;]|\||\s*/\s*|\s+&\s+|\s+\+\s+|\s+(?:och|and|samt|eller|or)\s+", re.I
)
_PARTICLES = {"von", "van", "der", "den", "af", "av", "de", "del", "la", "di", "da", "du", "le"}
_TITLE = re.compile(
    r"(?:(?:tf|stf|f\.? ?d|vice|bitr|biträdande|ställföreträdande|senior|junior)\.? )?"
    r"(?:v?vd|ceo|cfo|coo|cto|dr|prof(?:essor)?|docent|ordf(?:örande)?|fil\.? ?dr|tekn\.? ?dr"
    r"|ph\.?d\.?|msc|mba|civ\.? ?ing|ingenjör|arkitekt|rektor|dekan|lektor|doktorand|forskare"
    r"|konsult|ägare|grundare|founder|owner|partner|student|assistent|sekreterare|kassör"
    r"|\w*(?:chef|ledare|ansvarig|samordnare|strateg|utvecklare|konsult|direktör|råd|handläggare"
    r"|controller|manager|director|officer|coordinator|lead|engineer|president|chair|adviser|advisor))"
    r"\.?(?: (?:för|of|på|vid|in|for)? ?[\w-]+){0,3}",
    re.I,
)
_ORGANISATION = re.compile(
    r"\b(?:ab|hb|kb|ek\.? för|aktiebolag|kommun|region|universitet|university|högskola"
    r"|förening|stiftelse|myndighet|länsstyrelsen|inc|ltd|gmbh|oy|as)\b",
    re.I,
)
_LINK = re.compile(
    r"://|\bwww\.|@|[\w-]{2,}\.(?!dr\b|lic\b|kand\b|mag\b|ing\b)[^\W\d_]{2,}(?=$|[\s/?:#,;)])", re.I
)


_NO_NAME = set(":*?!#%=<>{}[]\\|_^~$€@⏎")
LONGEST = 1_000  # of all the names in one place


@dataclass(frozen=True)
class Name:
    """One person's name, and what stood beside it: a title or an organisation."""

    name: str
    title: str = ""
    organisation: str = ""


def read_name(text: str) -> Name:
    """The one person that *text* names, or Unclear."""
    names = read_names(text)
    if len(names) > 1:
        raise Unclear("several", first=names[0].name, second=names[1].name)
    return names[0]


def read_names(text: str) -> list[Name]:
    """Everybody that *text* names, or Unclear when it cannot be told who that is."""
    if len(text) > LONGEST:
        raise Unclear("invalid")
    if _LINK.search(_tidy(text)):
        raise Unclear("link")
    parts = [part for part in map(_tidy, _BETWEEN.split(text)) if part]
    if not parts:
        raise Unclear("invalid")
    names = _of_part(parts[0])
    for part in parts[1:]:
        if kind := _kind(part, parts[0]):  # "Karin Lund, VD och ordförande"
            names[-1] = _with(names[-1], kind, part)
        else:
            names += _of_part(part)
    if len({_begins_small(one.name) for one in names}) > 1:  # "Karin Lund, jurist"
        raise Unclear("comma", first=names[0].name, second=names[-1].name)
    return names


def _begins_small(name: str) -> bool:
    """Whether *name* begins like a word that is no name, or is an abbreviation."""
    first = name.split()[0]
    is_abbreviated = re.search(r"[^\W\d_]{2,}\.", name) is not None
    return is_abbreviated or (first[0].islower() and first not in _PARTICLES)


def _with(name: Name, kind: str, part: str) -> Name:
    return replace(name, **{kind: ", ".join(filter(None, (getattr(name, kind), part)))})


def _tidy(text: str) -> str:
    """The text on one line, without the address that follows a name in a mail program."""
    return one_line(re.sub(r"<[^<>]*@[^<>]*>", " ", text)).strip(" ,")


def _of_part(part: str) -> list[Name]:
    part, titles, organisations = _without_brackets(part)
    pieces = [piece.strip() for piece in re.split(r",|\s[-–—]\s", part) if piece.strip()]
    _move_what_is_no_name(pieces, titles, organisations)
    if "," in part and _is_turned(pieces):
        pieces = [f"{pieces[1]} {pieces[0]}"]
    if len(pieces) > 1 and any(len(piece.split()) < 2 for piece in pieces):
        raise Unclear("comma", first=pieces[0], second=pieces[1])
    if not pieces or not all(map(_is_name, pieces)):
        raise Unclear("invalid")
    return [Name(piece, ", ".join(titles), ", ".join(organisations)) for piece in pieces]


def _move_what_is_no_name(pieces: list[str], titles: list[str], organisations: list[str]) -> None:
    while len(pieces) > 1 and (kind := _kind(pieces[-1], pieces[0])):
        (titles if kind == "title" else organisations).insert(0, pieces.pop())


def _without_brackets(part: str) -> tuple[str, list[str], list[str]]:
    """The text without what stands in brackets, the titles there, and what else is there."""
    beside = [text.strip() for text in re.findall(r"\(([^()]*)\)", part)]
    titles = [text for text in beside if _TITLE.fullmatch(text)]
    others = [text for text in beside if text not in titles]
    return " ".join(re.sub(r"\([^()]*\)", " ", part).split()), titles, others


def _kind(text: str, first: str) -> str:
    """What *text* after a name is: "title", "organisation", or "" when it may be a name."""
    if _TITLE.fullmatch(text):
        return "title"
    shouted = bool(re.search(r"[^\W\d_]{2}", text)) and text.isupper() and not first.isupper()
    return "organisation" if shouted or _ORGANISATION.search(text) else ""


def _is_turned(pieces: list[str]) -> bool:
    """Whether the pieces are a surname of one word, but for its particles, and given names."""
    if len(pieces) != 2 or len(pieces[1].split()) > 3:
        return False
    return sum(word.lower() not in _PARTICLES for word in pieces[0].split()) == 1


def _is_name(text: str) -> bool:
    """Whether *text* has letters, no number to dial, and is nothing a spreadsheet would run."""
    if sum(map(str.isdigit, text)) > 3 or set(text) & _NO_NAME:
        return False
    return bool(re.search(r"[^\W\d_]", text)) and text[0] not in "=+-@＝＋－＠"
