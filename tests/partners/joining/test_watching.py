"""However a partner comes to have no contact person, the coordinators hear of it, once."""

import pytest
from django.utils import timezone

from partners.joining import watching
from partners.models import Membership, Message, Organisation
from partners.people import membership
from tests.builders import make_member, make_organisation
from tests.races import at_once

pytestmark = pytest.mark.django_db


def look():
    return watching.tell_of_no_contact(timezone.now())


def told():
    return Message.objects.filter(letter="partners/without_contact")


def of(person):
    return person.memberships.get()


WAYS = {
    "ended": lambda person, by: membership.end(of(person), by=by),
    "ended by themselves": lambda person, by: membership.end(of(person), by=person),
    "another role": lambda person, by: membership.change_role(of(person), "member", by=by),
    "moved": lambda person, by: membership.move(of(person), make_organisation("B"), by=by),
    "shut out": lambda person, by: membership.shut_out(person, by=by),
    "changed by hand": lambda person, by: Membership.objects.update(role="member"),
}


@pytest.mark.parametrize("way", WAYS)
def test_each_way_by_which_the_last_one_goes_is_told(bostaden, cai, kim, way):
    assert look() == 0
    WAYS[way](cai, kim)
    Organisation.objects.exclude(pk=bostaden.pk).update(status="prospect")
    assert look() == 1
    letter = told().get()
    assert (letter.recipient, letter.subject) == (kim, "Bostaden har ingen kontaktperson")
    assert look() == 0, "told once"


def test_a_partner_taken_in_without_a_contact_person_is_told(bostaden, cai, kim):
    make_organisation("Nya Granit")
    assert look() == 1
    assert "Nya Granit" in told().get().text


def test_one_letter_names_all_and_not_those_that_have_one_or_are_no_partners(bostaden, cai, kim):
    for number in range(22):
        make_organisation(f"Granit {number:02}")
    make_organisation("Har lämnat", status="left")
    make_organisation("Blir kanske", status="prospect")
    assert look() == 22
    letter = told().get()
    assert letter.subject == "22 partner har ingen kontaktperson"
    assert "Granit 19" in letter.text
    assert "Granit 20" not in letter.text
    assert "Och 2 till." in letter.text
    assert "Bostaden" not in letter.text


def test_it_is_told_again_when_there_has_been_one_in_between(bostaden, cai, kim):
    membership.end(of(cai), by=kim)
    assert look() == 1
    dag = make_member(bostaden, "Dag", role="contact_person")
    assert look() == 0
    membership.end(of(dag), by=kim)
    assert look() == 1
    assert told().count() == 2


def test_one_of_two_who_leaves_is_nothing_to_tell(bostaden, cai, kim):
    make_member(bostaden, "Dag", role="contact_person")
    membership.end(of(cai), by=kim)
    assert look() == 0


def test_the_same_number_of_queries_for_one_and_three(bostaden, kim, django_assert_num_queries):
    for number in (1, 3):
        for _ in range(number):
            make_organisation(f"Granit {number}")
        with django_assert_num_queries(9):
            assert look()


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_tell_once(bostaden, kim):
    assert sorted(at_once(look, look)) == [0, 1]
    assert told().count() == 1
