"""Two who save at the same moment: one is saved, the other is told."""

import pytest
from django.core.exceptions import ValidationError

from measures.models import Measure
from measures.planning import planning
from partners.models import FocusArea
from tests.measures.planning.test_planning import a_plan
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def area():
    """A focus area: the ones migrations made are gone once a transactional test has ended."""
    return FocusArea.objects.get_or_create(key="energy", defaults={"title_sv": "Energi"})[0]


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


def test_four_clicks_at_once_make_one_measure(bostaden, ada):
    plan = a_plan()
    at_once(*[lambda: planning.create(bostaden, plan, {}, by=ada)] * 4)
    assert Measure.objects.count() == 1
