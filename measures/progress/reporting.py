"""Telling how a measure goes: its state now, what was achieved, what stands in the way."""

from decimal import Decimal
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from measures.models import EffectMethod, Measure, MeasureReport
from measures.planning.planning import Barriers, change, lock, note_barriers
from partners.models import User
from partners.patience import made_just_now, patient


class Progress(TypedDict):
    """What somebody tells about a measure today."""

    status: str
    text: str
    reduction_t: Decimal | None  # achieved, tonnes CO2e a year; None is "not quantified", never 0
    method: str


@patient
@transaction.atomic
def report_progress(
    measure: Measure, progress: Progress, barriers: Barriers, *, by: User
) -> MeasureReport:
    """Add a progress report to *measure*, and give the measure the status it tells.

    The expected effect stays: plan and outcome are both kept. The same person sending the same
    report again within two minutes gets the first one back. Locks the measure. Raises
    ValidationError ("busy").
    """
    return _tell(lock(measure), progress, barriers, by=by)


@patient
@transaction.atomic
def no_news(measure: Measure, *, by: User) -> MeasureReport:
    """Report that nothing has changed: the state stays, and the figure told before still holds.

    A second click gets the first report back. Locks the measure. Raises ValidationError ("busy").
    """
    measure = lock(measure)
    progress = Progress(
        status=measure.status,
        text=_("Nothing new."),
        reduction_t=None,
        method=EffectMethod.NOT_QUANTIFIED,
    )
    return _tell(measure, progress, {}, by=by)


def _tell(measure: Measure, progress: Progress, barriers: Barriers, *, by: User) -> MeasureReport:
    """Add a report to a locked measure, once however often it is sent."""
    again = made_just_now(measure.reports.filter(created_by=by, **progress))
    if again is not None:
        return again
    report = measure.reports.create(created_by=by, **progress)
    note_barriers(measure, barriers, report)
    change(measure, {"status": progress["status"]}, by=by)
    return report
