"""What becomes of a letter as it is put: it leaves, waits for its hour, or its reader does not want
it. Which one is a matter of its kind.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_noop as _

from partners.models import Message, SwitchedOff
from partners.post import kinds, quiet
from partners.post.kinds import Kind

TOO_LATE = _("too late to be of use")
UNWANTED = _("the person has switched off e-mails about this")


def hold(messages: Iterable[Message], now: datetime) -> None:
    """Let those of *messages* that nobody asked for wait for the first working hour from *now*.

    They lapse when they have not left so and so many working days later.
    """
    for message in messages:
        entry = kinds.of(message.letter)
        if entry.kind == Kind.UNASKED and message.recipient_id is not None:
            lapses_at = quiet.lapses_at(now, entry.of_use_days)
            message.held = True
            message.next_try_at = quiet.next_moment(now)
            message.useless_after = min(message.useless_after or lapses_at, lapses_at)


def unwanted(messages: Iterable[Message]) -> list[Message]:
    """Those of *messages* that their readers have switched off.

    One query, none where all are their readers' own.
    """
    about = [(message, topic) for message in messages if (topic := kinds.of(message.letter).topic)]
    if not about:
        return []
    people = {message.recipient_id for message, _topic in about if message.recipient_id}
    unwilling = SwitchedOff.objects.unwilling(people, {topic for _message, topic in about})
    return [message for message, topic in about if (message.recipient_id, topic) in unwilling]


def unwilling(letter: str, people: Iterable[int]) -> set[int]:
    """Who of *people*, by their keys, has switched *letter* off. As many queries as unwanted."""
    topic = kinds.of(letter).topic
    if topic is None:
        return set()
    return {person for person, _topic in SwitchedOff.objects.unwilling(people, [topic])}
