from datetime import date

import pytest
from django.utils import translation

from measures.planning import beginnings, planning
from measures.progress import reporting
from tests.builders import make_measure, make_next_step, make_session
from tests.measures.planning.test_planning import a_plan
from tests.measures.progress.test_reporting import a_report

pytestmark = pytest.mark.django_db


def test_a_saved_measure_begins_as_it_is_with_the_barriers_of_its_plan_alone(bostaden, ada):
    plan = a_plan(start_on=date(2026, 1, 2))
    measure = planning.create(bostaden, plan, {"behaviour_change": "Vanan"}, by=ada)
    reporting.report_progress(measure, a_report(), {"sub_optimisation": "Senare"}, by=ada)
    measure.refresh_from_db()
    found = beginnings.of_measure(measure)
    assert (found["title"], found["start_on"]) == (plan["title"], date(2026, 1, 2))
    assert (found["focus_area"], found["version"]) == (plan["focus_area"].pk, 2)
    barriers = {name: value for name, value in found.items() if name[:4] in {"has_", "text"}}
    assert barriers == {"has_behaviour_change": True, "text_behaviour_change": "Vanan"}


def test_a_measure_costs_one_query_to_begin_with(bostaden, django_assert_num_queries):
    measure = make_measure(bostaden)
    with django_assert_num_queries(1):
        beginnings.of_measure(measure)


def test_a_next_step_gives_its_words_and_where_they_come_from(ada, bostaden):
    step = make_next_step(make_session(in_days=-3), ada)
    step.when_text, step.then_text = "the spring comes", " plant trees" + "!" * 200
    with translation.override("en"):
        found = beginnings.of_next_step(step)
    assert found["title"].startswith("Plant trees!")
    assert len(found["title"]) == 150
    assert "when the spring comes, we will" in found["description"]
    assert found["intention"] == step.pk
    assert (found["organisation"], found["origin_session"]) == (bostaden.pk, step.session_id)
