import re
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.city import words
from measures.city.drawing import NARROW, STRONG, WIDE, bar, draw, in_thousands
from measures.city.way import Parts, Point, Way
from tests.measures.city.test_way import TARGETS, UMEA, a_way, points


def drawn(way, size=WIDE, today=2026.9):
    return draw(way, words.labels(way, is_wide=size is WIDE), size, today)


def test_the_way_is_drawn_with_all_its_parts():
    found = drawn(a_way())

    assert [(tick.value, tick.is_main) for tick in found.years] == [
        (1990, False),
        (2000, False),
        (2010, False),
        (2020, False),
        (2030, True),
        (2040, False),
    ]
    assert [tick.value for tick in found.lines] == [0, 100, 200, 300, 400]
    assert len(found.stars) == 2
    assert found.path.startswith("M")
    assert found.forecast
    assert found.bracket
    assert found.expected.point == (2030, 190_000)
    assert {label.kind for label in found.labels} == {
        *("base", "today", "last", "target", "expected", "missing", "later-2040")
    }


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_labels_beside_the_target_have_room_in_either_language(size, language):
    with translation.override(language):
        found = drawn(a_way(), size)
    ends = [
        float(label.x) + STRONG * len(text)
        for label in found.labels
        if label.kind in {"expected", "missing"}
        for _y, text in label.lines
    ]
    assert len(ends) == 4
    assert max(ends) <= size.width


def test_a_year_without_a_figure_is_a_gap():
    found = drawn(a_way(outcomes=points((1990, 9), (1991, 8), (1993, 7), (2023, 5), (2024, 4))))

    assert found.outcome.count("M") == 2
    assert [mark.point.year for mark in found.lone] == [1993]
    assert len(found.areas) == 2


def test_without_outcomes_nothing_is_drawn_and_without_targets_the_outcomes_are():
    assert draw(a_way(outcomes=()), {}, WIDE, 2026.9) is None
    found = drawn(a_way(targets=()))
    assert (found.stars, found.path, found.forecast, found.bracket) == ((), "", "", "")
    assert found.outcome


def test_where_the_measures_are_enough_nothing_is_missing():
    found = drawn(a_way(planned=154_000))

    assert found.bracket == ""
    assert "missing" not in {label.kind for label in found.labels}


def test_small_figures_are_not_counted_in_thousands():
    assert in_thousands(a_way())
    assert not in_thousands(a_way(outcomes=points((1990, 900), (2024, 500)), targets=()))


def test_the_bar_has_a_part_for_each_and_the_star_at_the_target():
    way = Way(UMEA, TARGETS, Parts(Decimal(12_400), Decimal(17_600), Decimal(16_000)), 2026)
    found = bar(way, 1040)

    assert [part.kind for part in found.parts] == ["given", "under-way", "planned", "missing"]
    assert float(found.parts[-1].width) == pytest.approx(1010 * 108 / 154, abs=1)
    assert found.star.startswith("M1027 ")


def test_there_is_no_bar_where_nothing_remains():
    assert bar(a_way(outcomes=points((1990, 9), (2024, 4))), 1040) is None
    assert bar(a_way(outcomes=()), 1040) is None
    assert bar(a_way(targets=()), 1040) is None


def test_measures_that_give_more_than_what_remains_go_past_the_star():
    found = bar(a_way(planned=308_000), 1040)

    assert [part.kind for part in found.parts] == ["planned"]
    assert found.star.startswith("M522 ")


TONNES = st.integers(0, 2_000_000).map(Decimal)


@pytest.mark.parametrize("size", [WIDE, NARROW])
@settings(deadline=None)
@given(
    outcomes=st.dictionaries(st.integers(1990, 2024), TONNES, min_size=1, max_size=6),
    targets=st.dictionaries(st.integers(2000, 2050), TONNES, max_size=3),
    planned=TONNES,
)
def test_every_shape_is_inside_the_box(size, outcomes, targets, planned):
    way = Way(
        tuple(Point(*one) for one in sorted(outcomes.items())),
        tuple(Point(*one) for one in sorted(targets.items())),
        Parts(planned=planned),
        2026,
    )
    found = drawn(way, size)

    marks = [*found.marks, *found.ends, *([found.expected] if found.expected else [])]
    for mark in marks:
        assert 0 <= float(mark.x) <= size.width
        assert 0 <= float(mark.y) <= size.height
    for label in found.labels:
        assert 0 <= float(label.x) <= size.width
        for y, text in label.lines:
            assert 10 <= float(y) <= size.height
            assert text
    lines = " ".join([found.outcome, found.path, found.forecast, found.bracket])
    numbers = [float(one) for one in re.findall(r"-?[\d.]+", lines)]
    assert all(0 <= one <= size.width for one in numbers)
