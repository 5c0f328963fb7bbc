from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from measures.models import Measure
from measures.planning import planning
from partners.models import FocusArea
from tests.builders import make_measure
from tests.races import at_once


def a_plan(**fields):
    plan = {
        "title": "Byt till fossilfria leveranser",
        "description": "",
        "focus_area": FocusArea.objects.first(),
        "challenge": None,
        "status": "planned",
        "start_on": None,
        "end_on": None,
        "reduction_t": Decimal("12.5"),
        "method": "calculated",
        "origin_session": None,
    }
    return plan | fields


def test_a_new_measure_is_a_draft_with_its_barriers(bostaden, ada):
    measure = planning.create(bostaden, a_plan(), {"behaviour_change": "Vanan"}, by=ada)
    assert measure.published_at is None
    assert measure.created_by == ada
    assert [(b.type, b.text) for b in measure.barriers.all()] == [("behaviour_change", "Vanan")]


def test_a_double_click_makes_one_measure(bostaden, ada):
    first = planning.create(bostaden, a_plan(), {}, by=ada)
    assert planning.create(bostaden, a_plan(), {}, by=ada) == first
    assert planning.create(bostaden, a_plan(title="Annat"), {}, by=ada) != first


def test_the_same_measure_a_day_later_is_another(bostaden, ada):
    with time_machine.travel("2026-03-01 10:00", tick=False):
        planning.create(bostaden, a_plan(), {}, by=ada)
    with time_machine.travel("2026-03-02 10:00", tick=False):
        planning.create(bostaden, a_plan(), {}, by=ada)
    assert Measure.objects.count() == 2


def test_a_change_counts_the_version_and_replaces_the_barriers(bostaden, ada, cai):
    measure = planning.create(bostaden, a_plan(), {"behaviour_change": "Vanan"}, by=ada)
    plan = a_plan(title="Nytt", reduction_t=None, method="not_quantified")
    planning.update(measure, plan, {"sub_optimisation": ""}, version=1, by=cai)
    measure.refresh_from_db()
    assert (measure.title, measure.version, measure.updated_by) == ("Nytt", 2, cai)
    assert measure.reduction_t is None
    assert [b.type for b in measure.barriers.all()] == ["sub_optimisation"]


def test_who_saves_second_is_told_and_changes_nothing(bostaden, ada, cai):
    measure = planning.create(bostaden, a_plan(), {}, by=ada)
    planning.update(measure, a_plan(title="Cais"), {}, version=1, by=cai)
    with pytest.raises(ValidationError, match="Cai Öberg") as refusal:
        planning.update(measure, a_plan(title="Adas"), {}, version=1, by=ada)
    assert refusal.value.code == "changed"
    measure.refresh_from_db()
    assert measure.title == "Cais"


def test_saving_what_is_already_saved_is_no_quarrel(bostaden, ada):
    measure = planning.create(bostaden, a_plan(), {}, by=ada)
    for _click in range(2):
        planning.update(measure, a_plan(title="Nytt"), {}, version=1, by=ada)
    measure.refresh_from_db()
    assert measure.version == 2


def test_a_part_is_changed_alone(bostaden, ada):
    measure = planning.create(bostaden, a_plan(), {"behaviour_change": "Vanan"}, by=ada)
    planning.update(measure, {"title": "Nytt"}, version=1, by=ada)
    planning.update(measure, {}, {"sub_optimisation": ""}, version=2, by=ada)
    measure.refresh_from_db()
    assert (measure.title, measure.reduction_t, measure.version) == ("Nytt", Decimal("12.5"), 3)
    assert [b.type for b in measure.barriers.all()] == ["sub_optimisation"]


def test_publishing_twice_keeps_the_first_moment(bostaden, ada):
    measure = planning.create(bostaden, a_plan(), {}, by=ada)
    first = planning.publish(measure, by=ada).published_at
    assert planning.publish(measure, by=ada).published_at == first
    assert planning.unpublish(measure, by=ada).published_at is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"reduction_t": None, "method": "measured"},
        {"reduction_t": "5", "method": "not_quantified"},
        {"reduction_t": "-1", "method": "measured"},
        {"start_on": "2026-05-01", "end_on": "2026-04-30"},
        {"status": "unheard"},
    ],
)
def test_the_database_takes_no_nonsense(bostaden, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_measure(bostaden, **wrong)


# Two who save at the same moment: one is saved, the other is told


@pytest.mark.django_db(transaction=True)
def test_one_of_two_changes_wins(bostaden, ada, cai):
    measure = planning.create(bostaden, a_plan(), {}, by=ada)
    area = FocusArea.objects.first()
    results = at_once(
        lambda: planning.update(
            measure, a_plan(title="Adas", focus_area=area), {}, version=1, by=ada
        ),
        lambda: planning.update(
            measure, a_plan(title="Cais", focus_area=area), {}, version=1, by=cai
        ),
    )
    refusals = [result for result in results if isinstance(result, ValidationError)]
    saved = [result for result in results if isinstance(result, Measure)]
    assert [refusal.code for refusal in refusals] == ["changed"]
    measure.refresh_from_db()
    assert (measure.title, measure.version) == (saved[0].title, 2)


@pytest.mark.django_db(transaction=True)
def test_four_clicks_at_once_make_one_measure(bostaden, ada):
    plan = a_plan()
    at_once(*[lambda: planning.create(bostaden, plan, {}, by=ada)] * 4)
    assert Measure.objects.count() == 1
