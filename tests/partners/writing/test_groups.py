"""Groups: who they are now, each counted once, and who may write to them."""

import subprocess
import sys

import pytest
from django.utils import timezone, translation

from partners.models import Membership, MembershipRole, SwitchedOff, User
from partners.writing import groups
from tests.builders import (
    make_bounced,
    make_member,
    make_organisation,
    make_person,
    make_registration,
    make_session,
)

pytestmark = pytest.mark.django_db


def people(key, about=""):
    (group,) = groups.about(about).chosen([key])
    return set(group.people())


def test_contact_persons_are_those_of_partners_now(ada, cai, bostaden):
    left = make_organisation("Har lämnat", status="left")
    make_member(left, "Lisa", role=MembershipRole.CONTACT_PERSON)
    former = make_member(bostaden, "Före", role=MembershipRole.CONTACT_PERSON)
    Membership.objects.filter(person=former).update(ended_at=timezone.now())
    assert people("partners.contacts") == {cai}
    assert people("partners.members") == {ada, cai}


def test_who_has_never_logged_in_is_a_group(cai, norrbyggen):
    new = make_member(norrbyggen, "Ny", role=MembershipRole.CONTACT_PERSON)
    User.objects.filter(pk=cai.pk).update(last_login=timezone.now())
    assert people("partners.not_logged_in") == {new}


def test_the_people_of_partners_without_a_contact_person(ada, cai, bo):
    assert people("partners.without_contact") == {bo}


def test_somebody_in_two_groups_is_counted_once_and_who_has_no_address_apart(ada, cai, bostaden):
    make_member(bostaden, "Utan adress")
    User.objects.filter(name="Utan adress").update(email=None)
    shut_out = make_member(bostaden, "Utestängd")
    User.objects.filter(pk=shut_out.pk).update(is_active=False)
    both = groups.about("").chosen(["partners.contacts", "partners.members"])
    assert groups.reach(both) == groups.Reach(people=2, without_address=1)
    assert groups.reach([]) == groups.Reach(0, 0)


def test_who_declines_and_whose_address_is_dead_is_counted_apart(ada, cai, bo):
    everybody = groups.about("").chosen(["partners.contacts", "partners.members"])
    SwitchedOff.objects.create(person=ada, topic="all")
    make_bounced(cai)
    assert groups.reach(everybody) == groups.Reach(people=1, unwilling=1, unreached=1)
    assert {person for group in everybody for person in group.reading()} == {bo}


def test_about_a_place_of_ones_own_nobody_declines(ada, bo, lo):
    session = make_session(lead=lo)
    make_registration(session, ada)
    key = f"learning.session:{session.pk}"
    (group,) = groups.about(key).chosen([f"{key}:confirmed"])
    SwitchedOff.objects.create(person=ada, topic="all")
    assert groups.reach([group]) == groups.Reach(people=1)
    assert list(group.reading()) == [ada]


@pytest.mark.parametrize("chosen", [1, 3])
def test_who_is_reached_costs_one_query(chosen, django_assert_num_queries):
    some = groups.about("").groups[:chosen]
    with django_assert_num_queries(1):
        groups.reach(some)


def test_names_and_reasons_are_said_in_the_language_that_is_active():
    (group,) = groups.about("").chosen(["partners.contacts"])
    assert (str(group.name), group.why()) == (
        "Alla partners kontaktpersoner",
        "du är kontaktperson hos en partner",
    )
    with translation.override("en"):
        assert str(group.name) == "Contact persons of all partners"


def test_leads_write_about_what_they_lead_and_coordinators_about_anything(lo, kim, ada):
    own, other = make_session(lead=lo), make_session(lead=make_person("Annan"))
    key = f"learning.session:{own.pk}"
    assert groups.may_write(lo, key)
    assert not groups.may_write(lo, f"learning.session:{other.pk}")
    assert not groups.may_write(lo, "")
    assert groups.may_write(kim, "")
    assert groups.may_write(kim, f"learning.session:{other.pk}")
    assert not groups.may_write(ada, key)
    assert groups.led_by(lo) == [key]


@pytest.mark.parametrize(
    "key",
    [
        *["x", "x:1", "learning.session:", "learning.session:x", "learning.session:0"],
        *["learning.session:²", "learning.session:-1", "learning.session:" + "9" * 40],
        *["learning.session:1:2", ":", "learning.session"],
    ],
)
def test_what_names_nothing_is_found_by_nobody(key, kim):
    assert groups.about(key) is None


def test_occasions_are_called_by_their_titles():
    session = make_session("Budget")
    keys = [f"learning.session:{session.pk}", "", "learning.session:0", "other:1"]
    assert groups.titles(keys) == {f"learning.session:{session.pk}": "Budget"}


def test_the_worker_of_the_clock_knows_all_groups():
    """It imports the tasks alone: what nobody hands in there could not be sent."""
    code = (
        "from northstar.celery import app; app.loader.import_default_modules();"
        "from partners.writing import groups;"
        "print(groups.is_known('learning.session:1'),"
        " [g.key for g in groups.about('').groups])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.startswith("True")
    assert "learning.unseen" in said.stdout
    assert "measures.without_measure" in said.stdout
