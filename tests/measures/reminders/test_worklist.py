"""What there is to do about measures at a moment, asked before anybody is held up."""

from datetime import datetime, timedelta

import pytest

from measures.models import MeasureReminder
from measures.reminders import worklist
from partners.models.moments import STOCKHOLM
from tests.builders import make_organisation, make_stale

pytestmark = pytest.mark.django_db
NINE = datetime(2027, 4, 8, 9, 0, tzinfo=STOCKHOLM)


@pytest.fixture(autouse=True)
def the_day_before(time_machine):
    time_machine.move_to(NINE - timedelta(hours=21), tick=False)


@pytest.mark.parametrize("hold", [True, False])
def test_it_is_in_the_order_of_partners_and_for_few_at_a_time(monkeypatch, hold):
    for name in "ABC":
        partner = make_organisation(name)
        make_stale(partner, f"{name} 1")
        make_stale(partner, f"{name} 2")
    monkeypatch.setattr(worklist, "MOST", 2)
    work = worklist.to_do(NINE, hold=hold)
    assert {one.measure.title for one in work.write} == {"A 1", "A 2", "B 1", "B 2"}
    assert not work.miss


def test_out_of_working_hours_nothing_is_to_be_written(bostaden):
    make_stale(bostaden)
    assert worklist.to_do(NINE)
    assert not worklist.to_do(NINE + timedelta(hours=9))


def test_with_nothing_to_do_it_asks_three_times(django_assert_num_queries):
    with django_assert_num_queries(3):
        assert not worklist.to_do(NINE)


def test_without_rules_it_asks_twice(bostaden, django_assert_num_queries):
    make_stale(bostaden)
    MeasureReminder.objects.update(removed_at=NINE)
    with django_assert_num_queries(2):
        assert not worklist.to_do(NINE)
