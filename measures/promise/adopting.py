"""Challenges an organisation takes on, drops for a reason, achieves, or thinks again about."""

from collections.abc import Iterable
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from measures.models import AdoptionState, Challenge, ChallengeAdoption, CommitmentPeriod
from partners.models import Organisation, User
from partners.patience import patient, take_turn

UNDO_FOR = timedelta(minutes=15)


@patient
@transaction.atomic
def take_on(
    organisation: Organisation,
    period: CommitmentPeriod,
    challenges: Iterable[Challenge],
    *,
    by: User,
) -> int:
    """Let *organisation* take on *challenges* for *period*; say how many are new.

    One that was dropped stands again; one that is taken on already stays as it is. Takes the turn
    of the organisation. Raises ValidationError ("retired", "busy").
    """
    take_turn(f"promise {organisation.pk}")
    wanted = Challenge.objects.filter(pk__in=[one.pk for one in challenges])
    known = {one.challenge_id: one for one in period.adoptions.filter(organisation=organisation)}
    standing = {pk for pk, one in known.items() if one.state != AdoptionState.DROPPED}
    new = [one for one in wanted if one.pk not in standing]
    if retired := next((one for one in new if one.retired_at), None):
        said = _("%(name)s is not taken on any more. Choose another challenge.")
        raise ValidationError(said, code="retired", params={"name": retired})
    for one in new:
        facts = {"adopted_on": timezone.localdate(), "adopted_by": by, "reason": ""}
        facts |= {"state": AdoptionState.ADOPTED, "changed_at": None, "changed_by": None}
        ChallengeAdoption.objects.update_or_create(
            organisation=organisation, challenge=one, period=period, defaults=facts
        )
    return len(new)


@patient
@transaction.atomic
def drop(adoption: ChallengeAdoption, reason: str, *, by: User) -> None:
    """Drop a challenge for a *reason*. A dropped one stays as it is. Locks it."""
    _become(adoption, AdoptionState.DROPPED, reason, by)


@patient
@transaction.atomic
def achieve(adoption: ChallengeAdoption, line: str, *, by: User) -> None:
    """Note that a challenge is achieved, and how. An achieved one stays as it is. Locks it."""
    _become(adoption, AdoptionState.ACHIEVED, line, by)


@patient
@transaction.atomic
def think_again(adoption: ChallengeAdoption, *, by: User) -> None:
    """Let a challenge that was just dropped or achieved stand as taken on.

    Locks it. Raises ValidationError ("late") when UNDO_FOR has passed.
    """
    row = _locked(adoption)
    if row.state == AdoptionState.ADOPTED:
        return
    if not is_fresh(row):
        said = _("It can be undone for 15 minutes only. Take the challenge on again instead.")
        raise ValidationError(said, code="late")
    row.state, row.reason = AdoptionState.ADOPTED, ""
    row.changed_at, row.changed_by = timezone.now(), by
    row.save(update_fields=["state", "reason", "changed_at", "changed_by"])


def is_fresh(adoption: ChallengeAdoption) -> bool:
    """Whether what was done last to *adoption* can still be undone."""
    moment = adoption.changed_at
    return moment is not None and timezone.now() < moment + UNDO_FOR


def _become(adoption: ChallengeAdoption, state: AdoptionState, reason: str, by: User) -> None:
    row = _locked(adoption)
    if row.state == state:
        return
    row.state, row.reason = state, reason
    row.changed_at, row.changed_by = timezone.now(), by
    row.save(update_fields=["state", "reason", "changed_at", "changed_by"])


def _locked(adoption: ChallengeAdoption) -> ChallengeAdoption:
    return ChallengeAdoption.objects.select_for_update(no_key=True).get(pk=adoption.pk)
