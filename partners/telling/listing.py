"""Who leads and who pays: rows that coordinators add, change, put in order and remove."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from partners.models import Behind, User
from partners.patience import made_just_now, patient, take_turn

Facts = Mapping[str, Any]


@patient
@transaction.atomic
def add(kind: type[Behind], facts: Facts, *, by: User) -> Behind:
    """Put a new row last; one that *by* has added just now, with the same facts, is that one.

    Takes the turn of its kind. Raises ValidationError ("busy").
    """
    _take_turn(kind)
    same = {name: value for name, value in facts.items() if name != "picture"}
    if made := made_just_now(kind.objects.filter(created_by=by, **same)):
        return made
    last = kind.objects.count() + 1
    return kind.objects.create(**facts, position=last, created_by=by, changed_by=by)


@patient
@transaction.atomic
def change(row: Behind, facts: Facts, *, by: User) -> Behind:
    """Let *row* say *facts*. Locks it. Raises ValidationError ("busy")."""
    row = type(row).objects.select_for_update(no_key=True).get(pk=row.pk)
    for name, value in facts.items():
        setattr(row, name, value)
    row.changed_by = by
    row.save()
    return row


@patient
@transaction.atomic
def move(row: Behind, place: int, *, by: User) -> None:
    """Let *row* stand in *place*, counted from 1; the others keep their order.

    Takes the turn of its kind. Raises ValidationError ("busy").
    """
    kind = type(row)
    _take_turn(kind)
    ordered = [one for one in kind.objects.in_order() if one.pk != row.pk]
    ordered.insert(max(place, 1) - 1, row)
    for number, one in enumerate(ordered, start=1):
        one.position = number
    kind.objects.bulk_update(ordered, ["position"])
    kind.objects.filter(pk=row.pk).update(changed_by=by)


@patient
@transaction.atomic
def remove(row: Behind, *, by: User) -> None:
    """Take *row* away: *by* answers for it, and nothing of it is kept. Raises as change."""
    _take_turn(type(row))
    type(row).objects.filter(pk=row.pk).delete()


def _take_turn(kind: type[Behind]) -> None:
    take_turn(f"partners.{kind._meta.model_name}")
