"""What becomes of a letter as it is put: it leaves, waits for its hour, or its reader does not want
it. Which one is a matter of its kind.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_noop as _

from partners.models import Message, MessageState, SwitchedOff
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


def skip_unwanted(messages: Iterable[Message]) -> list[Message]:
    """Mark those of *messages* that their readers have switched off; return them.

    One query, none where all are their readers' own.
    """
    about = [(message, topic) for message in messages if (topic := kinds.of(message.letter).topic)]
    if not about:
        return []
    people = {message.recipient_id for message, _topic in about if message.recipient_id}
    unwilling = SwitchedOff.objects.unwilling(people, {topic for _message, topic in about})
    unwanted = [message for message, topic in about if (message.recipient_id, topic) in unwilling]
    for message in unwanted:
        message.state, message.last_error, message.held = MessageState.SKIPPED, UNWANTED, False
    return unwanted
