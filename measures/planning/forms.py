"""What people write about their measures."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learning.models import Intention, LearningSession
from measures.models import Challenge, Measure, MeasureStatus
from measures.planning import beginnings, choices
from measures.planning.effect_form import EffectForm
from measures.planning.planning import Plan
from partners.fields import CharField, DateField, choices_of
from partners.models import FocusArea, Organisation, User


class MeasureForm(EffectForm):
    """A climate measure as its organisation describes it."""

    measure: Measure | None = None  # the one that is changed

    title = CharField(
        label=_("What are you going to do?"),
        max_length=150,
        error_messages={"required": _("Enter a name for the measure.")},
        help_text=_("A few words, for example: Change to fossil-free deliveries"),
    )
    description = CharField(
        label=_("Description"), required=False, max_length=5000, widget=forms.Textarea
    )
    focus_area = forms.ModelChoiceField(
        FocusArea.objects.all(),
        label=_("Focus area"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose the focus area that fits best.")},
    )
    challenge = forms.ModelChoiceField(
        Challenge.objects.select_related("focus_area"), label=_("Climate challenge"), required=False
    )
    status = forms.ChoiceField(
        label=_("Status"),
        choices=MeasureStatus.choices,
        initial=MeasureStatus.PLANNED,
        error_messages={"required": _("Choose a status.")},
    )
    start_on = DateField(label=_("Start"), required=False)
    end_on = DateField(
        label=_("End date"),
        required=False,
        help_text=_(
            "The last day the effect lasts, such as the end of a contract. Leave it empty "
            "when the effect goes on."
        ),
    )
    origin_session = forms.ModelChoiceField(
        LearningSession.objects.none(),
        label=_("Which session did it grow out of?"),
        required=False,
    )
    field_order = (
        *("organisation", "title", "description", "focus_area", "challenge", "status"),
        *("start_on", "end_on", "reduction_t", "sure", "method", "origin_session"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reduction_t"].label = _("Expected effect, tonnes CO₂e a year")
        self.fields["reduction_t"].help_text = _(
            "How much less is emitted a year when everything is in place, for example 12.5. "
            "Leave it empty when nobody has counted."
        )
        self._offer_sessions(user)
        self._offer_challenges()

    def _offer_sessions(self, user: User) -> None:
        kept = self.measure.origin_session if self.measure else None
        field = choices_of(self, "origin_session")
        field.queryset = choices.sessions(user, kept)
        field.choices = [("", gettext("None")), *choices.sessions_by_part(user, kept)]

    def _offer_challenges(self) -> None:
        if groups := choices.challenges_by_area():
            choices_of(self, "challenge").choices = [("", "–"), *groups]
        else:
            del self.fields["challenge"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("start_on"), cleaned.get("end_on")
        if start and end and end < start:
            self.add_error(
                "end_on", gettext("The end date is before the start date. Change one of them.")
            )
        challenge, area = cleaned.get("challenge"), cleaned.get("focus_area")
        if challenge and area and challenge.focus_area_id != area.pk:
            self.add_error(
                "challenge",
                gettext("This challenge belongs to the focus area %(area)s.")
                % {"area": challenge.focus_area},
            )
        return cleaned

    @property
    def plan(self) -> Plan:
        cleaned = self.cleaned_data
        kept = self.measure.challenge if self.measure else None
        return Plan(
            title=cleaned["title"],
            description=cleaned["description"],
            focus_area=cleaned["focus_area"],
            challenge=cleaned["challenge"] if "challenge" in self.fields else kept,
            status=cleaned["status"],
            start_on=cleaned["start_on"],
            end_on=cleaned["end_on"],
            reduction_t=cleaned["reduction_t"],
            method=cleaned["method"],
            origin_session=cleaned["origin_session"],
        )


class NewMeasureForm(MeasureForm):
    """A measure nobody has written down yet: whose it is, and the next step it grows out of."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Organisation"),
        empty_label=None,
        error_messages={"required": _("Choose an organisation.")},
    )
    intention = forms.ModelChoiceField(
        Intention.objects.none(), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        field = choices_of(self, "organisation")
        field.queryset = Organisation.objects.of(user).in_order()
        self.own = list(field.queryset)
        if len(self.own) == 1:
            field.widget, field.required = forms.HiddenInput(), False
            field.initial = self.own[0]
        choices_of(self, "intention").queryset = choices.next_steps(user, self.own)

    def clean_organisation(self) -> Organisation:
        chosen: Organisation | None = self.cleaned_data["organisation"]
        return chosen if chosen is not None else self.own[0]


class SavedMeasureForm(MeasureForm):
    """A measure as it is saved, to be changed."""

    measure: Measure
    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        self.measure, self.compared = measure, measure.reduction_t
        kwargs["initial"] = beginnings.of_measure(measure) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
