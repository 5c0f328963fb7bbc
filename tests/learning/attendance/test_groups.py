"""Who can be written to about a session."""

from datetime import timedelta

import pytest

from learning.attendance import groups
from partners.models import MembershipRole
from partners.writing import groups as all_groups
from tests.builders import (
    make_attendance,
    make_leaving,
    make_member,
    make_organisation,
    make_person,
    make_registration,
    make_session,
)
from tests.reading import read

pytestmark = pytest.mark.django_db


def people(session):
    found = groups.find(groups.key_of(session)).groups
    return {g.key.rpartition(":")[2]: {str(p) for p in g.people()} for g in found}


def test_before_it_those_with_a_seat_and_those_who_wait(ada, bo):
    session = make_session()
    make_registration(session, ada)
    make_registration(session, bo, state="queued")
    make_leaving(make_registration(session, make_person("Går")))
    found = people(session)
    assert (found["confirmed"], found["waiting"]) == ({"Ada Åström"}, {"Bo Berg"})
    assert found["attended"] == found["absent"] == set()


def test_who_has_just_cancelled_is_left_out_and_that_is_said(as_, kim, ada, bo):
    session = make_session()
    make_registration(session, ada)
    for name in ("Går", "Far"):
        make_leaving(make_registration(session, make_person(name)))
    make_registration(session, bo, state="queued")
    text = read(as_(kim).get(f"/utskick/nytt/?about={groups.key_of(session)}")).text
    assert "Har en plats (1, 2 har nyss avbokat)" in text
    assert "Står i kö (1)" in text
    text = read(as_(kim).get(f"/traffar/{session.pk}/deltagare/")).text
    assert "3 har plats, varav 2 nyss har avbokat" in text
    text = read(as_(kim).get(f"/traffar/{session.pk}/deltagare/namnlista/")).text
    assert text.count("har nyss avbokat") == 2


def test_afterwards_those_who_came_and_those_who_did_not(ada, bo):
    session = make_session(in_days=-1)
    for person, status in [(ada, "present"), (bo, "absent"), (make_person("Sjuk"), "excused")]:
        make_attendance(session, person, status)
    found = people(session)
    assert found["attended"] == {"Ada Åström"}
    assert found["absent"] == {"Bo Berg", "Sjuk"}


def test_each_says_why_and_is_about_ones_own_place(ada):
    session = make_session("Budget", title_en="The budget", in_days=-1)
    found = groups.find(groups.key_of(session))
    assert (found.title, found.address) == ("Budget", f"/traffar/{session.pk}/")
    assert [group.why() for group in found.groups] == [
        "du har en plats på Budget",
        "du står i kö till Budget",
        "du var på Budget",
        "du var anmäld till Budget",
    ]
    assert all(group.is_own for group in found.groups)


def test_partners_nobody_has_seen_for_a_year_are_a_group(cai, ada, norrbyggen):
    new = make_member(norrbyggen, "Ny", role=MembershipRole.CONTACT_PERSON)
    make_attendance(make_session(in_days=-30), ada)
    make_attendance(make_session(in_days=-400), new)
    make_attendance(make_session(in_days=-3), new, "absent")
    make_organisation("Tyst")
    (group,) = all_groups.about("").chosen(["learning.unseen"])
    assert set(group.people()) == {new}
    assert timedelta(days=365) == groups.AWAY_FOR
