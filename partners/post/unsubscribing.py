"""Links by which a reader switches off, without a login, what a letter is about.

A link says by itself whose it is, and is signed: nothing of it is kept. It opens nothing but a page
that says what it would switch off.
"""

from collections.abc import Iterable

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

from partners.models import Message, Topic, User
from partners.post import kinds

_SALT = "partners.post.unsubscribing"  # so that nothing else we sign is taken for such a link


def link(person: int, language: str, topics: Iterable[Topic]) -> str:
    """The full address by which *person*, by their key, switches off *topics*."""
    return _absolute("unsubscribe", language, token=token_of(person, topics))


def token_of(person: int, topics: Iterable[Topic]) -> str:
    """What the link of *person* for *topics* ends with."""
    return signing.Signer(salt=_SALT).sign_object([person, *sorted(topics)])


def opened_by(token: str) -> tuple[User, list[Topic]] | None:
    """Whose link *token* is, and what it is about; None for one we did not sign. One query."""
    try:
        pk, *topics = signing.Signer(salt=_SALT).unsign_object(token)
        known = [Topic(topic) for topic in topics]
    except (signing.BadSignature, ValueError):
        return None
    person = User.objects.filter(pk=pk).first()
    return (person, known) if person and known else None


def page(language: str) -> str:
    """The full address of the page where everything is chosen, after a login."""
    return _absolute("email_choices", language)


def _absolute(name: str, language: str, **kwargs: str) -> str:
    with translation.override(language):
        return settings.SITE_URL + reverse(name, kwargs=kwargs)


def topics_of(letter: Message) -> list[Topic]:
    """What *letter* is about that its reader may switch off; one query for a letter of several."""
    names = [letter.letter]
    if letter.letter == kinds.DIGEST:
        names = list(letter.parts.values_list("letter", flat=True))
    return sorted({topic for name in names if (topic := kinds.of(name).topic)})


def headers(letter: Message) -> dict[str, str]:
    """What lets a mail program offer to switch off letters such as *letter* (RFC 8058).

    None for a reader's own letters, which are never switched off.
    """
    if letter.recipient_id is None or not (topics := topics_of(letter)):
        return {}
    address = link(letter.recipient_id, letter.language, topics)
    return {
        "List-Unsubscribe": f"<{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
