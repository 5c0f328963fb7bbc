"""What is asked about an organisation."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partners.differences import CorrectionForm
from partners.fields import CharField, DateField, OrgNumberField, WebAddressField
from partners.models import FocusArea, OrganisationStatus, Sector


class OrganisationForm(CorrectionForm):
    """An organisation's name and facts, and whether it is a partner."""

    name = CharField(
        label=_("Name"),
        max_length=200,
        error_messages={"required": _("Enter the name of the organisation.")},
    )
    org_number = OrgNumberField(label=_("Organisation number"))
    sector = forms.ChoiceField(
        label=_("Sector"), required=False, choices=[("", _("not known")), *Sector.choices]
    )
    website = WebAddressField(label=_("Website"), required=False, assume_scheme="https")
    focus_areas = forms.ModelMultipleChoiceField(
        FocusArea.objects.all(),
        label=_("Focus areas"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    status = forms.ChoiceField(
        label=_("In the partnership"),
        choices=OrganisationStatus,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether the organisation is a partner.")},
    )
    joined_on = DateField(label=_("Joined on"), required=False)
    left_on = DateField(
        label=_("Leaves on"),
        required=False,
        help_text=_("From that day its people see nothing that is for the partners."),
    )

    def clean_focus_areas(self) -> list[FocusArea]:
        return list(self.cleaned_data["focus_areas"])

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if {"status", "left_on", "joined_on"} <= facts.keys():
            self._settle_leaving(facts)
        return facts

    def _settle_leaving(self, facts: dict[str, Any]) -> None:
        """A day to come is a partner until then; a day that has come is one that has left."""
        today = timezone.localdate()
        if facts["status"] == OrganisationStatus.LEFT:
            had_left = self.initial.get("status") == OrganisationStatus.LEFT
            if facts["left_on"] is None and not had_left:
                facts["left_on"] = today
            elif facts["left_on"] is not None and facts["left_on"] > today:
                facts["status"] = OrganisationStatus.ACTIVE.value
        if facts["left_on"] is not None and (problem := _why_not_then(facts, today)):
            self.add_error("left_on", str(problem))


class OwnWordsForm(CorrectionForm):
    """Who an organisation is, as it says it itself."""

    description_sv = CharField(
        label=_("Who are you? In Swedish"),
        required=False,
        max_length=400,
        help_text=_(
            "One to three sentences. For example: We build and renovate homes in Umeå. Our aim "
            "is to halve the emissions of our sites by 2030."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    description_en = CharField(
        label=_("Who are you? In English"),
        required=False,
        max_length=400,
        help_text=_("Without it, the English page shows the Swedish words."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _why_not_then(facts: dict[str, Any], today: date) -> str | Promise:
    """What is wrong with the day on which an organisation leaves; "" if nothing is."""
    if facts["status"] == OrganisationStatus.PROSPECT:
        return _("Only a partner can leave. Take the day away.")
    if facts["status"] == OrganisationStatus.ACTIVE and facts["left_on"] <= today:
        return _("That day has come. Choose “has left”, or write a later day.")
    if facts["joined_on"] is not None and facts["left_on"] < facts["joined_on"]:
        return _("An organisation cannot leave before it joined.")
    return ""
