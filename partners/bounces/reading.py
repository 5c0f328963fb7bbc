"""What a message says that a mail server sent back: of which letter, to whom, and why. No models.

Delivery reports as RFC 3464 and 6533 write them, and what older servers write in their place. It is
anybody's who knows the address: nothing in it is trusted, and nothing in it can stop the reader.
"""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message as Mime
from enum import StrEnum
from itertools import islice
from uuid import UUID

from partners.reading.addresses import canonical_address, find_addresses
from partners.reading.text import one_line

MOST_BYTES = 512 * 1024  # the report stands first, and a letter of ours is far smaller
MOST_BOUNDARIES = 40  # every line is held against each that is open
MOST_PARTS = 20
MOST_READERS = 20
MOST_OF_A_FIELD = 4000  # characters
MOST_SAID = 500

_HEADERS = {"text/rfc822-headers", "message/rfc822-headers", "message/global-headers"}
_REPORTS = {"message/delivery-status", "message/global-delivery-status"}
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_REPLY = re.compile(r"\b5(?:\d\d|\.\d{1,3}\.\d{1,3})\b")
_HEX = re.compile(r"\+([0-9A-F]{2})")  # how RFC 3461 writes signs of an address
_QMAIL = re.compile(r"^<([^<>\s]+@[^<>\s]+)>:[ \t]*\r?\n((?:.+\r?\n?)*)", re.M)
_ID_IN_TEXT = re.compile(r"^message-id:[ \t]*(<[^<>\s]+>)", re.M | re.I)


class Kind(StrEnum):
    """What sort of message it is."""

    REPORT = "report"  # of a mail server, about letters
    AUTO_REPLY = "auto-reply"  # of a person who is away, or a receipt
    OTHER = "other"
    UNREADABLE = "unreadable"


class Action(StrEnum):
    """What has become of a letter."""

    FAILED = "failed"
    DELAYED = "delayed"
    ARRIVED = "arrived"  # or is with somebody who promises nothing more
    UNWANTED = "unwanted"  # arrived, and its reader has called it junk


@dataclass(frozen=True)
class Outcome:
    """What has become of a letter to one of its readers."""

    addresses: frozenset[str]  # of the reader: as it was written, and where it was led to
    action: Action
    status: str  # as RFC 3463 writes it: "5.1.1"; "" if nobody says
    said: str  # in the words of the server, on one line
    is_of_address: bool | None = None  # as somebody knows who has told it; None: the status says


@dataclass(frozen=True)
class Reading:
    """A message as it was understood."""

    kind: Kind
    letters: tuple[UUID, ...] = ()  # of ours, which it may be about
    outcomes: tuple[Outcome, ...] = ()


def read(raw: bytes, host: str) -> Reading:
    """Understand *raw*, about a letter whose Message-ID ends with *host*. Never raises."""
    raw = raw[:MOST_BYTES]
    if raw.lower().count(b"boundary") > MOST_BOUNDARIES:
        return Reading(Kind.UNREADABLE)
    try:
        return _read(email.message_from_bytes(raw), host)
    except Exception:  # the parser meets what its writers never thought of
        return Reading(Kind.UNREADABLE)


def _read(message: Mime, host: str) -> Reading:
    parts = _parts(message)
    outcomes = [
        *_reported(parts),
        *([] if _has_report(parts) else _told_in_the_head(message, parts)),
    ] or list(_told_by_qmail(message, parts))
    if outcomes:
        letters = dict.fromkeys(_letters(message, parts, host))
        return Reading(Kind.REPORT, tuple(letters), tuple(outcomes[:MOST_READERS]))
    return Reading(Kind.AUTO_REPLY if _answers_by_itself(message) else Kind.OTHER)


def _parts(message: Mime) -> list[Mime]:
    """The parts of *message* itself; what lies within them is about something else."""
    return _inside(message) if message.is_multipart() else [message]


def _inside(part: Mime) -> list[Mime]:
    inside = part.get_payload()
    first = inside[:MOST_PARTS] if isinstance(inside, list) else []
    return [one for one in first if isinstance(one, Mime)]


def _has_report(parts: list[Mime]) -> bool:
    return any(part.get_content_type() in _REPORTS for part in parts)


# What has become of it


def _reported(parts: list[Mime]) -> Iterator[Outcome]:
    """The outcomes of a delivery report, one for each reader."""
    for part in parts:
        if part.get_content_type() in _REPORTS:
            for fields in islice(_blocks(part), MOST_READERS):
                if outcome := _outcome(fields):
                    yield outcome


def _blocks(part: Mime) -> Iterator[Mime]:
    """The blocks of fields of a report: of the message, then of each reader."""
    for block in _inside(part):
        yield block
        rest = block.get_payload()
        for text in re.split(r"\r?\n\r?\n", rest) if isinstance(rest, str) else []:
            yield email.message_from_string(text)


def _outcome(fields: Mime) -> Outcome | None:
    addresses = frozenset(
        address
        for name in ("Final-Recipient", "Original-Recipient")
        if (address := _address(_field(fields, name)))
    )
    said = without_type(_field(fields, "Diagnostic-Code"))
    status = status_in(_field(fields, "Status")) or status_in(said)
    action = _action(_field(fields, "Action").lower(), status)
    if not addresses or action is None:
        return None
    return Outcome(addresses, action, status, (said or status)[:MOST_SAID])


def _action(said: str, status: str) -> Action | None:
    """What *said* means; where it says nothing that is known, what the *status* does."""
    if said == "failed":
        return Action.FAILED
    if said == "delayed":
        return Action.DELAYED
    if said in {"delivered", "relayed", "expanded"}:
        return Action.ARRIVED
    return {"5": Action.FAILED, "4": Action.DELAYED, "2": Action.ARRIVED}.get(status[:1])


def _field(fields: Mime, name: str) -> str:
    """One field on one line, "" if it is not there; as UTF-8, also where nobody said so."""
    values = (value for key, value in fields.raw_items() if key.lower() == name.lower())
    raw = str(next(values, ""))[:MOST_OF_A_FIELD]
    return one_line(raw.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


def status_in(text: str) -> str:
    """The first status of RFC 3463 in *text*, "" if there is none."""
    found = _STATUS.search(text)
    return found.group() if found else ""


def without_type(value: str) -> str:
    """*value* without the type before the first ";", as in "smtp; 550 5.1.1 …"."""
    kind, semicolon, rest = value.partition(";")
    return rest.strip() if semicolon and " " not in kind.strip() else value


def _address(value: str) -> str:
    plain = _HEX.sub(lambda sign: chr(int(sign[1], 16)), without_type(value))
    return canonical_address(plain.strip("<> "))[:254] if "@" in plain else ""


def _told_in_the_head(message: Mime, parts: list[Mime]) -> Iterator[Outcome]:
    """X-Failed-Recipients, as Exim and Google name those who did not get it."""
    text = _text(parts)
    for address in find_addresses(_field(message, "X-Failed-Recipients")):
        yield _failure(address, text)


def _told_by_qmail(message: Mime, parts: list[Mime]) -> Iterator[Outcome]:
    """The plain letter of qmail: an address in brackets, and below it why."""
    text = _text(parts)
    if "qmail-send" not in text[:500]:
        return
    for address, why in islice(_QMAIL.findall(text), MOST_READERS):
        yield _failure(canonical_address(address), why)


def _failure(address: str, text: str) -> Outcome:
    """A failure of which only a *text* for people tells; what follows a number says why."""
    lines = [one_line(line) for line in text.splitlines()[:200]]
    found = (line[match.start() :] for line in lines if (match := _REPLY.search(line)))
    said = next(found, "") or next(filter(None, lines), "")
    return Outcome(frozenset({address}), Action.FAILED, status_in(said), said[:MOST_SAID])


def _text(parts: list[Mime]) -> str:
    """What stands there for people, as far as it is plain text."""
    for part in parts:
        if part.get_content_type() == "text/plain":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return content.decode("utf-8", "replace")
    return ""


# Of which letter


def _letters(message: Mime, parts: list[Mime], host: str) -> Iterator[UUID]:
    """The letters of ours it may be about: what was returned says so, else what it answers."""
    for said in _ids(message, parts):
        if letter := letter_in(said, host):
            yield letter


def letter_in(message_id: str, host: str) -> UUID | None:
    """The letter whose Message-ID this is, if it is one of *host*."""
    name, at, domain = message_id.strip("<> ").rpartition("@")
    return number_in(name) if at and domain.lower() == host.lower() else None


def number_in(text: str) -> UUID | None:
    """The number of a letter as we write it; None if *text* is no such number."""
    try:
        return UUID(text) if len(text) == 36 else None
    except ValueError:
        return None


def _ids(message: Mime, parts: list[Mime]) -> Iterator[str]:
    for part in parts:
        kind, inside = part.get_content_type(), _inside(part)
        if inside and kind.startswith("message/") and kind not in _REPORTS:
            yield _field(inside[0], "Message-ID")
        elif kind in _HEADERS:
            text = part.get_payload(decode=True)
            if isinstance(text, bytes):
                yield _field(email.message_from_bytes(text), "Message-ID")
    yield from _ID_IN_TEXT.findall(_text(parts))[:1]
    for name in ("In-Reply-To", "References"):
        yield from _field(message, name).split()[:MOST_READERS]


def _answers_by_itself(message: Mime) -> bool:
    """RFC 3834, its forerunners, and receipts of reading (RFC 8098)."""
    said = _field(message, "Auto-Submitted").lower()
    return (
        said not in {"", "no"}
        or any(name in message for name in ("X-Autoreply", "X-Autorespond"))
        or _field(message, "Precedence").lower() == "auto_reply"
        or message.get_param("report-type") == "disposition-notification"
    )
