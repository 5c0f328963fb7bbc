from datetime import date

import pytest
from django.utils import translation

from measures.city.report import the_way
from measures.city.way import State
from measures.figures.summary import summary
from measures.models import CityEmission
from measures.progress import reporting
from tests.builders import make_emission, make_measure, make_target
from tests.measures.progress.test_reporting import a_report

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 30)


@pytest.fixture
def umea():
    for year, tonnes in [(1990, 412_000), (2020, 262_000), (2022, 249_000), (2024, 236_000)]:
        make_emission(year, tonnes, published_on=date(2026, 10, 15) if year == 2024 else None)
    make_target(2030, 82_000)
    make_target(2040, 62_000)


def the_way_now():
    return the_way(summary(TODAY.year), TODAY)


def test_the_measures_that_come_after_the_outcome_count(umea, bostaden, ada):
    made = {"start_on": date(2025, 1, 1), "reduction_t": "1000"}
    going = make_measure(bostaden, status="in_progress", **made)
    reporting.report_progress(going, a_report(reduction_t=300, status="in_progress"), {}, by=ada)
    make_measure(bostaden, status="planned", **made)
    make_measure(bostaden, status="completed", **made)
    make_measure(bostaden, status="completed", **made | {"start_on": date(2024, 12, 1)})
    make_measure(bostaden, status="planned", **made, end_on=date(2029, 12, 31))
    make_measure(bostaden, status="idea", **made)
    make_measure(bostaden, status="planned", **made, published_at=None)

    way = the_way_now().way

    assert (way.parts.given, way.parts.under_way, way.parts.planned) == (1300, 700, 1000)
    assert way.missing == 151_000


def test_the_table_tells_what_the_drawing_shows(umea):
    shown = the_way_now()

    assert [(row.year, row.outcome, row.target, row.expected) for row in shown.rows][-3:] == [
        (2024, 236_000, None, None),
        (2030, None, 82_000, 236_000),
        (2040, None, 62_000, None),
    ]
    assert shown.gaps[-2:] == (2021, 2023)
    assert (shown.source, shown.published_on) == (
        "Nationella emissionsdatabasen",
        date(2026, 10, 15),
    )


def test_without_figures_it_says_so_calmly():
    shown = the_way_now()

    assert (shown.way.state, shown.wide, shown.bar_wide, shown.rows) == (
        State.NO_FIGURES,
        None,
        None,
        (),
    )
    assert "finns inte här än" in shown.lead[0]


def test_it_is_reckoned_anew_only_when_something_is_another(umea, django_assert_num_queries):
    figures = summary(TODAY.year)
    first = the_way(figures, TODAY)
    with django_assert_num_queries(1):
        assert the_way(figures, TODAY) is first
    CityEmission.objects.filter(year=2024).update(tonnes=230_000)
    with django_assert_num_queries(3):
        changed = the_way(figures, TODAY)
    assert changed.way.last.tonnes == 230_000
    with translation.override("en"):
        assert the_way(figures, TODAY).headline == "The right way, but not fast enough"
