"""Rules of one's own: copied, added, changed, switched, taken away, and back to the others."""

from datetime import time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from learning.models import SessionReminder
from learning.reminders import due, rules
from learning.reminders.due import Level
from learning.reminders.rules import Said
from tests.builders import make_rule, make_session
from tests.races import at_once

TWO_DAYS = Said("session_reminder", "confirmed", 2, "days", time(8))


@pytest.fixture
def session(db):
    return make_session()


def held(session):
    return due.in_force([session])[session.pk]


def amounts(place_session):
    return sorted(rule.amount for rule in held(place_session).rules)


def test_a_session_begins_with_a_copy_of_what_held(session, lo):
    make_rule(series=session.series, amount=5, is_off=True)
    made = rules.make_own(session, by=lo)
    assert [(one.amount, one.is_off, one.created_by) for one in made] == [(5, True, lo)]
    assert held(session).level == Level.SESSION
    assert rules.make_own(session, by=lo) == made


def test_a_copy_counts_from_when_the_other_did(session, lo):
    """Else what is due between two sweeps would be lost to both."""
    (standard,) = rules.make_own(session, by=lo)
    assert standard.counts_from is None


def test_adding_keeps_what_held_before(session, lo):
    added = rules.add(session, TWO_DAYS, by=lo)
    assert amounts(session) == [1, 2]
    assert (added.side, added.edge) == ("before", "start")
    assert rules.add(session, TWO_DAYS, by=lo) == added


def test_the_same_twice_is_refused(session, lo, kim):
    rules.add(session, TWO_DAYS, by=lo)
    with pytest.raises(ValidationError) as refused:
        rules.add(session, TWO_DAYS, by=kim)
    assert refused.value.code == "twice"


def test_the_database_refuses_the_same_twice_too(session):
    make_rule(session)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_rule(session)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_rule(session, amount=61)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_rule(session, clock=None)


def test_a_change_puts_another_in_its_place_and_keeps_the_first(session, lo):
    rule = make_rule(session, is_off=True)
    now = timezone.now()
    changed = rules.change(rule, TWO_DAYS, by=lo)
    rule.refresh_from_db()
    assert (rule.removed_by, changed.is_off, changed.amount) == (lo, True, 2)
    assert changed.counts_from >= now
    assert rules.change(rule, TWO_DAYS, by=lo) == changed


def test_saying_the_same_changes_nothing(session, lo):
    rule = make_rule(session, amount=2, clock=time(8))
    assert rules.change(rule, TWO_DAYS, by=lo) == rule
    assert SessionReminder.objects.filter(session=session).count() == 1


def test_a_rule_that_somebody_took_away_is_not_changed(session, lo, kim):
    rule = make_rule(session)
    rules.remove(rule, by=kim)
    with pytest.raises(ValidationError) as refused:
        rules.change(rule, TWO_DAYS, by=lo)
    assert refused.value.code == "gone"
    assert refused.value.messages[0].startswith(f"{kim.name} tog bort påminnelsen, ")


def test_of_two_who_change_one_the_second_reads_what_the_first_says(session, lo, kim):
    rule = make_rule(session)
    rules.change(rule, Said("session_reminder", "confirmed", 3, "days", time(9)), by=kim)
    with pytest.raises(ValidationError) as refused:
        rules.change(rule, TWO_DAYS, by=lo)
    said = refused.value.messages[0]
    assert said.startswith(f"{kim.name} ändrade påminnelsen, ")
    assert "3 dagar före kl. 09.00 till dem som har en plats" in said
    assert amounts(session) == [3]


def test_switched_on_again_it_counts_from_then(session, lo):
    rule = make_rule(session)
    assert rules.switch(rule, on=False, by=lo).is_off
    before = timezone.now()
    rule = rules.switch(rule, on=True, by=lo)
    assert not rule.is_off
    assert (rule.switched_by, rule.counts_from >= before) == (lo, True)


def test_back_to_the_series_and_from_then_on(session, lo):
    make_rule(series=session.series, amount=5)
    make_rule(session)
    before = timezone.now()
    assert rules.take_back(session, by=lo) == 1
    assert rules.take_back(session, by=lo) == 0
    assert (held(session).level, amounts(session)) == (Level.SERIES, [5])
    assert held(session).since >= before


def test_after_the_last_one_the_others_hold_again(session, lo):
    rule = make_rule(session)
    rules.remove(rule, by=lo)
    rules.remove(rule, by=lo)
    assert held(session).level == Level.STANDARD


def test_a_series_has_its_own_for_all_its_sessions(session, lo):
    rules.add(session.series, TWO_DAYS, by=lo)
    other = make_session(series=session.series)
    assert amounts(session) == amounts(other) == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_two_who_add_the_same_at_once_add_one(lo, kim):
    session = make_session()
    SessionReminder.objects.plant()
    answers = at_once(
        lambda: rules.add(session, TWO_DAYS, by=lo), lambda: rules.add(session, TWO_DAYS, by=kim)
    )
    assert sorted(type(answer).__name__ for answer in answers) == [
        "SessionReminder",
        "ValidationError",
    ]
    assert amounts(session) == [1, 2]
