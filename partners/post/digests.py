"""Several letters to one person as one: a digest, which is a letter like any other.

Until it has left, those that go along in it stay what they were, held and on their own. So what
happens meanwhile reaches each of them, and a digest with one that is true no more is not sent: the
others are gathered anew.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_noop as _

from partners.models import Message, MessageState
from partners.post import kinds, letters, outbox, unsubscribing

WENT_ALONG = _("went along in another e-mail")


def fold(parts: Sequence[Message], now: datetime) -> Message:
    """Write the digest of *parts*, at least two letters to one person; nobody has kept it yet."""
    person = parts[0].recipient
    assert person is not None
    moment = f"{now:%Y%m%dT%H%M%S%f}"
    digest = outbox.written(
        f"partners.digest:{person.pk}:{moment}:{parts[0].pk}:{len(parts)}",
        person,
        kinds.DIGEST,
        {
            "first": parts[0].subject[:200],
            "more": len(parts) - 1,
            "number": len(parts),
            "parts": [
                {"subject": part.subject, "words": letters.folded(part.text)} for part in parts
            ],
        },
    )
    topics = {topic for part in parts if (topic := kinds.of(part.letter).topic)}
    everywhere = unsubscribing.page(person.language)
    own = unsubscribing.link(person.pk, person.language, topics)
    digest.text = digest.text.replace(everywhere, own)
    digest.html = digest.html.replace(everywhere, own)
    digest.next_try_at = now
    digest.useless_after = min(filter(None, (part.useless_after for part in parts)), default=None)
    return digest


def is_true(digest: Message, now: datetime) -> bool:
    """Whether all that goes along in *digest* is still to be said at *now*. One query."""
    untrue = ~Q(state=MessageState.WAITING) | Q(useless_after__lte=now)
    return not digest.parts.filter(untrue).exists()


def settle(now: datetime) -> None:
    """Say of the letters in digests that have left that they went along.

    Those in a digest that will not be sent are on their own again. One that was given up or stopped
    may be sent again by somebody: its letters wait for that as long as they are of use. Two
    queries.
    """
    gathered = Message.objects.held().filter(gathered_in__isnull=False)
    gathered.filter(gathered_in__state=MessageState.SKIPPED).update(
        gathered_in=None, next_try_at=now
    )
    undecided = [MessageState.WAITING, MessageState.FAILED, MessageState.STOPPED]
    gathered.exclude(gathered_in__state__in=undecided).update(
        state=MessageState.SKIPPED, held=False, last_error=WENT_ALONG, **outbox.without_secrets()
    )
