"""Writing a climate measure down, changing it, and showing it to the public."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.models import Intention, LearningSession
from measures.models import Challenge, Measure, MeasureBarrier, MeasureReport
from measures.reminders import mails
from partners.models import FocusArea, Organisation, User
from partners.patience import made_just_now, patient

Barriers = Mapping[str, str]  # kind of barrier → what stands in the way, "" where nobody said


class Plan(TypedDict):
    """What somebody says about a measure."""

    title: str
    description: str
    focus_area: FocusArea
    challenge: Challenge | None
    status: str
    start_on: date | None
    end_on: date | None
    reduction_t: Decimal | None  # tonnes CO2e a year; None is "not quantified", never 0
    method: str
    origin_session: LearningSession | None


@patient
@transaction.atomic
def create(
    organisation: Organisation,
    plan: Plan,
    barriers: Barriers,
    *,
    by: User,
    intention: Intention | None = None,
) -> Measure:
    """Write down a new measure of *organisation*, as a draft.

    The same person sending the same measure again within two minutes gets the first one back.
    Locks the organisation. Raises ValidationError ("busy").
    """
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    mine = Measure.objects.filter(organisation=organisation, created_by=by)
    again = made_just_now(mine.filter(**plan))
    if again is not None:
        return again
    measure = Measure.objects.create(
        organisation=organisation, origin_intention=intention, created_by=by, updated_by=by, **plan
    )
    note_barriers(measure, barriers)
    return measure


@patient
@transaction.atomic
def update(
    measure: Measure,
    said: Mapping[str, Any],
    barriers: Barriers | None = None,
    *,
    version: int,
    by: User,
) -> Measure:
    """Change what is *said* of *measure*, if nobody else has changed it since *version*.

    *said* holds any part of a plan; without *barriers* what stands in the way is left as it is.
    Saving what is already saved changes nothing, so a second click is no quarrel. Locks the
    measure. Raises ValidationError ("changed") when somebody saved something else in between, and
    "busy".
    """
    measure = lock(measure)
    if _says(measure, said, barriers):
        return measure
    if measure.version != version:
        raise ValidationError(
            _(
                "%(name)s changed the measure while you were writing. Both versions "
                "are below: choose what to keep and save again."
            ),
            code="changed",
            params={"name": measure.updated_by or measure.created_by},
        )
    change(measure, said, by=by)
    if barriers is not None:
        measure.barriers.filter(report=None).delete()
        note_barriers(measure, barriers)
    return measure


def change(measure: Measure, said: Mapping[str, Any], *, by: User) -> None:
    """Keep what is *said* of a locked measure; whoever edits it meanwhile hears of it on saving.

    The only code that gives a measure another status.
    """
    for name, value in said.items():
        setattr(measure, name, value)
    measure.version += 1
    measure.updated_by = by
    measure.save(update_fields=[*said, "version", "updated_by", "updated_at"])
    mails.overtaken(measure, timezone.now())


def note_barriers(
    measure: Measure, barriers: Barriers, report: MeasureReport | None = None
) -> None:
    """Note what stands in the way of *measure*: of its plan, or as a *report* tells it."""
    MeasureBarrier.objects.bulk_create(
        MeasureBarrier(measure=measure, report=report, type=kind, text=text)
        for kind, text in barriers.items()
    )


@patient
@transaction.atomic
def publish(measure: Measure, *, by: User) -> Measure:
    """Show *measure* to everybody; a published one stays as it is.

    Locks the measure. Raises ValidationError ("busy").
    """
    measure = lock(measure)
    if measure.published_at is None:
        measure.published_at = timezone.now()
        measure.updated_by = by
        measure.save(update_fields=["published_at", "updated_by", "updated_at"])
    return measure


@patient
@transaction.atomic
def unpublish(measure: Measure, *, by: User) -> Measure:
    """Make *measure* a draft of its organisation again.

    Locks the measure. Raises ValidationError ("busy").
    """
    measure = lock(measure)
    if measure.published_at is not None:
        measure.published_at = None
        measure.updated_by = by
        measure.save(update_fields=["published_at", "updated_by", "updated_at"])
        mails.overtaken(measure, timezone.now())
    return measure


def lock(measure: Measure) -> Measure:
    """Hold *measure* until the transaction ends; return it as it is now."""
    found = Measure.objects.select_related("organisation", "updated_by", "created_by")
    return found.select_for_update(of=("self",), no_key=True).get(pk=measure.pk)


def _says(measure: Measure, said: Mapping[str, Any], barriers: Barriers | None) -> bool:
    if any(getattr(measure, name) != value for name, value in said.items()):
        return False
    if barriers is None:
        return True
    return dict(measure.barriers.filter(report=None).values_list("type", "text")) == dict(barriers)
