"""The rules of reminders of measures: added, changed, switched off, taken away. One set for all."""

from dataclasses import dataclass
from datetime import time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from measures.models import COUNTED, MeasureReminder
from measures.reminders import words
from partners import patience
from partners.differences import removed_first
from partners.models import User
from partners.patience import patient


@dataclass(frozen=True)
class Said:
    """What somebody says about a reminder: after so many days of silence, at a clock time."""

    amount: int
    clock: time


@patient
@transaction.atomic
def add(said: Said, *, by: User) -> MeasureReminder:
    """Add a rule, which counts from now.

    The same person adding the same within two minutes gets the first one. Raises ValidationError
    ("twice", "busy").
    """
    _take_turn()
    mine = MeasureReminder.objects.standing().filter(**vars(said), created_by=by)
    again = patience.made_just_now(mine)
    if again is not None:
        return again
    _refuse_twice(said.amount)
    return _create(said, by)


@patient
@transaction.atomic
def change(rule: MeasureReminder, said: Said, *, by: User) -> MeasureReminder:
    """Let another rule that says *said* stand in the place of *rule*; return it.

    What *rule* did is kept with it. Saying what it says already changes nothing, nor does a second
    click. Raises ValidationError ("twice", "gone", "busy").
    """
    _take_turn()
    rule.refresh_from_db()
    is_gone = rule.removed_at is not None
    same = MeasureReminder.objects.standing().filter(**vars(said)).first()
    if same is not None and (same.pk == rule.pk or (is_gone and same.created_by_id == by.pk)):
        return same
    refuse_gone(rule)
    _refuse_twice(said.amount, but=rule)
    _remove(rule, by)
    return _create(said, by, is_off=rule.is_off)


@patient
@transaction.atomic
def switch(rule: MeasureReminder, *, on: bool, by: User) -> MeasureReminder:
    """Switch *rule* on or off; switched on it counts from now. A second call changes nothing.

    Raises ValidationError ("gone", "busy").
    """
    _take_turn()
    rule.refresh_from_db()
    refuse_gone(rule)
    now = timezone.now()
    said: dict[str, object] = {"is_off": not on, "switched_at": now, "switched_by": by}
    if on:
        said["counts_from"] = now
    MeasureReminder.objects.standing().filter(pk=rule.pk, is_off=on).update(**said)
    rule.refresh_from_db()
    return rule


@patient
@transaction.atomic
def remove(rule: MeasureReminder, *, by: User) -> None:
    """Take *rule* away; what it did is kept. A second call keeps who took it away, and when."""
    _take_turn()
    _remove(rule, by)
    rule.refresh_from_db(fields=["removed_at", "removed_by"])


@patient
@transaction.atomic
def restore(rule: MeasureReminder, *, by: User) -> None:
    """Let *rule* hold again that *by* has just removed, as if nothing had been.

    A second call changes nothing. Raises ValidationError ("over", "twice", "busy").
    """
    _take_turn()
    rule.refresh_from_db(fields=["removed_at", "removed_by"])
    if rule.removed_at is None:
        return
    if not rule.may_be_restored(by, timezone.now()):
        raise ValidationError(_("It is too late to undo that."), code="over")
    _refuse_twice(rule.amount)
    MeasureReminder.objects.filter(pk=rule.pk).update(removed_at=None, removed_by=None)


def _take_turn() -> None:
    patience.take_turn("reminders:measures")


def refuse_gone(rule: MeasureReminder) -> None:
    """Say who was first, when, and what holds now in the place of *rule*.

    Raises ValidationError ("gone") where it holds no more.
    """
    if rule.removed_at is not None:
        now = instead_of(rule)
        raise removed_first(rule, words.in_words(now) if now else "")


def instead_of(rule: MeasureReminder) -> MeasureReminder | None:
    """What whoever took *rule* away put in its place, and stands there now, if anything does."""
    if rule.removed_at is None:
        return None
    later = MeasureReminder.objects.standing().filter(created_at__gte=rule.removed_at)
    return later.filter(created_by=rule.removed_by).order_by("pk").first()


def _refuse_twice(amount: int, *, but: MeasureReminder | None = None) -> None:
    """One a day is written to a partner: of two after as many days the later one says nothing."""
    beside = MeasureReminder.objects.standing().filter(amount=amount)
    if any(one != but for one in beside):
        text = _("There is a reminder after %(n)s days already. Change that one instead.")
        raise ValidationError(text % {"n": amount}, code="twice")


def _create(said: Said, by: User, *, is_off: bool = False) -> MeasureReminder:
    return MeasureReminder.objects.create(
        **COUNTED, **vars(said), is_off=is_off, created_by=by, counts_from=timezone.now()
    )


def _remove(rule: MeasureReminder, by: User) -> None:
    MeasureReminder.objects.standing().filter(pk=rule.pk).update(
        removed_at=timezone.now(), removed_by=by
    )
