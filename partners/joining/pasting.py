"""What stands in a list of addresses that somebody pastes, in any of the usual forms."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from partners.reading.addresses import find_addresses, guess_address, read_address
from partners.reading.names import read_name
from partners.reading.text import Unclear, one_line

LONGEST_NAME = 150
_SLIP = re.compile(r"(@[\w-]+),([a-z]{2,4})(?=[\s,;]|$)", re.I)  # "anna@granit,se" is one address
_KEPT = "\ue000"  # a comma that parts nothing


@dataclass(frozen=True)
class Entry:
    """One of a list: an address, or why it is none."""

    typed: str
    email: str = ""
    name: str = ""  # as it stood beside the address; "" where none did
    why: str = ""  # "no_at", "letters", "several" or "invalid"

    @property
    def meant(self) -> str:
        """The address that was probably meant, of what is none."""
        return "" if self.email else guess_address(self.typed)

    @property
    def called(self) -> str:
        """The name, or what the address says of it."""
        return self.name or name_in(self.email)

    @property
    def line(self) -> str:
        """As one line of a list that is read again."""
        if not self.email:
            return self.typed
        return f'"{self.name}" <{self.email}>' if self.name else self.email


def read_paste(text: str) -> list[Entry]:
    """Everything in *text* that is an address or should be one, in order, with repeats."""
    lines = text.replace("\t", ",").splitlines()
    pieces = (piece for line in lines for piece in _split(line, ";"))
    return [entry for piece in pieces for entry in _of_piece(piece)]


def name_in(email: str) -> str:
    """A name to call the owner of *email* by, until they say another: "Karin Lund"."""
    local = email.partition("@")[0].partition("+")[0]
    words = [word for word in re.split(r"[._]", local) if word.isalpha() and len(word) > 1]
    return " ".join(map(str.capitalize, words)) if len(words) > 1 else local


def _split(text: str, sign: str) -> list[str]:
    """The parts between the *sign*, which parts nothing within quotes."""
    parts = re.findall(rf'(?:"[^"]*"|[^{sign}"]|")+', text)
    return [part for part in map(one_line, parts) if part]


def _of_piece(piece: str) -> Iterable[Entry]:
    """Addresses with commas or tabs between them, or names and columns beside one."""
    found: list[Entry] = []
    beside: list[str] = []  # what stood before an address, without one
    for part in _split(_SLIP.sub(rf"\1{_KEPT}\2", piece), ","):
        part = part.replace(_KEPT, ",")
        if "@" not in part:
            beside.append(part)
            continue
        own = _tidy(part.partition("<")[0]) if "<" in part else ""
        name = _name(", ".join(filter(None, [*beside, own])))
        if beside and not name:
            found += map(_wrong, beside)
        found += _of_part(part, name or _name(own))
        beside = []
    name = _name(", ".join(beside)) if len(found) == 1 and not found[0].name else ""
    if name and found[0].email:  # "karin@granit.se, Karin Lund"
        return [Entry(found[0].typed, found[0].email, name)]
    return [*found, *map(_wrong, beside)]


def _of_part(part: str, name: str) -> list[Entry]:
    try:
        return [Entry(part, read_address(part), name)]
    except Unclear as unclear:
        words = part.split()
        if len(words) > 1 and all("@" in word for word in words):
            return [entry for word in words for entry in _of_part(word, "")]
        before = _name(_tidy(part.rpartition(words[-1])[0]))
        if before and "@" in words[-1] and find_addresses(words[-1]):  # "Karin Lund karin@x.se"
            return _of_part(words[-1], before)
        return [Entry(part, why=unclear.code)]


def _wrong(text: str) -> Entry:
    return Entry(text, why="no_at")


def _tidy(text: str) -> str:
    return text.strip(" \"'")


def _name(text: str) -> str:
    """The one name that *text* is, in the order in which it is spoken; "" if it is none."""
    text = text.replace('"', " ")
    try:
        name = read_name(text).name if text.strip() else ""
    except Unclear:
        return ""
    return name if len(name) <= LONGEST_NAME and name[:1].isupper() else ""
