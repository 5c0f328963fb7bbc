"""The rules of reminders of measures: one set for all, and nothing is lost of what they did."""

from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from measures.models import MeasureReminder, MeasureReminderRun
from measures.reminders import rules, running
from measures.reminders.rules import Said
from partners.models.moments import STOCKHOLM
from tests.builders import make_measure_rule, make_stale
from tests.races import at_once

pytestmark = pytest.mark.django_db
NINE = datetime(2027, 4, 8, 9, 0, tzinfo=STOCKHOLM)
YEARLY = Said(365, time(9, 30))


@pytest.fixture(autouse=True)
def the_day_before(time_machine):
    time_machine.move_to(NINE - timedelta(hours=21), tick=False)


def test_the_same_twice_in_a_moment_is_one_and_later_is_refused(kim, lo, time_machine):
    first = rules.add(YEARLY, by=kim)
    assert rules.add(YEARLY, by=kim) == first
    time_machine.shift(timedelta(minutes=3))
    with pytest.raises(ValidationError) as refusal:
        rules.add(YEARLY, by=kim)
    assert refusal.value.code == "twice"


def test_a_change_is_another_rule_and_a_second_click_the_same(kim):
    rule = make_measure_rule(is_off=True)
    other = rules.change(rule, YEARLY, by=kim)
    rule.refresh_from_db()
    assert (rule.removed_by, rule.removed_at) == (kim, timezone.now())
    assert other.is_off
    assert other.counts_from == timezone.now()
    assert rules.change(rule, YEARLY, by=kim) == other
    assert rules.change(other, YEARLY, by=kim) == other


def test_a_change_into_one_that_is_there_is_refused(kim):
    rule = make_measure_rule()
    with pytest.raises(ValidationError) as refusal:
        rules.change(rule, Said(180, time(9)), by=kim)
    assert refusal.value.code == "twice"
    rules.remove(rule, by=kim)
    with pytest.raises(ValidationError) as refusal:
        rules.change(rule, YEARLY, by=kim)
    assert refusal.value.code == "gone"


def test_who_changes_what_was_removed_reads_by_whom_and_when(kim, lo):
    rule = make_measure_rule()
    rules.remove(rule, by=lo)
    with pytest.raises(ValidationError) as refusal:
        rules.change(rule, YEARLY, by=kim)
    said = refusal.value.messages[0].replace("\xa0", " ")
    assert said.startswith(f"{lo.name} tog bort påminnelsen, onsdag 7 april 2027 kl. 12.00")


def test_of_two_who_change_one_the_second_reads_what_the_first_says(kim, lo):
    rule = make_measure_rule()
    mine, theirs = (MeasureReminder.objects.get(pk=rule.pk) for _ in range(2))
    rules.change(mine, Said(300, time(9)), by=kim)
    with pytest.raises(ValidationError) as refusal:
        rules.change(theirs, YEARLY, by=lo)
    said = refusal.value.messages[0]
    assert said.startswith(f"{kim.name} ändrade påminnelsen, ")
    assert "Efter 300 dagar utan nyheter" in said
    assert not MeasureReminder.objects.standing().filter(amount=365).exists()


def test_who_removed_or_switched_it_first_is_kept(kim, lo, time_machine):
    rule = make_measure_rule()
    rules.switch(rule, on=False, by=kim)
    assert rules.switch(rule, on=False, by=lo).switched_by == kim
    rules.remove(rule, by=kim)
    time_machine.shift(timedelta(minutes=3))
    rules.remove(rule, by=lo)
    rule.refresh_from_db()
    assert (rule.removed_by, rule.is_off) == (kim, True)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_add_the_same_at_once_one_is_refused(kim, lo):
    found = at_once(lambda: rules.add(YEARLY, by=kim), lambda: rules.add(YEARLY, by=lo))
    assert sorted(type(one).__name__ for one in found) == ["MeasureReminder", "ValidationError"]


def test_a_rule_that_is_made_or_switched_on_late_is_no_flood(bostaden, cai, kim, time_machine):
    make_stale(bostaden)
    first = MeasureReminder.objects.get(amount=180)
    rules.switch(first, on=False, by=kim)
    time_machine.move_to(NINE + timedelta(minutes=1))
    rules.switch(first, on=True, by=kim)
    rules.add(Said(100, first.clock), by=kim)
    make_stale(bostaden, "Sänk värmen", days=101)
    assert running.remind(NINE + timedelta(hours=1)) == 0
    assert not MeasureReminderRun.objects.exists()
