"""How a reader narrows the list of measures."""

from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from measures.models import Measure, MeasureStatus
from partners.fields import CharField, OrganisationField
from partners.models import FocusArea, Organisation, User


class MeasureFilter(forms.Form):
    """What somebody looks for among the measures; what does not exist is left out, not refused."""

    q = CharField(
        label=_("Search for a measure or an organisation"), required=False, max_length=100
    )
    area = forms.ModelChoiceField(
        FocusArea.objects.all(),
        label=_("Focus area"),
        required=False,
        empty_label=_("All"),
        to_field_name="key",
    )
    status = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *MeasureStatus.choices]
    )
    organisation = OrganisationField(
        Organisation.objects.none(), label=_("Organisation"), required=False
    )
    ours = forms.BooleanField(label=_("Only our own"), required=False)

    def __init__(self, *args: Any, user: User | AnonymousUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        measures = Measure.objects.visible_to(user)
        offered = Organisation.objects.filter(pk__in=measures.values("organisation"))
        field = self.fields["organisation"]
        assert isinstance(field, OrganisationField)
        field.offer(offered)
        if not user.is_authenticated:
            del self.fields["ours"]

    @property
    def filters(self) -> list[forms.BoundField]:
        """The fields that narrow the list, beside the words looked for."""
        return [field for field in self.visible_fields() if field.name != "q"]

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """The filters that are on, by name, as their pills say it."""
        return [
            (name, self._pill(name, value)) for name, value in self.wishes.items() if name != "q"
        ]

    def _pill(self, name: str, value: Any) -> str:
        label = self.fields[name].label
        if name == "ours":
            return str(label)
        shown = MeasureStatus(value).label if name == "status" else value
        return f"{label}: {shown}"

    @property
    def wishes(self) -> dict[str, Any]:
        """What is asked for and makes sense, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
