"""What people write about their measures: the two facts that matter first, then part by part."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learning.models import Intention, LearningSession
from measures.models import Challenge, EffectMethod, Measure, MeasureStatus
from measures.planning import beginnings, choices
from measures.planning.barrier_form import BarrierForm
from measures.planning.effect_form import EffectForm
from measures.planning.planning import Barriers, Plan
from partners.fields import Card, CharField, ChoiceCards, DateField, choices_of
from partners.models import FocusArea, Organisation, User

# What belongs to each focus area, by its key; an area that is not here has its name alone.
AREA_LINES = {
    "mobility": _("Travel, transport, cars and deliveries"),
    "energy": _("Power, heat, premises and building"),
    "consumption": _("Purchases, reuse and waste"),
    "food": _("Meals, food waste and farming"),
    "other": _("Leadership, learning and carbon sinks"),
}


class AreaField(forms.ModelChoiceField):
    """One of the focus areas, each with a line on what belongs to it."""

    widget = ChoiceCards

    def __init__(self) -> None:
        super().__init__(
            FocusArea.objects.all(),
            label=_("Which focus area fits best?"),
            empty_label=None,
            error_messages={"required": _("Choose the focus area that fits best.")},
        )

    def label_from_instance(self, area: Any) -> Any:
        return Card(str(area), AREA_LINES.get(area.key, ""))


class NameForm(forms.Form):
    """What a measure is called, and where it belongs."""

    title = CharField(
        label=_("What is the measure called?"),
        max_length=150,
        error_messages={
            "required": _("Write what the measure is called, for example: Electric cars."),
        },
        help_text=_("Write it so that a colleague understands, for example: Electric pool cars"),
    )
    focus_area = AreaField()


class NewMeasureForm(NameForm):
    """A measure nobody has written down yet: whose it is, and where it comes from."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Organisation"),
        error_messages={"required": _("Choose an organisation.")},
    )
    intention = forms.ModelChoiceField(
        Intention.objects.none(), required=False, widget=forms.HiddenInput
    )
    origin_session = forms.ModelChoiceField(
        LearningSession.objects.none(), required=False, widget=forms.HiddenInput
    )
    field_order = ("organisation", "title", "focus_area")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = choices_of(self, "organisation")
        field.queryset = Organisation.objects.of(user).in_order()
        self.own = list(field.queryset)
        if len(self.own) > 1:
            field.empty_label = gettext("Choose an organisation")
        if len(self.own) == 1:
            field.widget, field.required = forms.HiddenInput(), False
            field.initial = self.own[0]
        choices_of(self, "intention").queryset = choices.next_steps(user, self.own)
        choices_of(self, "origin_session").queryset = choices.sessions(user, None)

    def clean_organisation(self) -> Organisation:
        chosen: Organisation | None = self.cleaned_data["organisation"]
        return chosen if chosen is not None else self.own[0]

    @property
    def plan(self) -> Plan:
        """What is known when two facts are given: the rest is filled in later, or never."""
        cleaned = self.cleaned_data
        step: Intention | None = cleaned["intention"]
        return Plan(
            title=cleaned["title"],
            description=beginnings.of_next_step(step)["description"] if step else "",
            focus_area=cleaned["focus_area"],
            challenge=None,
            status=MeasureStatus.PLANNED,
            start_on=None,
            end_on=None,
            reduction_t=None,
            method=EffectMethod.NOT_QUANTIFIED,
            origin_session=cleaned["origin_session"] or (step.session if step else None),
        )


class PartForm(forms.Form):
    """A part of a saved measure, to be filled in or changed; *names* are the facts it is about."""

    names: tuple[str, ...] = ()
    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, measure: Measure, user: User, **kwargs: Any) -> None:
        self.measure, self.user = measure, user
        kwargs["initial"] = beginnings.of_measure(measure) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    @property
    def said(self) -> Mapping[str, Any]:
        """What a valid form says of the measure, by name."""
        return {name: self.cleaned_data[name] for name in self.names}

    @property
    def noted(self) -> Barriers | None:
        """What it says stands in the way; None where it does not ask."""
        return None

    def understood(self, saved: str) -> str:
        """What was *saved*, with what there is to say back of a valid form."""
        return saved


class SavedNameForm(PartForm, NameForm):
    """What a measure is called; a challenge of another focus area does not follow along."""

    names = ("title", "focus_area")

    @property
    def said(self) -> Mapping[str, Any]:
        challenge = self.measure.challenge
        fits = challenge and challenge.focus_area_id == self.cleaned_data["focus_area"].pk
        return {**super().said, "challenge": challenge if fits else None}


class StateForm(PartForm):
    """How far a measure has come, and from when to when its effect lasts."""

    names = ("status", "start_on", "end_on")
    status = forms.ChoiceField(
        label=_("State"),
        choices=[
            (MeasureStatus.IDEA, Card(_("Idea"), _("we think about it"))),
            (MeasureStatus.PLANNED, Card(_("Planned"), _("it is decided"))),
            (MeasureStatus.IN_PROGRESS, Card(_("In progress"), _("we have begun"))),
            (MeasureStatus.COMPLETED, Card(_("Completed"), _("everything is in place"))),
            (MeasureStatus.PAUSED, Card(_("Paused"), _("it rests, and may begin again"))),
            (MeasureStatus.CANCELLED, Card(_("Called off"), _("it will not be done"))),
        ],
        widget=ChoiceCards,
        error_messages={"required": _("Choose how far it has come.")},
    )
    start_on = DateField(
        label=_("When does the effect begin?"),
        required=False,
        help_text=_("From this year it counts in the figures of each year."),
    )
    end_on = DateField(
        label=_("When does the effect end?"),
        required=False,
        help_text=_(
            "The last day the effect lasts, such as the end of a contract. Leave it empty "
            "when the effect goes on."
        ),
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("start_on"), cleaned.get("end_on")
        if start and end and end < start:
            self.add_error(
                "end_on", gettext("The end date is before the start date. Change one of them.")
            )
        return cleaned


class SavedEffectForm(PartForm, EffectForm):
    """What a measure is to give when everything is in place."""

    names = ("reduction_t", "method")
    field_order = ("method", "reduction_t", "sure")

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        # What a draft says may be half a number that was saved while somebody wrote it.
        self.compared = measure.reduction_t if measure.published_at else None
        super().__init__(*args, measure=measure, **kwargs)
        self.fields["reduction_t"].label = _("Expected effect, tonnes CO₂e per year")
        self.fields["reduction_t"].help_text = _(
            "How much less is emitted per year when everything is in place, for example 12.5."
        )

    def understood(self, saved: str) -> str:
        return EffectForm.understood(self, saved)


class SavedBarriersForm(PartForm, BarrierForm):
    """What stands in the way of a measure."""

    @property
    def noted(self) -> Barriers | None:
        return self.barriers


class OriginForm(PartForm):
    """Which challenge a measure takes on, and the session its idea came from."""

    names = ("challenge", "origin_session")
    challenge = forms.ModelChoiceField(
        Challenge.objects.none(),
        label=_("Which challenge does it take on?"),
        required=False,
        empty_label=_("None"),
        help_text=_("The challenges of the measure’s focus area."),
    )
    origin_session = forms.ModelChoiceField(
        LearningSession.objects.none(),
        label=_("Did the idea come from a session?"),
        required=False,
        help_text=_("Sessions you took part in stand first."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.measure.origin_session
        field = choices_of(self, "origin_session")
        field.queryset = choices.sessions(self.user, kept)
        field.choices = [("", gettext("None")), *choices.sessions_by_part(self.user, kept)]
        own = Challenge.objects.filter(focus_area=self.measure.focus_area)
        choices_of(self, "challenge").queryset = own


class DescriptionForm(PartForm):
    """What a measure is about, in the words of its organisation."""

    names = ("description",)
    description = CharField(
        label=_("Describe the measure"),
        required=False,
        max_length=5000,
        widget=forms.Textarea,
        help_text=_("What are you going to do, where, and together with whom?"),
    )
