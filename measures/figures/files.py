"""The list of measures as a file: what is on the page is what is in the file."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from measures.figures.summary import with_achieved
from measures.figures.words import COUNTED, HOW_SURE
from measures.models import EffectMethod, Measure, MeasureQuerySet, MeasureStatus
from partners.sheets.writer import Column, Kind, Sheet


class Row(NamedTuple):
    measure: str
    organisation: str
    focus_area: str
    challenge: str | None
    status: str
    start_on: date | None
    end_on: date | None
    expected_t: Decimal | None  # t CO2e a year; None is "not quantified", never 0
    expected_method: str
    achieved_t: Decimal | None
    achieved_method: str | None
    published_on: date | None  # None is a draft


def rows(measures: MeasureQuerySet) -> Iterator[Row]:
    """The measures as they are sorted, read a thousand at a time. One query."""
    found = with_achieved(measures.select_related("organisation", "focus_area", "challenge"))
    return (_row(measure) for measure in found.iterator(chunk_size=1000))


def columns() -> list[Column]:
    return [
        Column(_("Measure"), width=44),
        Column(_("Organisation"), width=28),
        Column(_("Focus area"), width=28),
        Column(_("Climate challenge"), width=28),
        Column(_("Status")),
        Column(_("Start"), Kind.DATE),
        Column(_("End date"), Kind.DATE),
        Column(_("Expected effect, t CO₂e a year"), Kind.DECIMAL),
        Column(_("How the expected effect is known"), width=18),
        Column(_("Achieved effect, t CO₂e a year"), Kind.DECIMAL),
        Column(_("How the achieved effect is known"), width=18),
        Column(_("Published"), Kind.DATE),
    ]


def sheets(measures: MeasureQuerySet) -> list[Sheet]:
    """The rows, and a sheet that says what was counted and how."""
    notes = [
        (_("Read on"), timezone.localdate().isoformat()),
        (_("Unit"), _("Tonnes of carbon dioxide equivalents (CO₂e) a year, at full effect")),
        (_("Empty cell"), _("Not quantified: nobody has a figure. It is not 0.")),
        (
            _("Achieved effect"),
            _("The latest figure among the measure's progress reports"),
        ),
        (_("What counts in sums"), str(COUNTED)),
        (_("How sure"), str(HOW_SURE)),
    ]
    return [
        Sheet(_("Measures"), columns(), rows(measures)),
        Sheet(_("How this is counted"), [Column(_("What"), width=24), Column("", width=80)], notes),
    ]


def _row(measure: Measure) -> Row:
    achieved_method = getattr(measure, "achieved_method", None)
    published = measure.published_at
    return Row(
        measure=measure.title,
        organisation=measure.organisation.name,
        focus_area=str(measure.focus_area),
        challenge=str(measure.challenge) if measure.challenge else None,
        status=str(MeasureStatus(measure.status).label),
        start_on=measure.start_on,
        end_on=measure.end_on,
        expected_t=measure.reduction_t,
        expected_method=str(EffectMethod(measure.method).label),
        achieved_t=getattr(measure, "achieved_t", None),
        achieved_method=str(EffectMethod(achieved_method).label) if achieved_method else None,
        published_on=timezone.localdate(published) if published else None,
    )
