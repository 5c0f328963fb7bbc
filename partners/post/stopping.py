"""Somebody keeps single letters that wait from being sent, on purpose, and lets them go on again.

Each is marked, and says by whom. All letters at once are held in `main_stop`.
"""

from django.utils import timezone
from django.utils.translation import gettext

from partners.models import Message, MessageQuerySet, MessageState, User, moment_in_words
from partners.post import refusals

_BY_SOMEBODY: dict[str, str] = {}  # reasons, and how each says who and when


def stop(letter: Message, *, by: User) -> bool:
    """Keep *letter* from being sent; False if it waits no more.

    One that is just being handed over leaves all the same, and is then noted as sent.
    """
    return bool(stop_all(Message.objects.filter(pk=letter.pk), by=by))


def stop_all(letters: MessageQuerySet, *, by: User) -> int:
    """Stop those of *letters* that wait; return how many. Two queries.

    Codes go on: somebody waits for one at the screen.
    """
    return _decide(letters.filter(urgent=False), MessageState.WAITING, MessageState.STOPPED, by)


def let_go(letter: Message, *, by: User) -> bool:
    """Let *letter* go on, at the hour it had; False if it is not stopped, or of no use now."""
    return bool(let_all_go(Message.objects.filter(pk=letter.pk), by=by))


def let_all_go(letters: MessageQuerySet, *, by: User) -> int:
    """Let those of *letters* go on that are stopped and of use; return how many. Two queries."""
    return _decide(letters.to_let_go(), MessageState.STOPPED, MessageState.WAITING, by)


def reason_of_somebody(reason: str, who_and_when: str) -> str:
    """Let why() say *who_and_when* of letters that somebody called off for *reason*; return that.

    Both are texts of our own in English; the second has %(who)s and %(when)s.
    """
    _BY_SOMEBODY[reason] = who_and_when
    return reason


def why(letter: Message) -> str:
    """Why *letter* did not arrive or leave, in words, and where somebody decided that, who."""
    told = _BY_SOMEBODY.get(letter.last_error) if letter.decided_by_id else None
    if told and letter.state == MessageState.SKIPPED:
        when = moment_in_words(letter.decided_at)
        return gettext(told) % {"who": letter.decided_by, "when": when}
    return refusals.why(letter.last_error, came_back=letter.state == MessageState.BOUNCED)


def _decide(letters: MessageQuerySet, now: MessageState, then: MessageState, by: User) -> int:
    """Found first and changed by their keys, so that the state is looked at under the row's lock.

    A search in the condition would be answered before the lock, and stop a letter sent meanwhile.
    """
    keys = list(letters.filter(state=now).order_by("pk").values_list("pk", flat=True))
    changed = Message.objects.filter(pk__in=keys, state=now)
    return changed.update(state=then, decided_at=timezone.now(), decided_by=by)
