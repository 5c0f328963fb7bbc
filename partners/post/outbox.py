"""The outbox: first a row in the caller's transaction, later a letter. Nothing else sends mail."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F, Func, Value
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_noop as _

from partners.models import Message, MessageQuerySet, MessageState, User
from partners.post import letters

# What a mailed link or a login code looks like: whoever reads it may act as its reader.
SECRETS = r"[A-Za-z0-9_-]{40,}|\m\d{4} \d{4}\M"
_SECRET = re.compile(r"[A-Za-z0-9_-]{40,}|\b\d{4} \d{4}\b", re.ASCII)
HIDDEN = "…"


def put(
    key: str,
    recipient: User,
    letter: str,
    context: dict[str, object],
    *,
    calendar: str = "",
    calendar_method: str = "",
    useless_after: datetime | None = None,
) -> None:
    """Write *letter* to *recipient* in their language and keep it, in the caller's transaction.

    Nothing is written if the occasion *key* already has its letter, or if the person has no
    address. After *useless_after* it is no longer sent. One query.
    """
    message = _written(key, recipient, letter, context)
    message.calendar, message.calendar_method = calendar, calendar_method
    message.useless_after = useless_after
    _keep(message)


def put_first(
    key: str,
    recipient: User,
    letter: str,
    context: dict[str, object],
    *,
    useless_after: datetime,
) -> None:
    """Like put, for a letter whose reader waits at the screen for the code it carries.

    It leaves before all others, and is marked as a secret. One query.
    """
    message = _written(key, recipient, letter, context)
    message.urgent = message.secret = True
    message.useless_after = useless_after
    _keep(message)


@contextmanager
def rehearsal() -> Iterator[None]:
    """Do what is inside, and keep nothing of it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _written(key: str, recipient: User, letter: str, context: dict[str, object]) -> Message:
    written = letters.write(recipient, letter, context)
    return Message(
        secret=_SECRET.search(written.text) is not None,
        key=key,
        recipient=recipient,
        letter=letter,
        language=recipient.language,
        subject=written.subject,
        text=written.text,
        html=written.html,
        next_try_at=timezone.now(),
    )


def _keep(message: Message) -> None:
    if message.recipient.email:
        # A taken key is left alone by the database, so that the caller's transaction lives on.
        Message.objects.bulk_create([message], ignore_conflicts=True)


def drop(prefix: str) -> int:
    """Mark waiting letters whose key starts with *prefix* as no longer needed; return how many.

    End the prefix with ":", or session 5 takes the letters of session 51 along.
    """
    waiting = Message.objects.filter(key__startswith=prefix, state=MessageState.WAITING)
    return waiting.update(
        state=MessageState.SKIPPED, last_error=_("overtaken by events"), **without_secrets()
    )


def without_secrets() -> dict[str, Func]:
    """The fields of a letter whose links and codes are to be readable no more, for an update.

    A letter that has left is the record of what was said; what opens doors is no part of it.
    """
    flags = Value("g")
    return {
        name: Func(F(name), Value(SECRETS), Value(HIDDEN), flags, function="regexp_replace")
        for name in ("text", "html")
    }


def hidden(text: str) -> str:
    """*text* without the links and codes that open something."""
    return _SECRET.sub(HIDDEN, text)


def forget_secrets(before: datetime) -> int:
    """Hide the secrets of letters that failed *before*; return how many. One query.

    Until then they can be sent again as they are.
    """
    old = Message.objects.filter(state=MessageState.FAILED, secret=True, next_try_at__lt=before)
    return old.filter(text__regex=SECRETS).update(**without_secrets())


def send_to(key: str, address: str) -> None:
    """Let the letter of *key* go to *address*, whatever address its reader has by then."""
    Message.objects.filter(key=key, state=MessageState.WAITING).update(sent_to=address)


def try_again(message: Message) -> bool:
    """Put a letter that was given up back in the queue, from the first step of the ladder.

    False if it is not one that was given up, or if what it opens has been forgotten.
    """
    return bool(_again(Message.objects.filter(pk=message.pk)))


def try_all_again() -> int:
    """Put all letters that were given up back in the queue; return how many."""
    return _again(Message.objects.all())


def _again(letters: MessageQuerySet) -> int:
    return letters.to_send_again().update(
        state=MessageState.WAITING, attempts=0, next_try_at=timezone.now(), last_error=""
    )


def absolute(path: str) -> str:
    """Return the full address of *path* on this portal."""
    return settings.SITE_URL + path


def link(recipient: User, name: str, **kwargs: object) -> str:
    """Return the full address of the page *name* in the language of *recipient*."""
    with translation.override(recipient.language):
        return absolute(reverse(name, kwargs=kwargs))
