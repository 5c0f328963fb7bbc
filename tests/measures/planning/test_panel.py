from decimal import Decimal

import pytest
from django.utils import translation

from measures.planning import panel
from measures.planning.effect_form import EffectForm
from measures.planning.panel import understood


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def sent(figure, method):
    return understood(EffectForm({"reduction_t": figure, "method": method}))


def test_a_figure_is_said_back_with_its_range():
    found = sent("17", "calculated")
    assert (found.tonnes, found.question) == (Decimal(17), "")
    assert (found.low, found.high) == (Decimal(14), Decimal(20))
    assert found.sentence == "You have calculated how much less is emitted."
    assert found.why == "The range is ±15 %, since the figure is calculated."
    assert found.chart.ticks == [0, 5, 10, 15, 20, 25]


@pytest.mark.parametrize(
    ("figure", "method", "sentence", "question"),
    [
        ("", "", panel.WAITING, ""),
        ("", "not_quantified", EffectForm.no_figure_words, ""),
        ("", "measured", panel.WAITING, "Write the effect in figures, or choose “No figure”."),
        ("much", "measured", panel.UNREAD, "Write the reduction in figures, for example 12.5."),
        ("17", "", EffectForm.bare_words, "Choose how the figure is known, or clear the figure."),
        ("17", "guessed", EffectForm.bare_words, "Select a valid choice"),
    ],
)
def test_what_is_missing_or_refused_is_asked_for(figure, method, sentence, question):
    found = sent(figure, method)
    assert found.sentence == sentence
    assert found.question.startswith(question)
    assert found.chart is None


def test_a_form_nobody_has_sent_says_what_is_saved():
    initial = {"reduction_t": Decimal("12.5"), "method": "measured"}
    found = understood(EffectForm(initial=initial))
    assert (found.tonnes, found.low, found.high) == (Decimal("12.5"), 12, 13)
    assert understood(EffectForm(initial={"reduction_t": None})).sentence == panel.WAITING


def test_nought_has_no_range_to_draw():
    assert sent("0", "measured").chart is None
