"""The effect of a measure as people give it: tonnes, and how they are known."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from measures.figures.words import give_or_take, written
from measures.models import EffectMethod
from partners.fields import Card, CharField, ChoiceCards, DecimalField
from partners.reading.numbers import TONNES
from partners.reading.text import Unclear

FAR = 10  # so many times what was expected is asked about before it is kept
MOST_TONNES = 1_000_000  # a year; more than the whole city lets out: somebody thought of kilos

METHOD_WORDS = [
    (
        EffectMethod.MEASURED,
        Card(
            _("We have measured"),
            give_or_take(_("read on a meter, or from bills before and after (±%(measured)s %%)")),
        ),
    ),
    (
        EffectMethod.CALCULATED,
        Card(
            _("We have calculated"),
            give_or_take(_("quantities times emission factors (±%(calculated)s %%)")),
        ),
    ),
    (
        EffectMethod.ESTIMATED,
        Card(_("We estimate"), give_or_take(_("a considered guess (±%(estimated)s %%)"))),
    ),
    (
        EffectMethod.NOT_QUANTIFIED,
        Card(_("No figure"), _("there is none yet, or the measure only makes others possible")),
    ),
]


class TonnesInput(forms.TextInput):
    """A text field with its unit beside what is written."""

    template_name = "components/unit_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["unit"] = _("tonnes per year")
        return context


class TonnesField(DecimalField):
    """Tonnes CO2e a year, the way people write it; empty is "not known"."""

    unit = TONNES
    widget = TonnesInput
    default_error_messages = {
        "invalid": _("Write the reduction in figures, for example 12.5."),
        "unit": _(
            "“%(words)s” is not a unit for this field. Give tonnes a year, for example 12.5."
        ),
        "kilos": _("Give the effect in tonnes: 500 kg is 0.5."),
        "min_value": _("The effect cannot be negative. Write how much less is emitted."),
        "max_value": _("That is more than the whole city emits. Give the effect in tonnes a year."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs |= {"max_digits": 12, "decimal_places": 3, "required": False}
        super().__init__(min_value=Decimal(0), max_value=Decimal(MOST_TONNES), **kwargs)

    def read(self, text: str) -> Any:
        try:
            return super().read(text)
        except Unclear as unclear:
            if re.match("kg|kilo", unclear.said.get("words", "")):
                raise Unclear("kilos") from unclear
            raise


class CheckboxInput(forms.CheckboxInput):
    """A tick that holds for one figure alone: with another one it is no longer there.

    An answer to what was sent before the tick leaves the box of the page as it is (hx-preserve).
    """

    figure = ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        is_ticked = value == self.figure
        kept = {} if is_ticked else {"hx-preserve": "true"}
        return super().get_context(name, is_ticked, (attrs or {}) | kept)

    def format_value(self, value: Any) -> str:
        return self.figure

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.get(name)


class SureField(CharField):
    """Whether a *figure* that is far from what was expected is meant."""

    widget = CheckboxInput

    def __init__(self, figure: Decimal) -> None:
        super().__init__(label=_("Yes, the figure is right"), required=False)
        self.widget.figure = f"{figure.normalize():f}"
        self.widget.attrs["id"] = f"id_sure_{self.widget.figure.replace('.', '_')}"

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class EffectForm(forms.Form):
    """An effect with how it is known: asked of the plan, and of each progress report."""

    needed: tuple[str, ...] = ("reduction_t", "method")  # one with the other

    effect_words = _("Expected effect: %(tonnes)s tonnes CO₂e a year.")
    no_figure_words = _(
        "No figure yet. The measure stands in the list and is left out of the sums."
    )
    bare_words = _("This much less is emitted when everything is in place.")

    # What a figure is held against, and the question where it is FAR from it.
    compared: Decimal | None = None
    nothing = _(
        "0 means that the measure does not cut emissions. Tick the box if that is so. If nobody "
        "knows yet, clear the field and choose “No figure”."
    )
    too_much = _(
        "That is read as %(tonnes)s tonnes CO₂e a year: %(times)s times what was published "
        "before (%(compared)s). Correct the figure, or tick the box if it is right."
    )

    reduction_t = TonnesField()
    method = forms.ChoiceField(
        label=_("How do you know?"),
        choices=METHOD_WORDS,
        required=False,  # nothing is chosen beforehand: without a figure it is "not quantified"
        widget=ChoiceCards,
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        figure, method = cleaned.get("reduction_t"), cleaned.get("method")
        if self.errors.keys() & {"reduction_t", "method"}:
            return cleaned
        if figure is None and not method:
            cleaned["method"] = method = EffectMethod.NOT_QUANTIFIED
        if figure is not None and method in {"", EffectMethod.NOT_QUANTIFIED}:
            self.add_error(
                "method", gettext("Choose how the figure is known, or clear the figure.")
            )
        if figure is None and method != EffectMethod.NOT_QUANTIFIED:
            self.add_error(
                "reduction_t",
                gettext("Write the effect in figures, or choose “No figure”."),
            )
        if figure is not None and (question := self._question(figure)):
            self._ask_once(figure, question)
        return cleaned

    def _question(self, figure: Decimal) -> str:
        if not figure:
            return str(self.nothing)
        if not self.compared or not (question := self.question_of(figure)):
            return ""
        return str(question) % {
            "tonnes": written(figure),
            "compared": written(self.compared),
            "times": written(round(figure / self.compared)),
        }

    def question_of(self, figure: Decimal) -> str | Promise:
        """What to ask of a *figure* before it is kept; "" if it is not FAR off. With compared."""
        return self.too_much if figure >= (self.compared or 0) * FAR else ""

    def keep_to_the_effect(self) -> None:
        """Ask about the effect alone, where the rest is still being written."""
        for name in self.errors.keys() - {"reduction_t", "method", "sure"}:
            del self.errors[name]

    def _ask_once(self, figure: Decimal, question: str) -> None:
        """Add a box to tick for this figure, and refuse the form without the tick."""
        field = self.fields["sure"] = SureField(figure)
        self.order_fields(self.field_order)
        if self.data.get(self.add_prefix("sure")) != field.widget.figure:
            self.add_error("sure", question)

    def understood(self, saved: str) -> str:
        """What was *saved*, and the figure of a valid form as it was understood."""
        figure = self.cleaned_data["reduction_t"]
        if figure is None:
            return saved
        return f"{saved} {self.effect_words % {'tonnes': written(figure)}}"
