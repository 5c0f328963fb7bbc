"""The outbox: first a row in the caller's transaction, later a letter. Nothing else sends mail."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_noop as _

from partners.models import Message, MessageState, User
from partners.post import letters


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
    if not recipient.email:
        return
    written = letters.write(recipient, letter, context)
    message = Message(
        key=key,
        recipient=recipient,
        letter=letter,
        language=recipient.language,
        subject=written.subject,
        text=written.text,
        html=written.html,
        calendar=calendar,
        calendar_method=calendar_method,
        next_try_at=timezone.now(),
        useless_after=useless_after,
    )
    # A taken key is left alone by the database, so that the caller's transaction lives on.
    Message.objects.bulk_create([message], ignore_conflicts=True)


def drop(prefix: str) -> int:
    """Mark waiting letters whose key starts with *prefix* as no longer needed; return how many.

    End the prefix with ":", or session 5 takes the letters of session 51 along.
    """
    waiting = Message.objects.filter(key__startswith=prefix, state=MessageState.WAITING)
    return waiting.update(state=MessageState.SKIPPED, last_error=_("overtaken by events"))


def try_again(message: Message) -> bool:
    """Put a letter that was given up back in the queue, from the first step of the ladder.

    False if it is not one that was given up.
    """
    given_up = Message.objects.filter(pk=message.pk, state=MessageState.FAILED)
    return bool(
        given_up.update(
            state=MessageState.WAITING, attempts=0, next_try_at=timezone.now(), last_error=""
        )
    )


def absolute(path: str) -> str:
    """Return the full address of *path* on this portal."""
    return settings.SITE_URL + path


def link(recipient: User, name: str, **kwargs: object) -> str:
    """Return the full address of the page *name* in the language of *recipient*."""
    with translation.override(recipient.language):
        return absolute(reverse(name, kwargs=kwargs))
