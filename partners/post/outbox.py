"""The outbox: first a row in the caller's transaction, later a letter. Nothing else sends mail."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Func, TextField, Value, When
from django.db.models.expressions import Combinable
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_noop as _

from partners.models import (
    HIDDEN,
    BouncedAddress,
    Message,
    MessageQuerySet,
    MessageState,
    Topic,
    User,
)
from partners.post import alike, holding, kinds, letters, unsubscribing

OVERTAKEN = _("overtaken by events")

# What opens something: the token in a mailed link of ours, and a login code. Whoever reads one may
# act as its reader. Python and PostgreSQL read both patterns alike.
_LINK = "/[A-Za-z0-9_-]{43}/"
_CODE = "[0-9]{4} [0-9]{4}"
_SIGNED = "/[A-Za-z0-9_-]+:[A-Za-z0-9_-]{43}/"  # what switches letters off
_STILL_HERE = [MessageState.WAITING, MessageState.STOPPED]  # nobody has read them
_HIDDEN = {_LINK: f"/{HIDDEN}/", _CODE: HIDDEN}


@dataclass(frozen=True)
class Stranger:
    """Somebody who gave an address and has no account."""

    email: str
    language: str
    name: str = ""  # left out where it may be another who typed it


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
    address. After *useless_after* it is no longer sent. One that nobody asked for is held until its
    hour, one that its reader has switched off is kept as skipped: see kinds. Two queries; three for
    what can be switched off.
    """
    if not recipient.email:
        return
    message = written(key, recipient, letter, context)
    message.calendar, message.calendar_method = calendar, calendar_method
    message.useless_after = useless_after
    _keep([message])


def put_to_stranger(
    key: str,
    stranger: Stranger,
    letter: str,
    context: dict[str, object],
    *,
    useless_after: datetime | None = None,
) -> None:
    """Like put, to an address that belongs to no person here, as far as anybody has looked."""
    message = written(key, stranger, letter, context)
    message.useless_after = useless_after
    _keep([message])


@dataclass(frozen=True)
class Copy:
    """What is one reader's own in a letter that many get."""

    key: str
    recipient: User
    calendar: str = ""
    calendar_method: str = ""
    token: str = ""  # of their own link, where the letter has one


def put_to_many(
    copies: Iterable[Copy],
    letter: str,
    context: Callable[[str], dict[str, object]],
    *,
    token: str = "",
    useless_after: datetime | None = None,
    reply_to: str = "",
) -> None:
    """Like put, for a letter that says the same to all who read one language.

    *context* says by language what it tells; each language is written once. Where it has a link
    with *token*, which nobody else knows, each copy has a link with its own. Answers go to
    *reply_to*; to the office where it is "". As many queries for 2,500 as put; as many again for
    each other language, and one for those in a language who have switched it off.
    """
    by_language: dict[str, list[Copy]] = {}
    for copy in copies:
        if copy.recipient.email:
            by_language.setdefault(copy.recipient.language, []).append(copy)
    readers = [copy.recipient.pk for those in by_language.values() for copy in those]
    unwilling = holding.unwilling(letter, readers)
    for language, those in by_language.items():
        written = letters.write(language, letter, context(language))
        shared = _row("", those[0].recipient, letter, written)
        shared.useless_after, shared.reply_to = useless_after, reply_to
        willing: list[alike.Own] = []
        others: list[alike.Own] = []
        for copy in those:
            own = _own_in(copy, letter, token)
            (others if copy.recipient.pk in unwilling else willing).append(own)
        holding.hold([shared], timezone.now())
        alike.keep(shared, willing)
        if others:
            _skip_as_unwanted(shared)
            alike.keep(shared, others)


def _own_in(copy: Copy, letter: str, token: str) -> alike.Own:
    swaps = _swaps(copy.recipient, letter)
    if token:
        swaps.append(letters.own_link(token, copy.token))
    return alike.Own(copy.key, copy.recipient.pk, copy.calendar, copy.calendar_method, swaps)


def put_first(
    key: str,
    recipient: User,
    letter: str,
    context: dict[str, object],
    *,
    useless_after: datetime,
) -> None:
    """Like put, for a letter whose reader waits at the screen for the code it carries.

    It leaves before all others, and is marked as a secret; *recipient* has an address. Two queries.
    """
    message = written(key, recipient, letter, context)
    message.urgent = message.secret = True
    message.useless_after = useless_after
    _keep([message])


@contextmanager
def rehearsal() -> Iterator[None]:
    """Do what is inside, and keep nothing of it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def written(
    key: str, recipient: User | Stranger, letter: str, context: dict[str, object]
) -> Message:
    """*letter* as a row that nobody has kept yet."""
    return _message(key, recipient, letter, letters.write(recipient.language, letter, context))


def _message(key: str, recipient: User | Stranger, letter: str, written: letters.Letter) -> Message:
    own = written.with_own(_swaps(recipient, letter))
    return _row(key, recipient, letter, own)


def _swaps(recipient: User | Stranger, letter: str) -> list[letters.Swap]:
    """What is *recipient*'s own in *letter*: the greeting, and the link that switches it off."""
    swaps = [letters.greeting(recipient.name)]
    topic = kinds.of(letter).topic
    if isinstance(recipient, User) and topic:
        own = unsubscribing.link(recipient.pk, recipient.language, [topic])
        swaps.append(letters.own_link(unsubscribing.page(recipient.language), own))
    return swaps


def _row(key: str, recipient: User | Stranger, letter: str, written: letters.Letter) -> Message:
    return Message(
        secret=re.search(_LINK, written.text) is not None,
        key=key,
        recipient=recipient if isinstance(recipient, User) else None,
        sent_to=recipient.email if isinstance(recipient, Stranger) else "",
        letter=letter,
        language=recipient.language,
        subject=written.subject,
        text=written.text,
        html=written.html,
        next_try_at=timezone.now(),
    )


def _keep(messages: list[Message]) -> None:
    holding.hold(messages, timezone.now())
    for unwanted in holding.unwanted(messages):
        _skip_as_unwanted(unwanted)
    # A taken key is left alone by the database, so that the caller's transaction lives on.
    Message.objects.bulk_create(messages, batch_size=500, ignore_conflicts=True)


def _skip_as_unwanted(message: Message) -> None:
    message.state, message.last_error = MessageState.SKIPPED, holding.UNWANTED
    message.held = False
    message.text = _hidden(message.text, codes=message.secret)
    message.html = _hidden(message.html, codes=message.secret)


def put_written(messages: Iterable[Message]) -> None:
    """Keep letters that are *written*, each saying something else. As many queries for 500 as put.

    Their readers are people with an address.
    """
    _keep(list(messages))


def drop(prefix: str, *, to: Iterable[int] | None = None) -> int:
    """Mark letters whose key starts with *prefix* as no longer needed; return how many.

    Those that wait, and those that somebody stopped: nobody lets go what is overtaken. End the
    prefix with ":", or session 5 takes the letters of session 51 along. *to* the people with
    these keys alone; None: to everybody.
    """
    letters = Message.objects.filter(key__startswith=prefix)
    return _drop(letters if to is None else letters.filter(recipient__in=list(to)))


def call_off(prefix: str, because: str, *, by: User) -> int:
    """As drop, where somebody has decided that nobody gets them: *because* as drop_these."""
    letters = Message.objects.filter(key__startswith=prefix)
    return _drop(letters, because, decided_at=timezone.now(), decided_by=by)


def _drop(letters: MessageQuerySet, reason: str = OVERTAKEN, **decided: object) -> int:
    return letters.filter(state__in=_STILL_HERE).update(
        state=MessageState.SKIPPED, last_error=reason, held=False, **decided, **without_secrets()
    )


def waiting(prefix: str) -> dict[str, bool]:
    """The letters that wait or were stopped by their keys, which start with *prefix*. One query.

    True for those that no sender has in hand: they have certainly not been read.
    """
    letters = Message.objects.filter(key__startswith=prefix, state__in=_STILL_HERE)
    return {key: claim is None for key, claim in letters.values_list("key", "claim")}


def drop_these(keys: list[str], because: str = OVERTAKEN) -> int:
    """Mark the letters of *keys* that wait or were stopped as needless; return how many.

    *because* of this: one of our own texts, in English, which is shown translated.
    """
    return _drop(Message.objects.filter(key__in=keys), because)


def drop_unwanted(person: User, topics: list[Topic]) -> int:
    """Mark waiting letters to *person* about *topics* as switched off; return how many."""
    letters = Message.objects.filter(recipient=person, letter__in=kinds.about(topics))
    return _drop(letters, holding.UNWANTED)


def without_secrets() -> dict[str, Case]:
    """The fields of a letter, its links and codes readable no more if it holds any: for an update.

    A letter that has left is the record of what was said; what opens doors is no part of it.
    """
    return {
        name: Case(When(secret=True, then=_hiding(F(name))), default=F(name))
        for name in ("text", "html")
    }


def _hiding(text: Combinable) -> Combinable:
    for pattern, shown in _HIDDEN.items():
        words = (Value(pattern), Value(shown), Value("g"))
        text = Func(text, *words, function="regexp_replace", output_field=TextField())
    return text


def shown(letter: Message) -> str:
    """The text of *letter* without what opens something, or switches something off."""
    return re.sub(_SIGNED, f"/{HIDDEN}/", _hidden(letter.text, codes=letter.secret))


def _hidden(text: str, *, codes: bool) -> str:
    text = re.sub(_LINK, _HIDDEN[_LINK], text)
    return re.sub(_CODE, _HIDDEN[_CODE], text) if codes else text


def code_waiting(prefix: str, *, since: datetime) -> str:
    """The code in the latest letter of *prefix* written *since* that waits; "" if there is none.

    Holds the letter until the transaction ends, so that it does not leave meanwhile. One query.
    """
    waiting = Message.objects.filter(
        key__startswith=prefix, state=MessageState.WAITING, created_at__gte=since
    )
    letter = waiting.select_for_update(of=("self",)).order_by("-pk").first()
    found = re.search(_CODE, letter.text) if letter else None
    return found.group() if found else ""


def forget_secrets(before: datetime) -> int:
    """Hide the secrets of letters that failed or were stopped *before*; return how many. One query.

    Until then they can be sent as they are.
    """
    kept = [MessageState.FAILED, MessageState.STOPPED]
    old = Message.objects.filter(state__in=kept, secret=True, next_try_at__lt=before)
    return old.exclude(text__contains=HIDDEN).update(**without_secrets())


def forget(keys: list[str]) -> int:
    """Delete the letters of *keys* to people without an account; return how many.

    With what they wrote unconfirmed goes what was written to them.
    """
    letters = Message.objects.filter(key__in=keys, recipient__isnull=True)
    return letters.delete()[0]


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


def put_away(message: Message, *, by: User) -> bool:
    """Say that nothing more is to be done about a letter that was given up; False if it was not.

    Why it did not arrive stays with it. What it opened is forgotten.
    """
    given_up = Message.objects.filter(pk=message.pk, state=MessageState.FAILED)
    return bool(
        given_up.update(
            state=MessageState.SKIPPED,
            decided_at=timezone.now(),
            decided_by=by,
            **without_secrets(),
        )
    )


def try_now() -> int:
    """Let those that wait for their next try be tried at once; return how many."""
    now = timezone.now()
    waits = Message.objects.filter(state=MessageState.WAITING, attempts__gt=0, next_try_at__gt=now)
    return waits.update(next_try_at=now)


def _again(letters: MessageQuerySet) -> int:
    """Also where an address was marked because it refused one of them: it is tried once more."""
    BouncedAddress.objects.filter(letter__in=letters.to_send_again()).delete()
    return letters.to_send_again().update(
        state=MessageState.WAITING, attempts=0, next_try_at=timezone.now(), last_error=""
    )


def absolute(path: str) -> str:
    """Return the full address of *path* on this portal."""
    return settings.SITE_URL + path


def link(recipient: User | Stranger, name: str, **kwargs: object) -> str:
    """Return the full address of the page *name* in the language of *recipient*."""
    with translation.override(recipient.language):
        return absolute(reverse(name, kwargs=kwargs))
