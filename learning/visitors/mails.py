"""What we write to visitors before they have said yes."""

from collections.abc import Sequence
from datetime import datetime

from learning.models import VisitorRequest
from partners.post import outbox


def confirm_visit(asked: VisitorRequest, token: str, *, expires_at: datetime) -> None:
    """Ask whoever reads the address whether they want to come.

    It repeats nothing of what was typed: anybody can type anything beside the address of another.
    """
    reader = outbox.Stranger(asked.email, asked.language)
    session = asked.session
    outbox.put_to_stranger(
        _key(asked),
        reader,
        "learning/confirm_visit",
        {
            "session": session,
            "title": session.title_in(asked.language),
            "link": outbox.link(reader, "visitor_confirm", token=token),
            "expires_at": expires_at,
        },
        useless_after=min(expires_at, session.starts_at),
    )


def forget(requests: Sequence[VisitorRequest]) -> None:
    """Delete the letters that asked *requests* for a yes."""
    outbox.forget([_key(asked) for asked in requests])


def _key(asked: VisitorRequest) -> str:
    return f"learning.visitor:{asked.session_id}:{asked.pk}:confirm"
