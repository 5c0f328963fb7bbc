from datetime import date, timedelta

import pytest
from django.utils import timezone

from measures.challenges import report
from measures.models import AdoptionState
from partners.models import FocusArea
from tests.builders import make_measure, make_organisation
from tests.promise_builders import (
    make_adoption,
    make_challenge,
    make_counter_commitment,
    make_period,
)

pytestmark = pytest.mark.django_db


def lines(period=None):
    areas = report.by_area(period or report.term(), timezone.now())
    return {str(line.challenge): line for area in areas for line in area.lines}


def names(line):
    return [str(one.organisation) for one in line.adopters]


def test_partners_stand_by_name_under_what_they_have_taken_on():
    challenge, period = make_challenge(), make_period()
    for name in ("Ödlan", "Alfa", "Åkeriet"):
        make_adoption(make_organisation(name), challenge, period)
    assert names(lines()["Fossilfria leveranser"]) == ["Alfa", "Åkeriet", "Ödlan"]


def test_who_dropped_it_left_or_took_it_on_in_another_term_is_not_named():
    challenge, period = make_challenge(), make_period()
    make_adoption(
        make_organisation("Släppt"), challenge, period, state=AdoptionState.DROPPED, reason="Såld"
    )
    make_adoption(make_organisation("Borta", status="left"), challenge, period)
    before = make_period(timezone.localdate().year - 4)
    make_adoption(make_organisation("Förr"), challenge, before)
    assert names(lines()["Fossilfria leveranser"]) == []


def test_a_retired_one_is_listed_only_where_somebody_keeps_it():
    now = timezone.now()
    kept = make_challenge("Kvar", retired_at=now)
    make_challenge("Ingens", retired_at=now)
    make_adoption(make_organisation("Alfa"), kept, state=AdoptionState.ACHIEVED)
    assert list(lines()) == ["Kvar"]
    assert lines()["Kvar"].adopters[0].is_achieved


def test_the_list_names_five_and_counts_the_rest():
    challenge, period = make_challenge(), make_period()
    for number in range(7):
        make_adoption(make_organisation(f"P{number}"), challenge, period)
    line = lines()["Fossilfria leveranser"]
    assert (len(line.named), line.more) == (5, 2)


@pytest.mark.parametrize(
    ("state", "days", "late"),
    [
        ("planned", -1, True),
        ("ongoing", -1, True),
        ("ongoing", 0, False),
        ("kept", -1, False),
        ("dropped", -1, False),
        ("planned", None, False),
    ],
)
def test_a_promise_is_late_the_day_after_its_last(state, days, late):
    due = None if days is None else timezone.localdate() + timedelta(days=days)
    make_counter_commitment(state=state, due_on=due)
    assert [one.is_late for line in lines().values() for one in line.promised] == [late]


@pytest.mark.parametrize(
    ("moment", "late"),
    [
        ("2026-10-25T22:59:00Z", False),  # the night of the change: 23.59 winter time
        ("2026-10-25T23:01:00Z", True),
        ("2027-03-28T21:59:00Z", True),
    ],
)
def test_the_day_ends_at_midnight_in_sweden(time_machine, moment, late):
    time_machine.move_to(moment, tick=False)
    make_counter_commitment(due_on=date(2026, 10, 25))
    assert [one.is_late for line in lines().values() for one in line.promised] == [late]


def test_a_challenge_tells_who_does_what_about_it(bostaden):
    challenge = make_challenge()
    area = FocusArea.objects.first()
    other = make_organisation("Norrbyggen")
    make_adoption(bostaden, challenge)
    own = make_measure(bostaden, "Elcyklar", challenge=challenge, focus_area=area)
    make_measure(bostaden, "Utkast", challenge=challenge, published_at=None)
    theirs = make_measure(other, "Lastcyklar", challenge=challenge, focus_area=area)
    make_measure(make_organisation("Borta", status="left"), challenge=challenge)

    doing = report.of_one(challenge, report.term(), timezone.now())

    assert [one.measures for one in doing.line.adopters] == [[own]]
    assert doing.others == [theirs]
