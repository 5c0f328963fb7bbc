"""Rows beneath an organisation that is written once."""

import pytest

from partners.intake import partner_lists
from partners.models import MembershipRole
from tests.builders import make_import, make_member, make_organisation

HEADINGS = "Organisation;Kontaktperson;E-post"
ROWS = ["Granit AB;Eva Ek;eva@granit.example", ";Bo Al;bo@granit.example", ";;info@granit.example"]


def planned(kim, *rows, headings=HEADINGS, **asks):
    batch = make_import(kim, "\n".join([headings, *rows, ""]))
    batch.decisions = {"asks": asks}
    return partner_lists.plan(batch)


def contacts(plan):
    return {
        (membership.person.email, membership.organisation.name)
        for membership in plan.register.new_memberships
        if membership.role == MembershipRole.CONTACT_PERSON
    }


def test_more_contact_persons_below_their_organisation_are_asked_about_once(kim):
    asked = planned(kim, *ROWS)
    [ask] = asked.asks
    assert "3, 4" in ask.text
    assert ask.rows == ["Bo Al, bo@granit.example", "info@granit.example"]
    assert "Granit AB" in ask.text
    assert [line.status for line in asked.lines] == ["new", "decision", "decision"]
    assert contacts(asked) == {("eva@granit.example", "Granit AB")}

    plan = planned(kim, *ROWS, **{"group:0": "yes"})
    assert plan.undecided == 0
    assert contacts(plan) == {
        (f"{name}@granit.example", "Granit AB") for name in ("eva", "bo", "info")
    }
    assert len(plan.register.new_organisations) == 1


def test_a_group_that_is_none_misses_the_names_of_its_organisations(kim):
    plan = planned(kim, *ROWS, **{"group:0": "no"})
    assert [line.status for line in plan.lines] == ["new", "wrong", "wrong"]
    assert set(plan.lines[1].problems) == {"organisation"}


@pytest.mark.parametrize("address", ["bo@annat.example", "bo@gmail.com"])
def test_who_is_of_another_organisation_is_in_no_group(kim, address):
    make_member(make_organisation("Annat AB"), "Bo Al", email="bo@gmail.com")
    plan = planned(kim, ROWS[0], f";Bo Al;{address}")
    assert not plan.asks
    assert plan.lines[1].status == "wrong"
    assert "Granit AB" in plan.lines[1].notes[0]


@pytest.mark.parametrize("said", ['-"-', "''", "Dito", "samma som ovan", "d:o"])
def test_ditto_is_no_name_and_is_asked_about(kim, said):
    rows = ["Granit AB;Eva Ek;eva@granit.example", f"{said};Bo Al;bo@granit.example"]
    batch = make_import(kim, f"{HEADINGS}\n{rows[0]}\n" + rows[1].replace('"', "”") + "\n")
    [ask] = partner_lists.plan(batch).asks
    assert ask.key == "group:0"


@pytest.mark.parametrize("name", ["1. Granit AB", "12) Granit AB", "Granit AB *", "Granit AB"])
def test_a_number_and_a_star_are_none_of_a_name(kim, name):
    plan = planned(kim, f"{name};Eva Ek;eva@granit.example")
    assert [o.name for o in plan.register.new_organisations] == ["Granit AB"]
