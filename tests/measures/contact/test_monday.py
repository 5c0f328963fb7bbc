"""Twelve partners, and the five whom the Monday list names."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from measures.contact import monday
from measures.models import CallPoints, Measure
from partners.models import MembershipRole
from tests.builders import (
    make_attendance,
    make_measure,
    make_member,
    make_next_step,
    make_organisation,
    make_person,
    make_session,
)
from tests.promise_builders import (
    make_contact_note,
    make_letter_of_intent,
    make_period,
    make_shared_report,
)

MONDAY = timezone.make_aware(datetime(2026, 11, 30, 8))


def day(days):
    return timezone.localdate(MONDAY) + timedelta(days=days)


@pytest.fixture
def term(db):
    return make_period(2025, 2027)


@pytest.fixture
def lately(term):
    return make_session(starts_at=MONDAY - timedelta(days=10), published_at=MONDAY)


def fine(name, term, lately, *, seen=True, contact=True, letter=True, report=True, **fields):
    """A partner about which nothing is to be asked, but what is left out."""
    one = make_organisation(name, **fields)
    role = MembershipRole.CONTACT_PERSON if contact else MembershipRole.MEMBER
    person = make_member(one, f"Kontakt {name}", role, last_login=MONDAY)
    if seen:
        make_attendance(lately, person)
    if letter:
        make_letter_of_intent(one, term)
    if report:
        make_shared_report(one, 2025)
    return one


@pytest.fixture
def twelve(term, lately):
    def partner(name, **fields):
        return fine(name, term, lately, **fields)

    partner("Allt gjort")
    partner("Ingen kontakt", contact=False)  # 5
    partner("Osedd och sen", seen=False, report=False)  # 3 + 3
    partner("Oundertecknad", letter=False)  # 4
    partner("Sen rapport", report=False)  # 3
    partner("Osedd", seen=False)  # 3
    partner("Ny i november", seen=False, joined_on=date(2026, 11, 2))  # nothing: it is new
    waiting = partner("Åtgärd väntar")  # 2
    measure = make_measure(waiting, "Elbilar")
    Measure.objects.filter(pk=measure.pk).update(updated_at=MONDAY - timedelta(days=121))
    agreed = partner("Överenskommen dag")  # 8
    make_contact_note(agreed, on=day(-6), next_on=day(0))
    talked = partner("Kontaktad i torsdags", contact=False, letter=False)  # 9, but not again
    make_contact_note(talked, on=day(-4))
    later = partner("Lämnas till december", contact=False)  # 5, but not yet
    make_contact_note(later, on=day(-40), next_on=day(9))
    long_ago = partner("Kontaktad i oktober", report=False, letter=False)  # 7
    make_contact_note(long_ago, on=day(-40))


def named(now=MONDAY):
    return [(call.organisation.name, call.points) for call in monday.calls(now)]


EXPECTED = [
    ("Överenskommen dag", 8),
    ("Kontaktad i oktober", 7),
    ("Osedd och sen", 6),
    ("Ingen kontakt", 5),
    ("Oundertecknad", 4),
]


def test_of_twelve_these_five_are_named(twelve):
    assert named() == EXPECTED


def test_each_says_why_the_heaviest_first(twelve):
    told = {
        call.organisation.name: [reason.text for reason in call.reasons]
        for call in monday.calls(MONDAY)
    }
    assert told["Överenskommen dag"] == ["Ni kom överens om att höras igen 30 november 2026"]
    assert told["Kontaktad i oktober"] == [
        "Avsiktsförklaringen för 2025–2027 saknas",
        "Rapporten för 2025 saknas",
    ]
    assert told["Ingen kontakt"] == ["Har ingen kontaktperson"]


def test_who_is_contacted_this_week_makes_room_for_the_next(twelve):
    (first, *_rest) = monday.calls(MONDAY)
    make_contact_note(first.organisation, on=day(0))
    assert [name for name, _points in named()][:4] == [name for name, _points in EXPECTED[1:]]
    assert len(named()) == 5


def test_last_weeks_monday_still_counts_and_the_sunday_before_does_not(term, lately):
    one = fine("Utan kontakt", term, lately, contact=False)
    note = make_contact_note(one, on=day(-7))
    assert named() == []
    note.on = day(-8)
    note.save()
    assert named() == [("Utan kontakt", 5)]


def test_of_as_many_points_who_was_not_seen_for_longest_comes_first(term, lately):
    fine("Aldrig sedd", term, lately, seen=False, report=True)
    fine("Sedd nyss", term, lately, report=False)
    assert [name for name, _points in named()] == ["Aldrig sedd", "Sedd nyss"]


def test_points_a_coordinator_changed_count_and_nought_names_nobody(twelve, kim):
    CallPoints.objects.create(reason="waiting", points=50, updated_by=kim)
    CallPoints.objects.create(reason="follow_up", points=0, updated_by=kim)
    names = [name for name, _points in named()]
    assert names[0] == "Åtgärd väntar"
    assert "Överenskommen dag" not in names


def test_next_steps_that_are_late_wait_too(term, lately):
    one = fine("Steg väntar", term, lately)
    person = make_person("Ada")
    make_next_step(lately, person, organisation=one, due_on=day(-1))
    (call,) = monday.calls(MONDAY)
    assert [reason.text for reason in call.reasons] == ["1 nästa steg är försenat"]


@pytest.mark.parametrize("number", [1, 12])
def test_the_list_costs_the_same(term, lately, number, django_assert_num_queries):
    for place in range(number):
        fine(f"P{place}", term, lately, contact=False)
    with django_assert_num_queries(16):
        monday.calls(MONDAY)
