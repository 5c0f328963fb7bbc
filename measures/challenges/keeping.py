"""The challenges of the roadmap: added, changed, put in order, retired and taken back."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from measures.challenges.versions import says, write_over
from measures.models import Challenge
from partners.models import FocusArea, User
from partners.patience import patient, take_turn

Facts = Mapping[str, Any]
FACTS = ("focus_area", "title_sv", "title_en", "meaning_sv", "meaning_en")
TURN = "challenges"  # whoever adds or orders them comes after another who does


def facts_of(challenge: Challenge) -> dict[str, Any]:
    """What a form shows of *challenge*."""
    return {name: getattr(challenge, name) for name in FACTS}


@patient
@transaction.atomic
def add(facts: Facts, *, by: User) -> Challenge:
    """Put a new challenge last in its focus area; what already says the same is returned.

    Takes the turn. Raises ValidationError ("taken", "busy").
    """
    take_turn(TURN)
    if known := _of_this_name(facts):
        if says(known, facts):
            return known
        raise _taken(known)
    return Challenge.objects.create(
        **facts, position=_last(facts["focus_area"]), updated_by=by, updated_at=timezone.now()
    )


@patient
@transaction.atomic
def change(challenge: Challenge, facts: Facts, *, version: int, by: User) -> Challenge:
    """Let *challenge* say *facts*, unless somebody changed it since *version*.

    In another focus area it stands last. Takes the turn. Raises ValidationError ("taken",
    "changed", "busy").
    """
    take_turn(TURN)
    challenge = Challenge.objects.select_related("focus_area", "updated_by").get(pk=challenge.pk)
    known = _of_this_name(facts)
    if known and known.pk != challenge.pk:
        raise _taken(known)
    moves = facts["focus_area"] != challenge.focus_area
    challenge = write_over(challenge, facts, version=version, by=by)
    if moves:
        challenge.position = _last(facts["focus_area"])
        challenge.save(update_fields=["position"])
    return challenge


@patient
@transaction.atomic
def move(challenge: Challenge, place: int, *, by: User) -> None:
    """Let *challenge* stand in *place* of its focus area, counted from 1; the rest keep theirs.

    Takes the turn. Raises ValidationError ("busy").
    """
    take_turn(TURN)
    area = Challenge.objects.filter(focus_area=challenge.focus_area_id)
    ordered = list(area.exclude(pk=challenge.pk))
    ordered.insert(max(place, 1) - 1, challenge)
    for number, one in enumerate(ordered, start=1):
        one.position = number
    Challenge.objects.bulk_update(ordered, ["position"])
    Challenge.objects.filter(pk=challenge.pk).update(updated_by=by, updated_at=timezone.now())


@patient
@transaction.atomic
def retire(challenge: Challenge, *, by: User) -> None:
    """Let nobody take *challenge* on any more; who has, keeps it. A retired one stays as it is."""
    take_turn(TURN)
    now = timezone.now()
    rows = Challenge.objects.filter(pk=challenge.pk, retired_at=None)
    rows.update(retired_at=now, updated_by=by, updated_at=now)


@patient
@transaction.atomic
def take_back(challenge: Challenge, *, by: User) -> None:
    """Let *challenge* be taken on again."""
    take_turn(TURN)
    rows = Challenge.objects.filter(pk=challenge.pk).exclude(retired_at=None)
    rows.update(retired_at=None, updated_by=by, updated_at=timezone.now())


def _of_this_name(facts: Facts) -> Challenge | None:
    return Challenge.objects.filter(title_sv__iexact=facts["title_sv"]).first()


def _taken(known: Challenge) -> ValidationError:
    return ValidationError(
        _("There is a challenge called %(name)s already. Change that one, or choose another name."),
        code="taken",
        params={"name": known.title_sv},
    )


def _last(area: FocusArea) -> int:
    return Challenge.objects.filter(focus_area=area).count() + 1
