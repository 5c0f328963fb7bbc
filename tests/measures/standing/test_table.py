"""Which cards are asked for, and in which order they come."""

from datetime import timedelta

import pytest
from django.utils import timezone

from measures.standing import table
from partners.models import FocusArea, MembershipRole, OrganisationStatus
from tests.builders import (
    make_attendance,
    make_measure,
    make_member,
    make_organisation,
    make_session,
)
from tests.promise_builders import (
    make_adoption,
    make_letter_of_intent,
    make_own_target,
    make_shared_report,
)


@pytest.fixture
def partners(db):
    """Alfa has done it all, Beta came two months ago and shared nothing, Gamma did nothing."""
    now = timezone.now()
    alfa = make_organisation("Alfa", sector="public")
    beta, gamma = make_organisation("Beta"), make_organisation("Gamma")
    for one in (alfa, beta):
        contact = make_member(one, f"Kontakt {one}", role=MembershipRole.CONTACT_PERSON)
        days = 1 if one is alfa else 61
        make_attendance(make_session(in_days=-days), contact)
    make_attendance(make_session(starts_at=now), alfa.memberships.get().person)
    make_shared_report(alfa)
    make_own_target(alfa)
    make_letter_of_intent(alfa, min_challenges=1)
    make_measure(alfa, challenge=make_adoption(alfa).challenge)
    alfa.focus_areas.add(FocusArea.objects.get(key="food"))
    make_organisation("Lämnade", status=OrganisationStatus.LEFT)
    return alfa, beta, gamma


def names(wishes, sort="name"):
    return [row.organisation.name for row in table.rows(wishes, sort, timezone.now())]


@pytest.mark.parametrize(
    ("wishes", "found"),
    [
        ({}, ["Alfa", "Beta", "Gamma"]),
        ({"missing": "nothing"}, ["Alfa"]),
        ({"missing": "anything"}, ["Beta", "Gamma"]),
        ({"missing": "sharing"}, ["Beta", "Gamma"]),
        ({"missing": "emissions"}, ["Beta", "Gamma"]),
        ({"missing": "letter"}, ["Beta", "Gamma"]),
        ({"without_contact": True}, ["Gamma"]),
        ({"sector": "public"}, ["Alfa"]),
        ({"q": "gam"}, ["Gamma"]),
    ],
)
def test_the_table_is_narrowed(partners, wishes, found):
    assert names(wishes) == found


def test_it_is_narrowed_by_focus_area_and_by_when_somebody_was_seen(partners):
    assert names({"area": FocusArea.objects.get(key="food")}) == ["Alfa"]
    today = timezone.localdate()
    assert names({"since": today - timedelta(days=30)}) == ["Beta", "Gamma"]
    assert names({"since": today - timedelta(days=90)}) == ["Gamma"]


def test_it_comes_in_the_order_that_is_asked_for(partners):
    assert names({}, "-name") == ["Gamma", "Beta", "Alfa"]
    assert names({}, "-emissions")[0] == "Alfa"
    assert names({}, "seen") == ["Gamma", "Beta", "Alfa"]
    assert [table.known(sort) for sort in ("-seen", "nonsense", "", None)] == [
        "-seen",
        "name",
        "name",
        "name",
    ]


def test_it_says_how_many_keep_each(partners):
    found = table.rows({}, "name", timezone.now())
    kept = {one.key: one.kept for one in table.kept(found)}
    assert kept["sharing"] == kept["emissions"] == 1
    assert kept["learning"] == sum(row.card.learning.is_kept for row in found)
    assert [len(row.contacts) for row in found] == [1, 1, 0]


@pytest.mark.parametrize("number", [1, 60])
def test_sixty_rows_cost_what_one_does(db, number, django_assert_num_queries):
    for place in range(number):
        make_member(make_organisation(f"P{place}"), role=MembershipRole.CONTACT_PERSON)
    with django_assert_num_queries(11):
        assert len(table.rows({}, "name", timezone.now())) == number
