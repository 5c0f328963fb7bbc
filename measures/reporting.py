"""Telling how a measure goes: its state now, what was achieved, what stands in the way."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import TypedDict

from django.db import transaction
from django.utils import timezone

from measures.models import Measure, MeasureBarrier, MeasureReport
from partners.models import User

DOUBLE_CLICK = timedelta(minutes=2)


class Progress(TypedDict):
    """What somebody tells about a measure today."""

    status: str
    text: str
    reduction_t: Decimal | None  # achieved, tonnes CO2e a year; None is "not quantified", never 0
    method: str


@transaction.atomic
def report_progress(
    measure: Measure, progress: Progress, barriers: Mapping[str, str], *, by: User
) -> MeasureReport:
    """Add a progress report to *measure*, and give the measure the status it tells.

    The expected effect stays: plan and outcome are both kept. The same person sending the same
    report again within two minutes gets the first one back. Locks the measure.
    """
    measure = Measure.objects.select_for_update().get(pk=measure.pk)
    recent = timezone.now() - DOUBLE_CLICK
    again = measure.reports.filter(created_by=by, created_at__gte=recent, **progress).first()
    if again is not None:
        return again
    report = measure.reports.create(created_by=by, **progress)
    MeasureBarrier.objects.bulk_create(
        MeasureBarrier(measure=measure, report=report, type=kind, text=text)
        for kind, text in barriers.items()
    )
    measure.status = progress["status"]
    measure.version += 1  # whoever edits the plan meanwhile is told before saving an old status
    measure.updated_by = by
    measure.save(update_fields=["status", "version", "updated_by", "updated_at"])
    return report
