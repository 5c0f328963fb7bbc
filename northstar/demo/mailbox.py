"""The demo's mailbox: the letters the mail sink has filed, read back as they were delivered."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import Message as Mail
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

SHOWN = 100
_OUR_ADDRESS = re.compile(r"http://localhost:\d+(?=/)")


@dataclass(frozen=True)
class Letter:
    """One letter as its reader would see it."""

    name: str
    subject: str
    sender: str
    recipient: str
    sent_at: datetime | None
    text: str = ""
    html: str = ""
    calendar: str = ""


def _folder() -> Path:
    return Path(settings.DEMO_DIR) / "mail"


def letters() -> list[Letter]:
    """The newest letters first, at most SHOWN."""
    paths = sorted(_folder().glob("*.eml"), reverse=True)[:SHOWN]
    return [_read(path) for path in paths]


def letter(name: str) -> Letter | None:
    """One letter with its text, or None."""
    path = _folder() / f"{name}.eml"
    return _read(path) if path.exists() else None


def _read(path: Path) -> Letter:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    parts = {part.get_content_type(): part for part in mail.walk() if not part.is_multipart()}
    return Letter(
        name=path.stem,
        subject=str(mail["subject"] or ""),
        sender=str(mail["from"] or ""),
        recipient=str(mail["to"] or ""),
        sent_at=_moment(str(mail["date"] or "")),
        # The demo may have moved to another port since the letter was written.
        text=_OUR_ADDRESS.sub(settings.SITE_URL, _text(parts.get("text/plain"))),
        html=_OUR_ADDRESS.sub(settings.SITE_URL, _text(parts.get("text/html"))),
        calendar=_text(parts.get("text/calendar")),
    )


def _text(part: "Mail | None") -> str:
    if part is None:
        return ""
    content: object = part.get_payload(decode=True)
    return content.decode("utf-8", errors="replace") if isinstance(content, bytes) else ""


def _moment(date: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(date)
    except ValueError:
        return None
    # "-0000" in a letter is UTC from nowhere in particular, and is read as naive.
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
