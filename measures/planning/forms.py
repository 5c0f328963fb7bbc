"""What people write about their measures, and how they look for one."""

from typing import Any, cast

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learning.models import Attendance, Intention, LearningSession, Registration
from measures.models import Challenge, Measure, MeasureStatus
from measures.planning.effect_form import EffectForm
from measures.planning.planning import Plan
from partners.fields import DateField
from partners.models import FocusArea, Organisation, User


class MeasureForm(EffectForm):
    """A climate measure as its organisation describes it."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation"), empty_label=None
    )
    title = forms.CharField(
        label=_("What are you going to do?"),
        max_length=150,
        error_messages={"required": _("Enter a name for the measure.")},
        help_text=_("A few words, for example: Change to fossil-free deliveries"),
    )
    description = forms.CharField(
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
        label=_("Status"), choices=MeasureStatus.choices, initial=MeasureStatus.PLANNED
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
    intention = forms.ModelChoiceField(
        Intention.objects.none(), required=False, widget=forms.HiddenInput
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1)

    def __init__(
        self, *args: Any, user: User, measure: Measure | None = None, **kwargs: Any
    ) -> None:
        if measure is not None:
            kwargs["initial"] = saved_values(measure) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.measure = measure
        self.fields["reduction_t"].label = _("Expected effect, tonnes CO₂e a year")
        self.fields["reduction_t"].help_text = _(
            "How much less is emitted a year when everything is in place, for example 12.5. "
            "Leave it empty when nobody has counted."
        )
        self._offer_organisations(user)
        self._offer_sessions(user)
        challenge = cast(forms.ModelChoiceField, self.fields["challenge"])
        choices = [("", "–"), *_challenges()]
        challenge.choices = choices
        if len(choices) == 1:
            del self.fields["challenge"]
        if measure is None:
            del self.fields["version"]
        else:
            del self.fields["intention"]

    def _offer_organisations(self, user: User) -> None:
        if self.measure is not None:
            del self.fields["organisation"]
            return
        mine = Organisation.objects.of(user).in_order()
        field = cast(forms.ModelChoiceField, self.fields["organisation"])
        field.queryset = mine
        own = list(mine)
        if len(own) == 1:
            field.widget, field.required = forms.HiddenInput(), False
            field.initial = own[0]
        cast(
            forms.ModelChoiceField, self.fields["intention"]
        ).queryset = Intention.objects.visible_to(user).filter(
            Q(person=user) | Q(organisation__in=own)
        )
        self.own = own

    def _offer_sessions(self, user: User) -> None:
        """Sessions the reader was at or has a seat in first, then the others, the latest first."""
        at = Attendance.objects.present().filter(session=OuterRef("pk"), person=user)
        seat = Registration.objects.standing().filter(session=OuterRef("pk"), person=user)
        field = cast(forms.ModelChoiceField, self.fields["origin_session"])
        seen = LearningSession.objects.visible_to(user)
        field.queryset = seen
        sessions = seen.live().annotate(own=Exists(at) | Exists(seat)).order_by("-starts_at", "-pk")
        groups: dict[bool, list[tuple[int, str]]] = {True: [], False: []}
        for session in sessions[:200]:
            groups[session.own].append(
                (session.pk, f"{session.title}, {session.starts_at:%Y-%m-%d}")
            )
        kept = self.measure.origin_session if self.measure else None
        if kept and kept.pk not in {pk for group in groups.values() for pk, _name in group}:
            groups[False].append((kept.pk, kept.title))
            field.queryset = seen | LearningSession.objects.filter(pk=kept.pk)
        field.choices = [
            ("", gettext("None")),
            *([(gettext("Sessions you took part in"), groups[True])] if groups[True] else []),
            *([(gettext("Other sessions"), groups[False])] if groups[False] else []),
        ]

    def clean_organisation(self) -> Organisation:
        chosen = self.cleaned_data["organisation"]
        return chosen if chosen is not None else self.own[0]

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


def saved_values(measure: Measure) -> dict[str, Any]:
    """The values of *measure* as a form shows them. One query."""
    values: dict[str, Any] = {
        name: getattr(measure, name)
        for name in ("title", "description", "status", "start_on", "end_on", "method", "version")
    }
    values |= {
        "reduction_t": measure.reduction_t,
        "focus_area": measure.focus_area_id,
        "challenge": measure.challenge_id,
        "origin_session": measure.origin_session_id,
    }
    for barrier in measure.barriers.filter(report=None):
        values[f"has_{barrier.type}"] = True
        values[f"text_{barrier.type}"] = barrier.text
    return values


def next_step_values(intention: Intention) -> dict[str, Any]:
    """A new measure's values where it grows out of a next step."""
    text = intention.then_text.strip()
    return {
        "title": text[:1].upper() + text[1:150],
        "description": gettext("Next step after the session: when %(when)s, we will %(then)s")
        % {"when": intention.when_text, "then": intention.then_text},
        "intention": intention.pk,
        "organisation": intention.organisation_id,
        "origin_session": intention.session_id,
    }


def _challenges() -> list[tuple[str, list[tuple[int, str]]]]:
    groups: dict[str, list[tuple[int, str]]] = {}
    for challenge in Challenge.objects.select_related("focus_area"):
        groups.setdefault(str(challenge.focus_area), []).append((challenge.pk, str(challenge)))
    return list(groups.items())
