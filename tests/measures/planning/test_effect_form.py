from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from measures.planning.effect_form import MOST_TONNES, EffectForm, TonnesField


@pytest.mark.parametrize(
    ("written", "tonnes"),
    [("", None), ("12.5", Decimal("12.5")), ("0", 0), (str(MOST_TONNES), MOST_TONNES)],
)
def test_tonnes_are_read_and_nothing_is_not_nought(written, tonnes):
    with translation.override("en"):
        assert TonnesField().clean(written) == tonnes


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("500 kg", "kilos"),
        ("500Kilo", "kilos"),
        ("-1", "min_value"),
        (str(MOST_TONNES + 1), "max_value"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_of_its_own(written, code):
    with translation.override("en"), pytest.raises(ValidationError) as refusal:
        TonnesField().clean(written)
    assert [error.code for error in refusal.value.error_list] == [code]


@pytest.mark.parametrize(
    ("figure", "method", "wrong"),
    [
        ("5", "not_quantified", ["method"]),
        ("", "measured", ["reduction_t"]),
        ("much", "measured", ["reduction_t"]),
        ("", "not_quantified", []),
        ("5", "measured", []),
        ("5", "", ["method"]),
        ("", "", []),
    ],
)
def test_a_figure_and_how_it_is_known_go_together(figure, method, wrong):
    form = EffectForm({"reduction_t": figure, "method": method})
    assert list(form.errors) == wrong


def test_nothing_is_chosen_beforehand_and_no_figure_is_not_quantified():
    assert EffectForm()["method"].value() is None
    form = EffectForm({"reduction_t": "", "method": ""})
    assert form.is_valid()
    assert form.cleaned_data["method"] == "not_quantified"


@pytest.mark.parametrize("written", ["999999999999", "9999999999999,5"])
def test_a_number_beyond_all_is_refused_once(written):
    form = EffectForm({"reduction_t": written, "method": "measured"})
    (said,) = form.errors["reduction_t"]
    assert said.startswith("Det är mer än hela staden släpper ut.")
