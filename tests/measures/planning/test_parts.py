from datetime import date

import pytest
from django.utils import translation

from measures.models import Challenge
from measures.planning import parts
from tests.builders import make_measure, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def said(measure):
    return {row.part.url_name.removeprefix("measure_"): row.said for row in parts.filled(measure)}


def test_of_a_measure_with_a_name_alone_nothing_else_is_filled_in(bostaden):
    found = said(make_measure(bostaden, "Electric cars", reduction_t=None))
    assert found.pop("name").startswith("Electric cars · ")
    assert set(found.values()) == {""}


def test_every_part_says_what_it_holds(bostaden):
    measure = make_measure(
        bostaden, status="in_progress", start_on=date(2026, 1, 2), description="About it. " * 20
    )
    measure.challenge = Challenge(title_sv="Resor", title_en="Travel")
    measure.origin_session = make_session("Breakfast")
    measure.barriers.create(type="behaviour_change")
    found = said(measure)
    assert found["state"] == "in progress, from 2 January 2026"
    assert found["effect"] == "12.5 tonnes CO₂e per year, calculated"
    assert found["barriers"] == "behaviour change"
    assert found["origin"] == "Travel · Breakfast"
    assert found["description"].startswith("About it.")
    assert len(found["description"]) == 80


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"status": "planned"}, ""),
        ({"status": "idea"}, "idea"),
        ({"status": "planned", "end_on": date(2030, 1, 1)}, "planned"),
    ],
)
def test_the_state_is_said_when_somebody_has_said_something(bostaden, fields, state):
    assert said(make_measure(bostaden, **fields))["state"] == state


def test_the_parts_lead_from_one_to_the_next_and_the_name_stands_beside_them():
    assert [parts.number_of(part) for part in parts.OPTIONAL] == [1, 2, 3, 4, 5]
    assert [parts.after(part) for part in parts.OPTIONAL] == [*parts.OPTIONAL[1:], None]
    assert (parts.number_of(parts.NAME), parts.after(parts.NAME)) == (0, None)


def test_what_is_filled_in_costs_one_query(bostaden, django_assert_num_queries):
    measure = make_measure(bostaden)
    with django_assert_num_queries(1):
        parts.filled(measure)
