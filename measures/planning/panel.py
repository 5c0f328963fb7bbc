"""What was understood of an effect, said back: a sentence, tonnes, and how sure it is."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from measures.figures import arithmetic, charts
from measures.figures.words import give_or_take
from measures.models import EffectMethod
from measures.planning.effect_form import EffectForm

SENTENCES = {
    EffectMethod.MEASURED: _("You have measured how much less is emitted."),
    EffectMethod.CALCULATED: _("You have calculated how much less is emitted."),
    EffectMethod.ESTIMATED: _("You estimate how much less is emitted."),
}
WAITING = _("Choose how you know and write the figure. Then it is said back here.")
UNREAD = _("The figure cannot be read yet.")

WHY = {
    EffectMethod.MEASURED: give_or_take(
        _("The range is ±%(measured)s %%, since the figure is measured.")
    ),
    EffectMethod.CALCULATED: give_or_take(
        _("The range is ±%(calculated)s %%, since the figure is calculated.")
    ),
    EffectMethod.ESTIMATED: give_or_take(
        _("The range is ±%(estimated)s %%, since the figure is estimated.")
    ),
}


@dataclass(frozen=True)
class Understood:
    """An effect as the portal has understood it."""

    sentence: str | Promise
    question: str = ""  # what is refused or unlikely, and what to do about it
    tonnes: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    why: str | Promise = ""  # the range is as wide as it is
    chart: charts.RangeChart | None = None


def understood(form: EffectForm) -> Understood:
    """What *form* says: as it was sent, or as it begins."""
    if form.is_bound:
        question = _first_error(form)
        figure, method = form.cleaned_data.get("reduction_t"), form.cleaned_data.get("method")
    else:
        question = ""
        figure, method = form["reduction_t"].value(), form["method"].value()
    if figure is None:
        return Understood(_without_figure(form, method), question)
    if not method or method == EffectMethod.NOT_QUANTIFIED:
        return Understood(form.bare_words, question, figure)
    low, high = arithmetic.range_of(figure, method)
    return Understood(
        SENTENCES[EffectMethod(method)],
        question,
        figure,
        arithmetic.two_figures(low),
        arithmetic.two_figures(high),
        WHY[EffectMethod(method)],
        charts.range_of(figure, method),
    )


def _first_error(form: EffectForm) -> str:
    asked = ("reduction_t", "method", "sure")
    return next((str(text) for name in asked for text in form.errors.get(name, ())), "")


def _without_figure(form: EffectForm, method: str | None) -> str | Promise:
    if form.is_bound and form.data.get("reduction_t"):
        return UNREAD
    is_said = form.is_bound and form.data.get("method") == EffectMethod.NOT_QUANTIFIED
    return form.no_figure_words if is_said and method else WAITING
