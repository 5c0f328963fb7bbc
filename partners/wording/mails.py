"""The test of a letter, to whoever writes what it says."""

from collections.abc import Sequence
from copy import copy
from hashlib import sha256

from partners.models import User
from partners.post import outbox
from partners.post.letters import Block


def text_test(
    occasion: str, reader: User, language: str, subject: str, said: Sequence[Block]
) -> None:
    """Send *reader* what a letter says in *language*; again only if it is another *occasion*.

    The last of what is *said* is why its readers get it.
    """
    reading = copy(reader)
    reading.language = language
    *blocks, note = said
    key = f"partners.text_test:{reader.pk}:{sha256(occasion.encode()).hexdigest()}"
    context: dict[str, object] = {"subject": subject, "blocks": blocks, "why": note.plain}
    outbox.put(key, reading, "partners/text_test", context)
