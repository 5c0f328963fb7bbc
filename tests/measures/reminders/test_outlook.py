"""What reminders of measures will do, and what became of them."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from measures.models import MeasureReminder
from measures.reminders import outlook, rules, running
from partners.models.moments import STOCKHOLM
from tests.builders import make_measure, make_measure_rule, make_measure_run, make_stale

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 4, 7, 12, 0, tzinfo=STOCKHOLM)


@pytest.fixture(autouse=True)
def a_working_day(time_machine):
    time_machine.move_to(NOON, tick=False)


def test_what_comes_is_by_day_and_partner_the_next_first(bostaden, norrbyggen):
    make_stale(norrbyggen, days=170)
    for title in ("Byt pump", "Laga tak"):
        make_stale(bostaden, title, days=179)
    make_stale(bostaden, "Avslutad", days=179, status="cancelled")
    found = outlook.coming(NOON, NOON + timedelta(days=20))
    assert [(str(one.organisation), one.number) for one in found] == [
        ("Bostaden", 2),
        ("Norrbyggen", 1),
    ]
    assert found[0].at == NOON + timedelta(hours=21)


def test_what_is_due_soon_goes_along_and_what_has_gone_along_comes_no_more(bostaden, cai):
    for days in (179, 170, 164):
        make_stale(bostaden, f"Åtgärd {days}", days=days)
    found = outlook.coming(NOON, NOON + timedelta(days=16))
    assert [one.number for one in found] == [2, 2]
    running.remind(NOON + timedelta(hours=21))
    found = outlook.coming(NOON + timedelta(hours=21), NOON + timedelta(days=16))
    assert [one.number for one in found] == [2]  # with that of the first, once more


def test_a_rule_that_is_off_or_counts_from_later_does_nothing(bostaden, kim):
    make_stale(bostaden, days=179)
    rule = MeasureReminder.objects.get(amount=180)
    rules.switch(rule, on=False, by=kim)
    assert outlook.coming(NOON, NOON + timedelta(days=20)) == []


def test_the_latest_outcome_stands_first_and_one_day_is_one_row(bostaden, norrbyggen):
    rule = make_measure_rule()
    yesterday = timezone.now() - timedelta(days=1)
    make_measure_run(rule, make_measure(norrbyggen), noted_at=yesterday)
    for title in ("Byt pump", "Laga tak"):
        make_measure_run(rule, make_measure(bostaden, title))
    found = outlook.overview(NOON)
    assert [(str(one.organisation), one.number) for one in found.done] == [
        ("Bostaden", 2),
        ("Norrbyggen", 1),
    ]
    assert found.missed == []
    assert {line.rule.amount: line.done for line in found.lines} == {100: 3, 180: 0, 210: 0}


def test_it_costs_four_queries(bostaden, django_assert_num_queries):
    make_measure_run(make_measure_rule(), make_stale(bostaden, days=170))
    with django_assert_num_queries(4):
        outlook.overview(NOON)
