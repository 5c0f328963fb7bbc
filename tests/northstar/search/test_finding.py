"""What the search finds in the demo's data, and that nobody finds what they may not see."""

import pytest
from django.contrib.auth.models import AnonymousUser

from learning.models import LearningSession, Material, MaterialAudience
from measures.models import Measure
from northstar.demo.data import builder
from northstar.demo.data.people import PERSONAS
from northstar.search import finding
from northstar.search.signposts import SIGNPOSTS
from partners.models import Organisation, OrganisationStatus, User
from partners.reading.searches import sought
from tests.builders import (
    make_attendance,
    make_file,
    make_link,
    make_measure,
    make_organisation,
    make_person,
    make_session,
)
from tests.northstar.search import asking

SEARCHED = [LearningSession, Material, Measure, Organisation]
FIRST = 3  # results among which the right one must be
OPEN, PARTNERS = list(asking.rows(asking.OPEN)), list(asking.rows(asking.PARTNERS))
BY_HAND = list(asking.rows(asking.BY_HAND))
ROLES = ["", "member", "contact", "lead", "coordinator"]


@pytest.fixture(scope="module")
def demo(module_db):
    """The demo's data, and of what is looked for here what the demo does not have."""
    builder.build("normal")
    wanted = {name for table in (OPEN, PARTNERS) for _, names in table for name in names}
    known = {str(row) for model in SEARCHED for row in model.objects.all()}
    known |= {str(one) for one in SIGNPOSTS}
    organisation = make_organisation("Granngården i Ersboda")
    for title in sorted(wanted - known):
        make_measure(organisation, title)


def reader(persona):
    return User.objects.get(email=PERSONAS[persona][1]) if persona else AnonymousUser()


def titles(typed, who):
    return [str(hit.row) for hit in finding.find(sought(typed), who).hits]


def missed(table, who):
    found = {typed: titles(typed, who)[:FIRST] for typed, _ in table}
    return {typed: found[typed] for typed, wanted in table if not set(wanted) & set(found[typed])}


def test_there_are_searches_enough():
    assert len(OPEN) > 120
    assert len(PARTNERS) > 15


@pytest.mark.django_db
@pytest.mark.parametrize("persona", ROLES)
def test_what_everybody_may_see_is_among_the_first(demo, persona):
    assert missed(OPEN, reader(persona)) == {}


@pytest.mark.django_db
@pytest.mark.parametrize("persona", ROLES[1:])
def test_what_partners_may_see_is_among_the_first(demo, persona):
    assert missed(PARTNERS, reader(persona)) == {}


@pytest.mark.django_db
def test_compounds_are_found_by_their_parts_and_dots_kept_apart(demo):
    organisation = make_organisation("Haga bygdegård")
    names = ["Elbilspool i Haga", "Bibliotek för verktyg", "Fjärrvärme i stället för olja"]
    for title in [*names, "Tåglinje till hamnen", "Tag till vara resterna"]:
        make_measure(organisation, title)

    assert missed(BY_HAND, AnonymousUser()) == {}
    found = titles("tåg", AnonymousUser())
    assert "Tag till vara resterna" not in found[: found.index("Tåglinje till hamnen")]
    assert titles("tag", AnonymousUser())[0] == "Tag till vara resterna"


@pytest.fixture
def hidden(bostaden, norrbyggen, ada):
    """Things called Kvastfening that not everybody may see, by who may."""
    public = make_session("Kvastfening för alla", audience="public")
    partners = make_session("Kvastfening för partner", in_days=-3)
    draft = make_session("Kvastfening som utkast", published_at=None, audience="public")
    make_measure(bostaden, "Kvastfening på tork", published_at=None)
    make_measure(norrbyggen, "Kvastfening hos grannen", published_at=None)
    make_measure(norrbyggen, "Kvastfening i det fria")
    make_organisation("Kvastfening på prov", status=OrganisationStatus.PROSPECT)
    make_file(partners, "Kvastfening i bild")
    make_link(draft, "Kvastfening på nätet", audience=MaterialAudience.PARTNERS)
    make_link(partners, "Kvastfening att läsa", audience=MaterialAudience.PARTNERS)
    make_person("Kvast Fening", email="kvastfening@people.example")
    make_attendance(partners, ada)
    return public


EVERYBODYS = {"Kvastfening för alla", "Kvastfening i det fria"}
PARTNERS_OWN = EVERYBODYS | {"Kvastfening för partner", "Kvastfening att läsa"}
LEADS = PARTNERS_OWN | {
    *("Kvastfening som utkast", "Kvastfening i bild", "Kvastfening på nätet"),
    "Kvastfening på prov",
}
ALL = LEADS | {"Kvastfening på tork", "Kvastfening hos grannen", "Kvast Fening"}


@pytest.mark.parametrize("typed", ["kvastfening", "kvastfenig", "kvastfen", "xyz kvastfening"])
@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("nobody", EVERYBODYS),
        ("stranger", EVERYBODYS),
        ("ada", PARTNERS_OWN | {"Kvastfening på tork", "Kvastfening i bild"}),
        ("bo", PARTNERS_OWN | {"Kvastfening hos grannen"}),
        ("lo", LEADS),
        ("kim", ALL),
    ],
)
def test_each_finds_what_they_may_see_and_nothing_else(hidden, request, who, seen, typed):
    known = {"nobody": AnonymousUser, "stranger": lambda: make_person("Ny Bekant")}
    person = known[who]() if who in known else request.getfixturevalue(who)

    assert set(titles(typed, person)) == seen


def test_a_word_that_only_hidden_things_hold_is_suggested_to_nobody_else(bostaden, kim):
    make_measure(bostaden, "Kvastfening på tork", published_at=None)

    assert finding.find(sought("kvastfenig"), AnonymousUser()) == finding.Found([])
    assert finding.find(sought("kvastfenig"), kim).meant == "kvastfening"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("klimmat", "klimat"),
        ("atgarder", "åtgärder"),
        ("sollceller", "solceller"),
        ("klimat", ""),
        ("solcell", ""),
        ("fotbollsplan", ""),
    ],
)
def test_the_word_that_was_meant_is_said_where_none_is_spelled_so(demo, typed, meant):
    assert finding.find(sought(typed), AnonymousUser()).meant == meant


@pytest.mark.django_db
def test_exact_words_come_before_beginnings_forms_insides_and_slips(bostaden):
    names = ["Sparkolv", "Bokolv", "Kolv", "Kolven", "Kolvring", "Kölv"]
    for title in names:
        make_measure(bostaden, title)

    assert titles("kolv", AnonymousUser()) == [
        *("Kolv", "Kolvring", "Kolven", "Bokolv", "Sparkolv", "Kölv"),
    ]


def test_coordinators_find_people_by_name_and_address(ada, kim, lo):
    person = make_person("Våge Zachrisdotter", email="q.v@people.example")

    for typed in ["zachrisdotter", "qvickstrom våge", "zakrisdotter", "q.v@people.example"]:
        assert titles(typed, kim)[0] == str(person), typed
    assert titles("zachrisdotter", lo) == titles("zachrisdotter", ada) == []


def test_no_more_than_a_page_of_hits(bostaden):
    for number in range(finding.AT_MOST + 5):
        make_measure(bostaden, f"Åtgärd {number}")

    assert len(titles("åtgärd", AnonymousUser())) == finding.AT_MOST
