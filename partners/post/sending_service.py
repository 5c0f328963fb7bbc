"""What a sending service finds in a letter, so that what it tells later says which one it is about.

Most give a letter a Message-ID of their own; what stands in a header of theirs they hand back.
"""

import json
from collections.abc import Callable

from partners.models import Message

FIELD = "letter"  # under this name they hand back which letter it is

Headers = dict[str, str]


def _in_a_list(header: str) -> Callable[[str], Headers]:
    return lambda number: {header: json.dumps({FIELD: number})}


# By the name of the service in MAIL_SERVICE.
_HEADERS: dict[str, Callable[[str], Headers]] = {
    "brevo": _in_a_list("X-Mailin-custom"),
    "mailgun": lambda _number: {},  # keeps the Message-ID, and tells it
    "mailjet": _in_a_list("X-MJ-EventPayload"),
    "postmark": lambda number: {f"X-PM-Metadata-{FIELD}": number, "X-PM-KeepID": "true"},
}

KNOWN = frozenset(_HEADERS)


def headers(service: str, letter: Message) -> Headers:
    """What *service* reads of *letter*; nothing where there is no service."""
    return _HEADERS[service](str(letter.message_id)) if service else {}
