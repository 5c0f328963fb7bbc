"""What a reader of the reports chooses: a period, a grouping, and the rows behind a figure."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.participation.report import By
from learning.participation.rows import COUNTED, Period
from partners.fields import CharField, DateField

YEARS = [
    MinValueValidator(date(1990, 1, 1), gettext_lazy("Choose a day after 1989.")),
    MaxValueValidator(date(2100, 12, 31), gettext_lazy("Choose a day before 2101.")),
]


def this_year() -> Period:
    year = timezone.localdate().year
    return Period(date(year, 1, 1), date(year, 12, 31))


def presets() -> list[tuple[str, Period]]:
    """Periods people ask for, with their names."""
    today = timezone.localdate()
    year, last = today.year, today.year - 1
    autumn = last if today.month < 7 else year
    return [
        (_("This year"), Period(date(year, 1, 1), date(year, 12, 31))),
        (
            _("Spring term %(year)s") % {"year": year},
            Period(date(year, 1, 1), date(year, 6, 30)),
        ),
        (
            _("Autumn term %(year)s") % {"year": autumn},
            Period(date(autumn, 7, 1), date(autumn, 12, 31)),
        ),
        (_("Last year"), Period(date(last, 1, 1), date(last, 12, 31))),
    ]


class ReportForm(forms.Form):
    """A period and what a row adds up; what is not chosen is this year by organisation."""

    start = DateField(label=gettext_lazy("From and including"), validators=YEARS, required=False)
    end = DateField(label=gettext_lazy("Up to and including"), validators=YEARS, required=False)
    by = forms.ChoiceField(
        choices=[(by.value, by.value) for by in By], required=False, widget=forms.HiddenInput
    )

    sort = CharField(max_length=20, required=False, widget=forms.HiddenInput)
    more = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        year = this_year()
        cleaned["start"] = cleaned.get("start") or year.first
        cleaned["end"] = cleaned.get("end") or year.last
        if not self.errors and cleaned["end"] < cleaned["start"]:
            self.add_error("end", _("The last day is before the first day. Change one of them."))
        return cleaned

    @property
    def period(self) -> Period:
        return Period(self.cleaned_data["start"], self.cleaned_data["end"])

    @property
    def grouping(self) -> By:
        return By(self.cleaned_data["by"] or By.ORGANISATION)


class RowsForm(ReportForm):
    """Also which row of the report, and which of its figures; neither chosen: all."""

    key = CharField(max_length=40, required=False, widget=forms.HiddenInput)
    counted = forms.ChoiceField(
        choices=[(name, name) for name in COUNTED], required=False, widget=forms.HiddenInput
    )
