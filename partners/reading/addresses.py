"""E-mail addresses: one kept spelling, with the domain in ASCII, and one to show."""

import re
from urllib.parse import unquote

import idna

from partners.reading.text import Unclear, one_line

_HIDDEN = re.compile("[\u200c\u200d\ufe0f]")
_PART = r"[^\s<>,;:()\[\]\"|/\\]"
_PART_BUT_AT = r"[^\s<>,;:()\[\]\"|/\\@]"
_ADDRESS = re.compile(rf"(?<!{_PART})({_PART_BUT_AT}{{1,64}})@({_PART}{{1,255}})(?!{_PART})")
LONGEST = 500  # with a name and a link around it
_AT = re.compile(
    r"\s*[(\[{]\s*(?:at|a|snabel-?a|@)\s*[)\]}]\s*|\s+(?:at|snabel-?a)\s+|\s+@\s*|\s*@\s+", re.I
)
_DOT = re.compile(r"\s*[(\[{]\s*(?:dot|punkt)\s*[)\]}]\s*", re.I)
_AROUND_DOT = re.compile(r"(?<=\w)\s+\.\s*(?=\w)")
_COMMA = re.compile(r"(@[\w-]+),(?=[a-z]{2,4}$)", re.I)
_NOTE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\"[^\"]*\"")
_PUNCTUATION = re.compile(r"[\s,;:|/<>()&+\[\]\"'–—-]+")
_BESIDE = {
    "och", "samt", "eller", "and", "or", "av", "af", "von", "van", "de", "der", "den", "till",
    "e", "post", "epost", "mail", "mejl", "email", "adress", "privat", "jobb", "arbete", "cc",
    "kopia", "alt", "work", "home",
}  # fmt: skip
_LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
# What IDNA leaves as it is; asking it for each of 20,000 addresses takes two seconds.
_PLAIN_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_QUOTES = "'’`´‘“”"
_AFTER = f".!?:{_QUOTES}"
_LINK = re.compile(r"mailto:([^\s<>]*)", re.I)


# Where anybody may have an address: it tells of no organisation.
_OF_ANYBODY = re.compile(
    r"(?:.*\.)?(?:gmail|googlemail|hotmail|outlook|live|msn|icloud|me|yahoo|telia|tele2|bredband2"
    r"|bredband|spray|proton|protonmail|bahnhof|comhem|passagen|mail|home)\.(?:com|se|net|nu|me)"
)


def is_of_anybody(domain: str) -> bool:
    """Whether *domain* has addresses for everybody, so that it names no employer."""
    return bool(_OF_ANYBODY.fullmatch(domain))


def read_address(text: str) -> str:
    """The one address that *text* holds, as it is kept, or Unclear.

    What a mail program puts around it (a name, <…>, mailto:) is known; other words are not.
    """
    if len(text) > LONGEST:
        raise Unclear("invalid")
    line = _tidy(text)
    found = find_addresses(line)
    if len(found) > 1:
        raise Unclear("several", first=found[0])
    if found and _is_all(line):
        return found[0]
    if "@" in line and not line.rpartition("@")[0].isascii() and _is_all(line):
        raise Unclear("letters")
    raise Unclear("invalid")


def canonical_address(text: str) -> str:
    """The address in its kept spelling; what is no address in lower case, for nobody has it."""
    try:
        return read_address(text)
    except Unclear:
        return one_line(text).lower()


def find_addresses(text: str) -> list[str]:
    """The addresses in *text* as they are kept, in order, without repeats."""
    kept = (_kept(*match.groups()) for match in _ADDRESS.finditer(_tidy(text)))
    return list(dict.fromkeys(filter(None, kept)))


def read_addresses(text: str) -> list[str]:
    """The addresses that *text* holds, as find_addresses gives them, or Unclear.

    Names and notes may stand beside them; not half an address, as in "anna berg@x.se".
    """
    found = find_addresses(text)
    if len(found) == 1 and text.lower() == found[0]:
        return found  # as nearly all are
    line = _tidy(text)
    rest = _ADDRESS.sub(lambda match: " " if _kept(*match.groups()) else match[0], line)
    words = _PUNCTUATION.sub(" ", _NOTE.sub(" ", rest)).split()
    is_alone = len(words) == 1 and "<" not in line and ":" not in line
    if not found or not all(map(_may_stand_beside, words)) or (is_alone and _is_capital(words[0])):
        raise Unclear("invalid")
    return found


def _may_stand_beside(word: str) -> bool:
    return "@" not in word and (_is_capital(word) or word.lower().strip(".") in _BESIDE)


def _is_capital(word: str) -> bool:
    return word[0].isupper() and word.lower() not in _BESIDE


def guess_address(text: str) -> str:
    """The one address somebody spelled with (at) or a slip, to ask about; "" if there is none."""
    line = _AROUND_DOT.sub(".", _DOT.sub(".", _AT.sub("@", one_line(text))))
    try:
        return read_addresses(_COMMA.sub(r"\1.", line))[0]
    except Unclear:
        return ""


def readable(address: str) -> str:
    """*address* with its domain as people write it: info@åäö.se."""
    local, at, domain = address.rpartition("@")
    try:
        return f"{local}{at}{idna.decode(domain)}" if "xn--" in domain else address
    except idna.IDNAError:
        return address


def _tidy(text: str) -> str:
    """*text* on one line without hidden letters; a mailto link as the address it leads to."""
    line = _HIDDEN.sub("", one_line(text)).replace("＠", "@")
    return _LINK.sub(lambda link: f" {unquote(link[1].partition('?')[0])} ", line).strip()


def _is_all(line: str) -> bool:
    """Whether *line* is an address, or a name and an address in brackets."""
    return bool(
        re.fullmatch(rf"[\s<(\"']*{_PART}+@{_PART}+[\s>)\"',;]*", line)
        or re.fullmatch(rf"[^@<>]*<\s*{_PART}+@{_PART}+\s*>[\s,;]*", line)
    )


def _kept(local: str, domain: str) -> str:
    """The address in its one spelling, or "" if it is none."""
    local = local.lstrip(_QUOTES).lower()
    domain = domain.partition("?")[0].rstrip(_AFTER)
    if not _LOCAL.fullmatch(local) or len(local) > 64:
        return ""
    host = ascii_domain(domain)
    return f"{local}@{host}" if host and len(f"{local}@{host}") <= 254 else ""


def ascii_domain(text: str) -> str:
    """The domain as it is kept, åäö.se as xn--4cab6c.se; "" if it is none."""
    try:
        plain = _PLAIN_DOMAIN.fullmatch(text) and "--" not in text
        domain = text if plain else idna.encode(text, uts46=True).decode().lower()
    except (idna.IDNAError, UnicodeError):
        return ""
    name, _dot, last = domain.rpartition(".")
    return domain if name and len(last) > 1 and re.search("[a-z]", last) else ""


def web_address(text: str) -> str:
    """The web address in *text*, with its scheme; "" if it is none, or longer than is kept."""
    if not text or " " in text or "." not in text or len(text) > 190:
        return ""
    return text if text.lower().startswith(("http://", "https://")) else f"https://{text}"
