"""What coordinators write of the city: a year and its tonnes, or many years at once."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from measures.city import keeping, pasting
from measures.city.pasting import Pasted, Refused
from measures.models import CityEmission, CityTarget
from measures.models.city import FIRST_YEAR, LAST_YEAR
from partners.fields import CharField, DateField, DecimalField, IntegerField
from partners.reading.numbers import TONNES

SAID_AT_ONCE = 10  # refused rows that are told; with more something is wrong with all

REASONS = {
    "columns": _("has more than two columns. Keep the one of years and the one of tonnes"),
    "far": _(
        "%(tonnes)s tonnes is far from the %(known)s of %(near)s. Correct it, or write the unit if "
        "it is right"
    ),
    "heading_unit": _("the heading says “%(words)s”. Give whole tonnes or thousand tonnes"),
    "invalid": _("the figure is not understood. Write it in figures, for example 236 000"),
    "later": _("%(year)s is not over yet. Outcomes end with %(until)s"),
    "long": _("that is more than a city can emit. Write tonnes, for example 236 000"),
    "many": _("is more than the %(most)s rows that can be pasted at once"),
    "negative": _("emissions cannot be negative. Write them without a minus"),
    "no_year": _("has no year. Begin with it, for example 2024 236 000"),
    "range": _("gives a span. Write one figure, for example 236 000"),
    "thousands": _("do you mean %(thousands)s or %(decimals)s? Write the one you mean"),
    "twice": _("%(year)s is in row %(line)s, too, with another figure. Keep one of them"),
    "unit": _("“%(words)s” is not a unit of emissions here. Write tonnes, or kton"),
    "year": _("%(year)s cannot be the year. Write one such as 2024"),
}


class CityTonnesField(DecimalField):
    """Tonnes CO2e of the whole city, the way people write them: 236 000, ca 236 kton."""

    unit = TONNES
    default_error_messages = {
        "required": _("Write the tonnes in figures, for example 236 000."),
        "invalid": _("Write the tonnes in figures, for example 236 000."),
        "negative": _("Emissions cannot be negative. Write them without a minus."),
        "unit": _("“%(words)s” is not a unit for this field. Write tonnes, for example 236 000."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=12, decimal_places=3, **kwargs)

    def read(self, text: str) -> Decimal:
        return self._whole(pasting.read_tonnes(text, get_language() or ""))

    def _whole(self, tonnes: Decimal) -> Decimal:
        return tonnes.quantize(Decimal(1)) if tonnes == tonnes.to_integral_value() else tonnes


class FigureForm(forms.Form):
    """What the two kinds of figures have in common."""

    year = IntegerField(
        label=_("Year"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        error_messages={
            "required": _("Write the year, for example 2024."),
            "min_value": _("Write a year such as 2024."),
            "max_value": _("Write a year such as 2024."),
        },
    )
    tonnes = CityTonnesField(label=_("Tonnes of CO₂e a year"))
    source = CharField(
        label=_("Source"),
        max_length=200,
        help_text=_("For example: the National Emissions Database"),
        error_messages={"required": _("Write where the figure is from.")},
    )


class EmissionForm(FigureForm):
    """What the city emitted in a year."""

    published_on = DateField(
        label=_("Published on"),
        required=False,
        help_text=_("The day the source made the figure known."),
    )

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if year > _last_year():
            raise ValidationError(
                gettext("%(year)s is not over yet. Enter it when the outcome is known."),
                params={"year": year},
            )
        return year


class TargetForm(FigureForm):
    """What the city means to emit at most in a year."""

    wording = CharField(
        label=_("The target in words"),
        required=False,
        max_length=200,
        help_text=_("For example: climate neutral by 2030"),
    )


FORMS: dict[type, type[FigureForm]] = {CityEmission: EmissionForm, CityTarget: TargetForm}


class PasteForm(forms.Form):
    """Two columns out of a spreadsheet, and where they are from."""

    rows = CharField(
        label=_("Years and tonnes"),
        max_length=20_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=_(
            "Copy two columns in the spreadsheet and paste them here. A heading may come along. A "
            "year without a figure is left as a gap."
        ),
        error_messages={"required": _("Paste at least one row, for example 2024 236 000.")},
    )
    source = CharField(
        label=_("Source"),
        max_length=200,
        error_messages={"required": _("Write where the figures are from.")},
    )
    published_on = DateField(label=_("Published on"), required=False)
    seen = CharField(required=False, max_length=16, widget=forms.HiddenInput)

    pasted: Pasted

    def clean_rows(self) -> str:
        text: str = self.cleaned_data["rows"]
        self.pasted = pasting.read(
            text, get_language() or "", until=_last_year(), known=keeping.outcomes()
        )
        if self.pasted.refused:
            raise ValidationError(list(self._refusals(self.pasted.refused)))
        if not self.pasted.rows:
            raise ValidationError(gettext("Paste at least one row, for example 2024 236 000."))
        return text

    def _refusals(self, refused: tuple[Refused, ...]) -> list[str]:
        told = [_in_words(one) for one in refused[:SAID_AT_ONCE]]
        more = len(refused) - SAID_AT_ONCE
        if more > 0:
            told.append(gettext("And %(more)s rows more.") % {"more": more})
        return told


def _last_year() -> int:
    """The last year that is over: those after it have no outcome."""
    return timezone.localdate().year - 1


def _in_words(refused: Refused) -> str:
    said = dict(refused.said)
    for name in {"tonnes", "known"} & said.keys():
        said[name] = number_format(Decimal(said[name]).normalize(), force_grouping=True)
    reason = str(REASONS.get(refused.code, REASONS["invalid"])) % said
    return gettext("Row %(line)s: %(reason)s.") % {"line": refused.line, "reason": reason}
