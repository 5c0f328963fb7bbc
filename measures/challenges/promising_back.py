"""What the city and its companies promise back for a challenge."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from measures.challenges.versions import write_over
from measures.models import Challenge, CounterCommitment
from partners.models import User
from partners.patience import patient

Facts = Mapping[str, Any]
FACTS = ("text_sv", "text_en", "owner", "state", "due_on")


def facts_of(promise: CounterCommitment) -> dict[str, Any]:
    """What a form shows of *promise*."""
    return {name: getattr(promise, name) for name in FACTS}


@patient
@transaction.atomic
def add(challenge: Challenge, facts: Facts, *, by: User) -> CounterCommitment:
    """Promise something back for *challenge*; what stands there already is that one.

    Locks the challenge. Raises ValidationError ("busy").
    """
    challenge = Challenge.objects.select_for_update(of=("self",), no_key=True).get(pk=challenge.pk)
    own = CounterCommitment.objects.standing().filter(challenge=challenge)
    if known := own.filter(**facts).first():
        return known
    return own.create(challenge=challenge, **facts, position=own.count() + 1, updated_by=by)


@patient
@transaction.atomic
def change(
    promise: CounterCommitment, facts: Facts, *, version: int, by: User
) -> CounterCommitment:
    """Let *promise* say *facts*, unless somebody changed it since *version*.

    Locks it. Raises ValidationError ("changed", "busy").
    """
    return write_over(_locked(promise), facts, version=version, by=by)


@patient
@transaction.atomic
def remove(promise: CounterCommitment, *, by: User) -> None:
    """Take *promise* away; the row is kept, and can be put back. Locks it."""
    promise = _locked(promise)
    if promise.removed_at is None:
        promise.removed_at, promise.removed_by = timezone.now(), by
        promise.save(update_fields=["removed_at", "removed_by"])


@patient
@transaction.atomic
def put_back(promise: CounterCommitment, *, by: User) -> None:
    """Let *promise* stand again, as it did. Locks it."""
    promise = _locked(promise)
    if promise.removed_at is not None:
        promise.removed_at = promise.removed_by = None
        promise.updated_by = by
        promise.save(update_fields=["removed_at", "removed_by", "updated_by", "updated_at"])


def _locked(promise: CounterCommitment) -> CounterCommitment:
    rows = CounterCommitment.objects.select_related("updated_by")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=promise.pk)
