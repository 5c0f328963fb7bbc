"""Names of people, in the order in which they are spoken; two in one place are asked about."""

import re
from dataclasses import dataclass, replace
from itertools import dropwhile

from partners.reading.text import Unclear, one_line

_BETWEEN = re.compile(
    r"[\n\r\t;]|\||\s*/\s*|\s+&\s+|\s+\+\s+|\s+(?:och|and|samt|eller|(?-i:or))\s+", re.I
)
_PARTICLES = {"von", "van", "der", "den", "af", "av", "de", "del", "la", "di", "da", "du", "le"}
_ROLES = (
    r"(?:chef(?:en)?|ledare|ansvarig|samordnare|strateg|utvecklare|konsult|direktör|råd|handläggare"
    r"|controller|manager|director|officer|coordinator|lead|engineer|president|chair|adviser|advisor)"
)
_TITLE = re.compile(
    r"(?:(?:tf|stf|f\.? ?d|vice|bitr|biträdande|ställföreträdande|senior|junior)\.? )?"
    r"(?:v?vd|ceo|cfo|coo|cto|dr|prof(?:essor)?|docent|ordf(?:örande)?|fil\.? ?dr|tekn\.? ?dr"
    r"|ph\.?d\.?|msc|mba|civ\.? ?ing|ingenjör|arkitekt|rektor|dekan|lektor|doktorand|forskare"
    r"|konsult|ägare|grundare|founder|owner|partner|student|assistent|sekreterare|kassör|suppleant"
    r"|ledamot|revisor|kso"
    rf"|\w*{_ROLES})"
    r"\.?(?: (?:för|of|på|vid|in|for)? ?[\w-]+){0,3}",
    re.I,
)
# Before or behind a name of two words or more, without a comma: "Miljöchef Bo Ek", "Bo Ek PhD".
_BEFORE_NAME = re.compile(
    r"((?:(?:v?vd|ceo|tf|stf|bitr|f\.? ?d|dr(?:\.? h\.? ?c)?|prof(?:essor)?(?:\.? em)?|docent|fru"
    r"|herr|mrs?|ms|doktor|ordf(?:örande)?|(?:civ\.? ?|högsk\.? ?)?ing|ingenjör|rektor|dekan|lektor"
    r"|kassör|sekreterare|suppleant|ledamot|revisor|kso|vik(?:arie)?|ers(?:ättare)?"
    rf"|\w*{_ROLES})\.? )+)(?=\S+ \S)",
    re.I,
)
_BEHIND_NAME = re.compile(
    r"(?<=\w) ((?:f\.? ?d\.?|f\.|född|née) \S+|(?:v?vd|ceo|ph\.?d\.?|msc|mba|ordf)\.?"
    rf"|\w{{2,}}{_ROLES})$",
    re.I,
)
_NUMBERED = re.compile(r"^(?:\d{1,3}[.)]|[•·*●-])\s+(?=\S)")
# Words of a cell that says whom to ask, or of whom there are more, and names nobody.
_NOBODY = re.compile(
    r"\b(?:m\.? ?fl\b|mfl\b|et al\b|hemsida|växel|kansli(?:et)?\b|receptionen|vakan[ts]|tillsätts"
    r"|kolleg(?:a|or)\b|kontakta\b|se (?:ovan|nedan|fliken?|bilaga)\b|person(?:er|al)\b|pers\b"
    r"|fr\.? ?o\.? ?m\b|t\.? ?o\.? ?m\b|därefter\b|tillsvidare\b|iphone|ipad\b|macbook|galaxy\b"
    r"|website\b|switchboard|vacant|colleagues?\b|see (?:above|below)\b"
    r"|sjuk(?:anmäld|skriven)?\b|av(?:bokade?|bokat|anmäld)\b|frånvarande\b|återbud\b|förhindrad\b"
    r"|(?:föräldra|tjänst)ledig\b|sluta[tr]\b|ej\b|inte\b|ers(?:ätter|ätts|ättare för)\b|absent\b"
    r"|cancell?ed\b|replace[sd]\b|on leave\b)",
    re.I,
)
_ORGANISATION = re.compile(
    r"\b(?:ab|hb|kb|ek\.? för|aktiebolag|kommun|region|universitet|university|högskola"
    r"|förening|stiftelse|myndighet|länsstyrelsen|inc|ltd|gmbh|oy|(?-i:AS|as)"
    r"|\w*(?:avdelning|förvaltning|enhet|nämnd|kommun|region|förening|myndighet)(?:en)?"
    r"|\w*(?:kontor|bolag|universitet)et|\w{3,}bolag|\w*(?:högskolan|stiftelsen))\b",
    re.I,
)
_LINK = re.compile(
    r"://|\bwww\.|@|[\w-]{2,}\.(?!dr\b|lic\b|kand\b|mag\b|ing\b)[^\W\d_]{2,}(?=$|[\s/?:#,;)])", re.I
)


_ROLE_AND_NAME = re.compile(rf"\w*{_ROLES} \S+", re.I)  # "chef Eva", who has no surname
_FOOTNOTE = re.compile(r"\s*(?:\d\)|[¹²³*])$")
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


def has_link(text: str) -> bool:
    """Whether a mail program would make a link of something in *text*."""
    return bool(_LINK.search(_tidy(text)))


def read_names(text: str) -> list[Name]:
    """Everybody that *text* names, or Unclear when it cannot be told who that is."""
    if len(text) > LONGEST:
        raise Unclear("invalid")
    if has_link(text):
        raise Unclear("link")
    parts = [part for part in map(_tidy, _BETWEEN.split(text)) if part]
    if not parts or _NOBODY.search(_without_brackets(_tidy(text)).name):
        raise Unclear("invalid")
    names = _of_part(parts[0])
    for part in parts[1:]:
        if kind := _kind(part, parts[0]):  # "Karin Lund, VD och ordförande"
            names[-1] = _with(names[-1], kind, part)
        else:
            names += _of_part(part)
    _check_each_is_whole(names)
    return names


def _check_each_is_whole(names: list[Name]) -> None:
    """Refuse names of which one is no name, or lacks what another has: "Anna och Karl Berg"."""
    said = {"first": names[0].name, "second": names[-1].name}
    if len({_begins_small(one.name) for one in names}) > 1:  # "Karin Lund, jurist"
        raise Unclear("comma", **said)
    if len({" " in one.name for one in names}) > 1:
        raise Unclear("shared", **said)


def _begins_small(name: str) -> bool:
    """Whether *name* begins like a word that is no name, or is an abbreviation."""
    first = name.split()[0]
    is_abbreviated = re.search(r"[^\W\d_]{2,}\.", name) is not None
    return is_abbreviated or (first[0].islower() and first not in _PARTICLES)


def _with(name: Name, kind: str, part: str) -> Name:
    return replace(name, **{kind: _joined(getattr(name, kind), part)})


def _joined(*texts: str) -> str:
    return ", ".join(filter(None, texts))


def _tidy(text: str) -> str:
    """The text on one line, without the address that follows a name in a mail program."""
    return one_line(re.sub(r"<[^<>]*@[^<>]*>", " ", text)).strip(" ,")


def _of_part(part: str) -> list[Name]:
    split = re.split(r"(?:,|\s[-–—]\s)(?![^()]*\))", _NUMBERED.sub("", part))
    pieces = [_without_brackets(piece) for piece in split if piece.strip()]
    pieces = _gathered(_behind_organisations(pieces))
    if "," in part and _is_turned([piece.name for piece in pieces]):
        _check_is_surname(*pieces)
        pieces = [_as_spoken(*pieces)]
    _check_whole(pieces)
    names = [_without_titles(piece) for piece in pieces]
    if not names or not all(_is_name(one.name) for one in names):
        raise Unclear("invalid")
    return names


def _behind_organisations(pieces: list[Name]) -> list[Name]:
    """The pieces without the organisations in front: "Miljöavdelningen, Eva Dal"."""
    people = list(dropwhile(lambda piece: _ORGANISATION.search(piece.name), pieces))
    if not people:
        return pieces
    before = [piece.name for piece in pieces[: len(pieces) - len(people)]]
    beside = _joined(*before, people[0].organisation)
    return [replace(people[0], organisation=beside), *people[1:]]


def _check_is_surname(first: Name, second: Name) -> None:
    """Refuse one word before two: "Berg, Åsa Maria" has a surname, "Vakin, Jon Lind" does not."""
    whole = [
        word
        for word in second.name.split()
        if not re.fullmatch(r"[^\W\d_](?:\.|\.[^\W\d_])*", word)
    ]
    if " " not in first.name and len(second.name.split()) > 1 and whole:
        raise Unclear("comma", first=first.name, second=second.name)


def _as_spoken(surname: Name, given: Name) -> Name:
    return Name(
        f"{given.name} {surname.name}",
        _joined(surname.title, given.title),
        _joined(surname.organisation, given.organisation),
    )


def _check_whole(pieces: list[Name]) -> None:
    """Refuse several names of which one is a single word: a surname and given names, or two."""
    if len(pieces) > 1 and any(" " not in piece.name for piece in pieces):
        raise Unclear("comma", first=pieces[0].name, second=pieces[1].name)


def _gathered(pieces: list[Name]) -> list[Name]:
    """The pieces that may be names; what is a title or an organisation is beside the one before."""
    found = pieces[:1]
    for piece in pieces[1:]:
        if kind := _kind(piece.name, pieces[0].name):
            found[-1] = _with(found[-1], kind, piece.name)
        else:
            found.append(piece)
    return found


def _without_brackets(text: str) -> Name:
    """The text without what stands in brackets, which is beside it as a title or another."""
    found = Name(" ".join(re.sub(r"\([^()]*\)", " ", text).split()))
    for beside in re.findall(r"\(([^()]*)\)", text):
        kind = "title" if _TITLE.fullmatch(beside.strip()) else "organisation"
        found = _with(found, kind, beside.strip())
    return found


def _without_titles(found: Name) -> Name:
    """The name without titles around it: "Miljöchef Bo Ek", "Bo Ek PhD", "Bo Ek f.d. Al"."""
    name, titles = found.name, []
    if before := _BEFORE_NAME.match(name):
        name = name[before.end() :]
        titles.append(before[1].strip())
    behind = _BEHIND_NAME.search(name)
    if behind and " " in name[: behind.start()]:
        name = name[: behind.start()]
        titles.append(behind[1])
    return Name(name, _joined(*titles, found.title), found.organisation)


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


def surname_first(text: str) -> tuple[str, str]:
    """*text* with a comma behind the surname it begins with, and "".

    Of three words the second may be of either: then the text is kept, and a likely name beside it.
    Behind a comma all words are given names.
    """
    if parted := re.fullmatch(r"(\w[\w'’-]*),\s*(\w[^,]* [^,]+)", text.strip()):
        is_one = not _BETWEEN.search(text) and not _kind(parted[2], parted[1])
        return (f"{parted[2]} {parted[1]}" if is_one else text), ""
    words = text.split()
    particles = 0
    while particles < len(words) and words[particles].lower() in _PARTICLES:
        particles += 1
    given = words[particles + 1 :]
    if not given or _BETWEEN.search(text) or "," in text:
        return text, ""
    surname = " ".join(words[: particles + 1])
    if len(given) == 1:
        return f"{surname}, {given[0]}", ""
    return text, f"{' '.join(given)} {surname}"


def before_remark(text: str) -> str:
    """What stands before the words that are no name: "Eva Dal" of "Eva Dal sjuk"."""
    found = _NOBODY.search(text) or _FOOTNOTE.search(text)
    return text[: found.start()].strip(" ,;:-–") if found else ""


def _is_name(text: str) -> bool:
    """Whether *text* has letters, no number to dial, and is nothing a spreadsheet would run."""
    if sum(map(str.isdigit, text)) > 3 or set(text) & _NO_NAME:
        return False
    if text[:1].isdigit() or _FOOTNOTE.search(text) or text.endswith("-"):
        return False
    if _ROLE_AND_NAME.fullmatch(text) or (" " not in text and _TITLE.fullmatch(text)):
        return False
    return bool(re.search(r"[^\W\d_]", text)) and text[0] not in "=+-@＝＋－＠"
