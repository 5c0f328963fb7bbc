"""Telling how a measure goes: its state now, what was achieved, what stands in the way."""

from decimal import Decimal
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from measures.models import EffectMethod, Measure, MeasureReport
from measures.planning.planning import Barriers, change, lock, note_barriers
from measures.reminders import mails
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
    measure = lock(measure)
    again = made_just_now(measure.reports.filter(created_by=by, **progress))
    if again is not None:
        return again
    report = measure.reports.create(created_by=by, **progress)
    note_barriers(measure, barriers, report)
    change(measure, {"status": progress["status"]}, by=by)
    return report


@patient
@transaction.atomic
def no_news(measure: Measure, *, by: User) -> MeasureReport:
    """Report that nothing has changed: the state stays, and the figure told before still holds.

    Whoever is editing the measure goes on undisturbed. A second click gets the first report back.
    Locks the measure. Raises ValidationError ("busy").
    """
    measure = lock(measure)
    again = made_just_now(measure.reports.filter(created_by=by, nothing_new_since__isnull=False))
    if again is not None:
        return again
    before = measure.updated_at
    measure.save(update_fields=["updated_at"])
    mails.overtaken(measure, timezone.now())
    return measure.reports.create(
        status=measure.status,
        text=_("Nothing new."),
        reduction_t=None,
        method=EffectMethod.NOT_QUANTIFIED,
        nothing_new_since=before,
        created_by=by,
    )


@patient
@transaction.atomic
def take_back(measure: Measure, report: int, *, by: User) -> None:
    """Undo no_news: the report of *measure* with the key *report* goes, as if never pressed.

    Only who pressed can undo it; of others, and a second time, it changes nothing. What somebody
    has changed since then stays. Locks the measure. Raises ValidationError ("over") when the time
    to think again is over, and "busy".
    """
    measure = lock(measure)
    said = measure.reports.filter(pk=report, created_by=by).first()
    if said is None:
        return
    if said.nothing_new_since is None or not said.may_be_undone(timezone.now()):
        raise ValidationError(_("It is too late to undo that."), code="over")
    if measure.updated_at <= said.created_at:
        Measure.objects.filter(pk=measure.pk).update(updated_at=said.nothing_new_since)
    said.delete()
