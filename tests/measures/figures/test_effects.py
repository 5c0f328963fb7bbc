from decimal import Decimal

from measures.figures import effects
from measures.models import EffectMethod, Measure, MeasureStatus


def measure(expected=None, achieved=None, status=MeasureStatus.IN_PROGRESS, **known):
    method = EffectMethod.CALCULATED if expected else EffectMethod.NOT_QUANTIFIED
    made = Measure(reduction_t=expected and Decimal(expected), method=method, status=status)
    made.achieved_t = achieved and Decimal(achieved)
    made.achieved_method = known.get("by", EffectMethod.CALCULATED) if achieved else None
    return made


def test_bars_end_on_one_scale_and_a_small_one_can_be_seen():
    rows = effects.rows([measure("200", "50"), measure("1"), measure(), measure("0")])
    assert [(row.expected_ends, row.achieved_ends) for row in rows] == [
        ("100", "25"),
        ("3", ""),
        ("", ""),
        ("", ""),
    ]


def test_more_than_expected_is_the_end_of_the_scale():
    (row,) = effects.rows([measure("50", "100")])
    assert (row.expected_ends, row.achieved_ends) == ("50", "100")


def test_ideas_are_counted_and_in_no_sum():
    found = effects.together(
        [measure("10", "4", by=EffectMethod.MEASURED), measure("90", status=MeasureStatus.IDEA)]
    )
    assert found.measures == 2
    assert found.statuses == [(MeasureStatus.IDEA.label, 1), (MeasureStatus.IN_PROGRESS.label, 1)]
    assert (found.expected.tonnes, found.achieved.tonnes, found.measured_t) == (10, 4, 4)


def test_nothing_known_is_not_nought():
    found = effects.together([measure()])
    assert found.expected.tonnes is None
    assert found.achieved.tonnes is None
