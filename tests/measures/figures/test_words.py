from django.utils import translation

from measures.figures import arithmetic
from measures.figures.words import COUNTED, COUNTED_AND_NOT, HOW_SURE, RANGE
from measures.models import COUNTING, MeasureStatus
from measures.planning.effect_form import METHOD_WORDS


def test_the_sentences_name_what_counts_and_take_their_numbers_from_the_arithmetic(monkeypatch):
    with translation.override("en"):
        for status in COUNTING:
            assert str(status.label) in COUNTED
            assert str(status.label) in COUNTED_AND_NOT.split(" count. ")[0]
        left_out = COUNTED_AND_NOT.split(" count. ")[1].lower()
        for status in set(MeasureStatus) - set(COUNTING):
            assert str(status.label) in left_out
        monkeypatch.setitem(arithmetic.UNCERTAINTY_PERCENT, "calculated", 17)
        words = str(dict(METHOD_WORDS)["calculated"].line)
        for text in (str(HOW_SURE), str(RANGE), words):
            assert "±17 %" in text
