"""How a coordinator narrows the table of cards."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from measures.standing.table import MISSING
from partners.fields import CharField, DateField
from partners.models import FocusArea, Sector

MONTHS = (3, 6, 12, 24)
A_MONTH = timedelta(days=30.44)


class CardFilter(forms.Form):
    """Which cards somebody looks for; what does not make sense is left out, not refused."""

    q = CharField(label=gettext_lazy("Search partners"), required=False, max_length=100)
    missing = forms.ChoiceField(
        label=gettext_lazy("What is missing"),
        required=False,
        choices=[("", gettext_lazy("All are shown")), *MISSING.items()],
    )
    months = forms.TypedChoiceField(
        label=gettext_lazy("Not at a session for"), required=False, coerce=int, empty_value=None
    )
    since = DateField(label=gettext_lazy("Not at a session since"), required=False)
    sector = forms.ChoiceField(
        label=gettext_lazy("Sector"),
        required=False,
        choices=[("", gettext_lazy("All sectors")), *Sector.choices],
    )
    area = forms.ModelChoiceField(
        FocusArea.objects.all(),
        label=gettext_lazy("Focus area"),
        required=False,
        empty_label=gettext_lazy("All focus areas"),
        to_field_name="key",
    )
    without_contact = forms.BooleanField(
        label=gettext_lazy("Without a contact person"), required=False
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        field = self.fields["months"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [
            ("", _("However long")),
            *((n, _("%(n)d months") % {"n": n}) for n in MONTHS),
        ]

    @property
    def filters(self) -> list[forms.BoundField]:
        """The fields that narrow the table, beside the words looked for."""
        return [field for field in self.visible_fields() if field.name != "q"]

    @property
    def wishes(self) -> dict[str, Any]:
        """What is asked for and makes sense, by name; of two days the earlier."""
        self.is_valid()
        found = {name: value for name, value in self.cleaned_data.items() if value}
        if months := found.pop("months", None):
            back = timezone.localdate() - months * A_MONTH
            found["since"] = min(found.get("since", date.max), back)
        return found

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """The filters that are on, by name, as their pills say it."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value and name != "q"}
        return [(name, self._pill(name, value)) for name, value in given.items()]

    def _pill(self, name: str, value: Any) -> str:
        label = str(self.fields[name].label)
        if value is True:
            return label
        if isinstance(value, date):
            return f"{label} {date_format(value, 'j F Y')}"
        return f"{label}: {self._named(name, value)}"

    def _named(self, name: str, value: Any) -> object:
        """What is chosen in a list, as the list says it."""
        if name == "missing":
            return MISSING[value]
        if name == "sector":
            return Sector(value).label
        return _("%(n)d months") % {"n": value} if name == "months" else value
