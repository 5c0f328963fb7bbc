"""What somebody wants to be written to about: switched off by topic, or all at once."""

from collections.abc import Iterable

from django.db import transaction

from partners.models import SwitchedOff, Topic, User
from partners.patience import patient
from partners.post import outbox

TOPICS: list[Topic] = [topic for topic in Topic if topic != Topic.ALL]


def is_off(person: User, topics: Iterable[Topic]) -> bool:
    """Whether *person* gets nothing about any of *topics*. One query."""
    off = SwitchedOff.objects.by(person)
    return Topic.ALL in off or set(topics) <= off


def only_musts(person: User) -> bool:
    """Whether *person* has switched off all that can be. One query."""
    return SwitchedOff.objects.filter(person=person, topic=Topic.ALL).exists()


def gets(person: User) -> list[Topic]:
    """What *person* is written to about, of what can be switched off. One query."""
    off = SwitchedOff.objects.by(person)
    return [] if Topic.ALL in off else [topic for topic in TOPICS if topic not in off]


@patient
@transaction.atomic
def choose(person: User, off: Iterable[Topic]) -> None:
    """Switch off *off* for *person*, ALL among them or not, and nothing else.

    Under ALL the others are remembered for when it is taken back. What waits and is not wanted any
    more is not sent, and does not come when it is switched on again. Locks the person.
    """
    off = set(off)
    _lock(person)
    SwitchedOff.objects.filter(person=person).exclude(topic__in=off).delete()
    _switch_off(person, off)


@patient
@transaction.atomic
def switch_off(person: User, topics: Iterable[Topic]) -> None:
    """Switch off *topics* as well for *person*; twice is as once. Locks the person."""
    _lock(person)
    _switch_off(person, set(topics))


@patient
@transaction.atomic
def switch_on(person: User, topics: Iterable[Topic]) -> None:
    """Let *person* have letters about *topics* again, and no others that are off one by one.

    Who had switched off all has no more than what they had switched off before that: what they
    chose topic by topic holds again. Locks the person.
    """
    _lock(person)
    SwitchedOff.objects.filter(person=person, topic__in=[*topics, Topic.ALL]).delete()


def _lock(person: User) -> None:
    User.objects.select_for_update(no_key=True).get(pk=person.pk)


def _switch_off(person: User, topics: set[Topic]) -> None:
    rows = [SwitchedOff(person=person, topic=topic) for topic in sorted(topics)]
    SwitchedOff.objects.bulk_create(rows, ignore_conflicts=True)
    outbox.drop_unwanted(person, TOPICS if Topic.ALL in topics else sorted(topics))
