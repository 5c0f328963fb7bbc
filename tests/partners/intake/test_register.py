"""Whom a row means."""

import pytest

from partners.intake.register import Register
from partners.models import Membership, MembershipRole, Organisation, OrganisationAlias, User
from tests.builders import make_person

GRANIT, TEGS = "556000-0001", "556000-0019"


@pytest.fixture
def register(db):
    Organisation.objects.create(name="Granit Bygg AB", slug="granit", org_number=GRANIT)
    tegs = Organisation.objects.create(name="Tegs Livs AB", slug="tegs", org_number=TEGS)
    OrganisationAlias.objects.create(organisation=tegs, folded="teg livsmedel")
    Organisation.objects.create(name="Umeå Energi", slug="energi")
    return Register()


@pytest.mark.parametrize(
    ("name", "number", "found", "how"),
    [
        ("Granit Byggnads", GRANIT, "Granit Bygg AB", "number"),
        ("", GRANIT, "Granit Bygg AB", "number"),
        ("Teg Livsmedel", "", "Tegs Livs AB", "name"),
        ("GRANIT BYGG AB", "", "Granit Bygg AB", "name"),
        ("Granit Bygg", "", "Granit Bygg AB", "stem"),
        ("Umeå Energi AB", "556000-0027", "Umeå Energi", "stem"),
    ],
)
def test_an_organisation_is_found_by_number_name_or_stem(register, name, number, found, how):
    answer = register.organisation(name, number)
    assert (answer.organisation.name, answer.how, answer.alike) == (found, how, [])


@pytest.mark.parametrize(
    ("name", "number", "alike"),
    [
        ("Tegs Livs AB", GRANIT, ["Granit Bygg AB", "Tegs Livs AB"]),
        ("Helt Annat", GRANIT, ["Granit Bygg AB"]),
        ("Granit Bygg AB", "556000-0027", ["Granit Bygg AB"]),
    ],
)
def test_a_name_and_a_number_that_do_not_belong_together_clash(register, name, number, alike):
    answer = register.organisation(name, number)
    assert (answer.organisation, answer.how) == (None, "clash")
    assert [organisation.name for organisation in answer.alike] == alike


def test_names_nearly_alike_are_asked_about_and_others_are_not(register):
    assert [o.name for o in register.organisation("Granit Byg").alike] == ["Granit Bygg AB"]
    assert [o.name for o in register.organisation("Granit").alike] == ["Granit Bygg AB"]
    assert register.organisation("Stormhatten").alike == []
    assert register.organisation("Granit Byg", "556000-0027").alike == []


def test_two_of_one_stem_are_both_asked_about(register):
    register.add_organisation("Granit Bygg HB")
    assert [o.name for o in register.organisation("Granit Bygg").alike] == [
        "Granit Bygg AB",
        "Granit Bygg HB",
    ]


def test_a_decision_names_an_organisation_that_is_not_saved_yet(register):
    new = register.add_organisation("Åkern")
    assert register.chosen("as:åkern") is new
    assert register.chosen("as:okänd") is None
    saved = Organisation.objects.get(slug="tegs")
    assert register.chosen(str(saved.pk)) == saved


def test_a_person_is_found_by_address_then_by_name_in_the_organisation(db):
    bo = make_person("Bo Ek")
    granit = Organisation.objects.create(name="Granit", slug="granit")
    Membership.objects.create(person=bo, organisation=granit, role=MembershipRole.MEMBER)
    register = Register()
    [organisation] = register.organisations

    assert register.person("Någon Annan", bo.email, None) == [bo]
    assert register.person("bo ek", "", organisation) == [bo]
    assert register.person("Bo Ek", "annan@granit.example", organisation) == []
    assert register.person("Bo Ek", "", None) == []


def test_what_is_new_is_saved_once_with_slugs_of_its_own(register, kim):
    second = register.add_organisation("Granit")
    person = register.add_person("Bo Ek", "bo@granit.example")
    register.add_membership(person, second, MembershipRole.MEMBER)
    register.add_alias("Graniten", second)
    register.add_alias("Graniten", second)
    register.sign(kim)
    assert register.new_rows == 4

    register.save()

    assert Organisation.objects.get(name="Granit").slug == "granit-2"
    assert User.objects.get(email="bo@granit.example").memberships.get().created_by == kim
    assert second.aliases.get().folded == "graniten"
