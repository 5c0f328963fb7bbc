"""How a measure goes, as its people tell it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from measures.models import Measure, MeasureStatus
from measures.planning.barrier_form import BarrierForm
from measures.planning.effect_form import FAR, EffectForm
from measures.progress.reporting import Progress
from partners.fields import CharField


class ProgressForm(EffectForm, BarrierForm):
    """How a measure goes."""

    effect_words = _("Achieved effect: %(tonnes)s tonnes CO₂e a year.")
    no_figure_words = _("No figure this time. What you have told before still holds.")
    bare_words = _("This much less is emitted now.")

    status = forms.ChoiceField(
        label=_("Status now"),
        choices=MeasureStatus.choices,
        error_messages={"required": _("Choose how far it has come.")},
    )
    text = CharField(
        label=_("What has happened?"),
        max_length=5000,
        widget=forms.Textarea,
        error_messages={"required": _("Write a sentence on what has happened.")},
        help_text=_("A sentence or two is enough."),
    )
    field_order = ("status", "text", "reduction_t", "sure", "method")

    too_much = _(
        "That is read as %(tonnes)s tonnes CO₂e a year: %(times)s times what was expected "
        "(%(compared)s). Correct the figure, or tick the box if it is right."
    )
    too_little = _(
        "That is read as %(tonnes)s tonnes CO₂e a year: at most a tenth of what was expected "
        "(%(compared)s). Correct the figure, or tick the box if it is right."
    )

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        self.compared = measure.reduction_t
        kwargs["initial"] = {"status": measure.status} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["reduction_t"].label = _("Achieved effect, tonnes CO₂e a year")
        self.fields["reduction_t"].help_text = _(
            "What the measure gives now, counted for a whole year. Leave it empty when nobody "
            "has counted."
        )

    def question_of(self, figure: Decimal) -> str | Promise:
        """Little is asked about where nothing more will come: a beginning is small."""
        is_done = self.cleaned_data.get("status") == MeasureStatus.COMPLETED
        if is_done and figure * FAR <= (self.compared or 0):
            return self.too_little
        return super().question_of(figure)

    @property
    def progress(self) -> Progress:
        return Progress(
            status=self.cleaned_data["status"],
            text=self.cleaned_data["text"],
            reduction_t=self.cleaned_data["reduction_t"],
            method=self.cleaned_data["method"],
        )
