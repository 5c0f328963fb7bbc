from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.city.way import (
    Parts,
    Point,
    Stage,
    State,
    Way,
    Work,
    is_falling,
    nearest,
    on_path,
    rounded,
    toward,
)


def points(*pairs):
    return tuple(Point(year, Decimal(tonnes)) for year, tonnes in pairs)


UMEA = points((1990, 412_000), (2021, 259_000), (2022, 249_000), (2023, 243_000), (2024, 236_000))
TARGETS = points((2030, 82_000), (2040, 62_000))


def a_way(outcomes=UMEA, targets=TARGETS, planned=46_000, this_year=2026):
    return Way(outcomes, targets, Parts(planned=Decimal(planned)), this_year)


def test_what_remains_what_is_expected_and_what_is_missing():
    way = a_way()

    assert (way.remaining, way.expected, way.missing) == (154_000, 190_000, 108_000)
    assert round(way.share) == 30
    assert round(way.change) == -43
    assert way.target == (2030, 82_000)


@pytest.mark.parametrize(
    ("way", "state"),
    [
        (a_way(), State.TOO_SLOW),
        (a_way(planned=154_000), State.ENOUGH),
        (a_way(targets=()), State.FALLING),
        (a_way(outcomes=()), State.NO_FIGURES),
        (a_way(outcomes=UMEA[-1:]), State.TOO_EARLY),
        (a_way(this_year=2027), State.TOO_SLOW),
        (a_way(this_year=2028), State.WAITING),
        (a_way(outcomes=points((1990, 412), (2024, 131)), targets=points((2030, 82))), "on_course"),
        (a_way(points((1990, 412), (2024, 132)), points((2030, 82)), 0), State.TOO_SLOW),
        (
            a_way(points((1990, 412), (2021, 200), (2024, 200)), points((2030, 82)), 0),
            "not_falling",
        ),
        (a_way(outcomes=points((1990, 90), (2020, 91), (2024, 95)), targets=()), "not_falling"),
        (a_way(outcomes=points((1990, 50), (2024, 60))), State.ON_COURSE),  # below the target
        (a_way(targets=points((2020, 300_000)), planned=0), State.ON_COURSE),
        (a_way(targets=points((2020, 200_000)), planned=0), State.TOO_SLOW),
        (a_way(targets=points((1980, 500_000)), planned=0), State.ENOUGH),
    ],
)
def test_the_state_follows_from_the_figures(way, state):
    assert way.state == (State(state) if isinstance(state, str) else state)


def test_with_measures_enough_only_the_outcome_itself_is_on_course():
    way = a_way(outcomes=points((2000, 400), (2021, 300), (2024, 290)), planned=0)

    assert (way.state, way.missing) == (State.ON_COURSE, 0)
    assert way.expected == 290


def test_the_years_with_a_figure_are_parted_where_one_is_missing():
    way = a_way(outcomes=points((1990, 4), (2000, 3), (2001, 2), (2003, 1)))

    assert [[point.year for point in run] for run in way.runs()] == [[1990], [2000, 2001], [2003]]


@pytest.mark.parametrize(
    ("outcomes", "falls"),
    [
        (points((2020, 5), (2023, 4)), True),
        (points((2020, 5), (2021, 3), (2023, 4)), True),  # lower than three years before
        (points((2020, 4), (2021, 5), (2022, 5), (2023, 4)), False),
        (points((2000, 9), (2019, 3), (2023, 4)), False),  # 2020 is missing: 2019 stands for it
        (points((2022, 5), (2023, 4)), True),  # nothing is so early: the first
        (points((2022, 4), (2023, 5)), False),
    ],
)
def test_whether_emissions_fall_is_seen_over_three_years(outcomes, falls):
    assert is_falling(outcomes) is falls


def test_the_nearest_target_comes_after_the_last_outcome():
    assert nearest(TARGETS, 2024).year == 2030
    assert nearest(TARGETS, 2030).year == 2040
    assert nearest(TARGETS, 2050).year == 2040
    assert nearest(TARGETS, None).year == 2030
    assert nearest((), 2024) is None


def test_the_path_is_straight_from_target_to_target():
    base = Point(1990, Decimal(402))
    targets = points((2030, 82), (2040, 62))

    found = [on_path(base, targets, year) for year in (1980, 1990, 2010, 2030, 2035, 2040, 2099)]

    assert found == [402, 402, 242, 82, 72, 62, 62]


def test_a_measure_that_began_before_the_outcome_is_in_it_already():
    def work(start, end=None, **more):
        fields = {"stage": Stage.PLANNED, "expected": Decimal(10), "achieved": None} | more
        return Work(start=start, end=end, **fields)

    counted = toward(
        [
            work(2025),
            work(2024),
            work(None),
            work(2025, 2029),
            work(2031),
            work(2025, expected=None),
        ],
        after=2024,
        target_year=2030,
    )

    assert counted == Parts(planned=Decimal(10), measures=1)


@pytest.mark.parametrize(
    ("stage", "achieved", "parts"),
    [
        (Stage.PLANNED, None, (0, 0, 100)),
        (Stage.PLANNED, 20, (20, 0, 80)),
        (Stage.UNDER_WAY, None, (0, 100, 0)),
        (Stage.UNDER_WAY, 30, (30, 70, 0)),
        (Stage.UNDER_WAY, 130, (130, 0, 0)),
        (Stage.DONE, None, (100, 0, 0)),
        (Stage.DONE, 80, (80, 0, 0)),  # nothing more is to come
    ],
)
def test_what_is_achieved_is_given_and_the_rest_is_to_come(stage, achieved, parts):
    known = None if achieved is None else Decimal(achieved)
    work = Work(stage, 2025, None, Decimal(100), known)

    found = toward([work], after=2024, target_year=2030)

    assert (found.given, found.under_way, found.planned) == parts
    assert found.total == sum(parts)


FIGURES = st.decimals(min_value=0, max_value=10**7, places=1)


@settings(deadline=None)
@given(
    outcomes=st.dictionaries(st.integers(1990, 2024), FIGURES, max_size=8),
    targets=st.dictionaries(st.integers(2025, 2060), FIGURES, max_size=3),
    given_t=FIGURES,
)
def test_nothing_is_less_than_nothing_and_all_adds_up(outcomes, targets, given_t):
    way = Way(
        tuple(Point(*one) for one in sorted(outcomes.items())),
        tuple(Point(*one) for one in sorted(targets.items())),
        Parts(given=given_t),
        2026,
    )

    assert way.state in State
    if way.remaining is None:
        assert way.missing is None
        return
    assert 0 <= way.missing <= way.remaining
    assert 0 <= way.expected <= rounded(way.last.tonnes)
    assert way.missing == (0 if way.is_enough else max(1, way.remaining - way.total))
