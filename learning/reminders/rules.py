"""Rules of reminders on a series or a session: its own, changed, switched off, taken away."""

from dataclasses import dataclass
from datetime import datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.models import (
    COUNTED_FROM,
    LearningSession,
    Series,
    SessionReminder,
    SessionReminderQuerySet,
)
from learning.reminders import due, words
from partners import patience
from partners.differences import removed_first
from partners.models import User
from partners.patience import patient


@dataclass(frozen=True)
class Portal:
    """All sessions: those of them hold the standard whose series has no rules of its own."""

    pk: int = 0

    @property
    def title(self) -> str:
        return _("The portal’s usual times")


PORTAL = Portal()

Place = LearningSession | Series | Portal  # on what rules stand

FIELDS = ["letter", "whom", "amount", "unit", "side", "edge", "clock"]


@dataclass(frozen=True)
class Said:
    """What somebody says about a reminder."""

    letter: str
    whom: str
    amount: int
    unit: str
    clock: time | None  # where the unit is days

    def facts(self) -> dict[str, object]:
        side, edge = next(where for letter, where in COUNTED_FROM.items() if letter == self.letter)
        return {**vars(self), "side": side.value, "edge": edge.value}


@patient
@transaction.atomic
def make_own(place: LearningSession | Series, *, by: User) -> list[SessionReminder]:
    """Give *place* rules of its own that say the same as those that hold for it now.

    A second call changes nothing. Raises ValidationError ("busy").
    """
    _take_turn(place)
    return _own(place, by)


@patient
@transaction.atomic
def take_back(place: LearningSession | Series, *, by: User) -> int:
    """Let *place* have the rules of its series, or the standard, again; return how many it had."""
    _take_turn(place)
    return _standing(place).update(removed_at=timezone.now(), removed_by=by)


@patient
@transaction.atomic
def add(place: Place, said: Said, *, by: User) -> SessionReminder:
    """Add a rule to those of *place*, which get to be its own by that.

    The same person adding the same within two minutes gets the first one. Raises ValidationError
    ("twice", "busy").
    """
    _take_turn(place)
    same = _standing(place).filter(**said.facts())
    again = patience.made_just_now(same.filter(created_by=by))
    if again is not None:
        return again
    _own(place, by)
    _refuse_twice(place, said.facts())
    return _create(place, said.facts(), by, counts_from=timezone.now())


@patient
@transaction.atomic
def change(rule: SessionReminder, said: Said, *, by: User) -> SessionReminder:
    """Let another rule that says *said* stand in the place of *rule*; return it.

    What *rule* did is kept with it. Saying what it says already changes nothing, nor does a second
    click. Raises ValidationError ("twice", "gone", "busy").
    """
    place = place_of(rule)
    _take_turn(place)
    facts = said.facts()
    same = _standing(place).filter(**facts).first()
    if same is not None and (same.pk == rule.pk or same.created_by_id == by.pk and _gone(rule)):
        return same
    refuse_gone(rule)
    _refuse_twice(place, facts)
    _remove(rule, by)
    return _create(place, facts | {"is_off": rule.is_off}, by, counts_from=timezone.now())


@patient
@transaction.atomic
def switch(rule: SessionReminder, *, on: bool, by: User) -> SessionReminder:
    """Switch *rule* on or off; switched on it counts from now. A second call changes nothing.

    Raises ValidationError ("gone", "busy").
    """
    _take_turn(place_of(rule))
    refuse_gone(rule)
    now = timezone.now()
    if on:
        SessionReminder.objects.standing().filter(pk=rule.pk, is_off=True).update(
            is_off=False, counts_from=now, switched_at=now, switched_by=by
        )
    else:
        SessionReminder.objects.standing().filter(pk=rule.pk, is_off=False).update(
            is_off=True, switched_at=now, switched_by=by
        )
    rule.refresh_from_db()
    return rule


@patient
@transaction.atomic
def remove(rule: SessionReminder, *, by: User) -> None:
    """Take *rule* away; after the last one those of the series, or the standard, hold again.

    After the last one of the standard nobody is reminded where nothing else is said.
    """
    _take_turn(place_of(rule))
    _remove(rule, by)
    rule.refresh_from_db(fields=["removed_at", "removed_by"])


@patient
@transaction.atomic
def restore(rule: SessionReminder, *, by: User) -> None:
    """Let *rule* hold again that *by* has just removed, as if nothing had been.

    A second call changes nothing. Raises ValidationError ("over", "twice", "busy").
    """
    place = place_of(rule)
    _take_turn(place)
    rule.refresh_from_db(fields=["removed_at", "removed_by"])
    if rule.removed_at is None:
        return
    if not rule.may_be_restored(by, timezone.now()):
        raise ValidationError(_("It is too late to undo that."), code="over")
    _refuse_twice(place, {name: getattr(rule, name) for name in FIELDS})
    SessionReminder.objects.filter(pk=rule.pk).update(removed_at=None, removed_by=None)


def has_own(place: Place) -> bool:
    """Whether *place* has rules of its own. One query."""
    return isinstance(place, Portal) or _standing(place).exists()


def place_of(rule: SessionReminder) -> Place:
    """The series or session that *rule* stands on, or all of them together."""
    return rule.session or rule.series or PORTAL


def _take_turn(place: Place) -> None:
    patience.take_turn(f"reminders:{type(place).__name__}:{place.pk}")


def _standing(place: Place) -> SessionReminderQuerySet:
    return SessionReminder.objects.standing().filter(**_on(place))


def _on(place: Place) -> dict[str, Place | None]:
    session = place if isinstance(place, LearningSession) else None
    return {"session": session, "series": place if isinstance(place, Series) else None}


def _gone(rule: SessionReminder) -> bool:
    return not SessionReminder.objects.standing().filter(pk=rule.pk).exists()


def refuse_gone(rule: SessionReminder) -> None:
    """Say who was first, when, and what holds now in the place of *rule*.

    Raises ValidationError ("gone") where it holds no more.
    """
    mine = SessionReminder.objects.select_related("removed_by").get(pk=rule.pk)
    if mine.removed_at is not None:
        now = instead_of(mine)
        raise removed_first(mine, words.in_words(now) if now else "")


def instead_of(rule: SessionReminder) -> SessionReminder | None:
    """What whoever took *rule* away put in its place, and stands there now, if anything does."""
    if rule.removed_at is None:
        return None
    later = _standing(place_of(rule)).filter(created_at__gte=rule.removed_at)
    return later.filter(created_by=rule.removed_by).order_by("pk").first()


def _own(place: Place, by: User) -> list[SessionReminder]:
    own = list(_standing(place))
    if own or isinstance(place, Portal):
        return own
    if isinstance(place, LearningSession):
        held = due.in_force([place])[place.pk]
    else:
        held = due.in_force_for_series(place.pk)
    copies = []
    for rule in held.rules:
        # A copy counts from when the other did: what is due this minute is lost to neither, and
        # nobody gets two letters of the same moment.
        firsts = [first for first in (rule.counts_from, held.since) if first is not None]
        facts = {name: getattr(rule, name) for name in (*FIELDS, "is_off")}
        copies.append(_create(place, facts, by, counts_from=max(firsts, default=None)))
    return copies


def _refuse_twice(place: Place, facts: dict[str, object]) -> None:
    if _standing(place).filter(**facts).exists():
        raise ValidationError(_("That reminder is there already."), code="twice")


def _create(
    place: Place, facts: dict[str, object], by: User, *, counts_from: datetime | None
) -> SessionReminder:
    return SessionReminder.objects.create(
        **_on(place), **facts, created_by=by, counts_from=counts_from
    )


def _remove(rule: SessionReminder, by: User) -> None:
    SessionReminder.objects.standing().filter(pk=rule.pk).update(
        removed_at=timezone.now(), removed_by=by
    )
