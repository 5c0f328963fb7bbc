"""Whom one writes to about an organisation, also when nobody answers for it any more."""

import pytest
from django.utils import timezone

from partners.models import MembershipRole, Message, StaffRole, User
from partners.organisations import partnership
from partners.people import membership
from partners.post import reaching
from tests.builders import (
    make_bounced,
    make_letter,
    make_member,
    make_organisation,
    make_person,
)

CONTACT = MembershipRole.CONTACT_PERSON


def whom(organisation):
    found = reaching.reached([organisation.pk])[organisation.pk]
    return found.level.value, found.people


def test_it_is_the_contact_persons_and_not_a_member(bostaden, ada, cai, kim):
    second = make_member(bostaden, "Siv Sund", role=CONTACT)
    assert whom(bostaden) == ("contact", [cai, second])


def test_then_the_one_of_the_others_who_has_acted_longest_of_those_who_log_in(
    bostaden, ada, cai, kim
):
    cai.memberships.update(ended_at=timezone.now())
    assert whom(bostaden) == ("member", [ada])
    make_member(bostaden, "Nya Ny")
    assert whom(bostaden) == ("member", [ada])
    used = make_member(bostaden, "Vana Van", last_login=timezone.now())
    assert whom(bostaden) == ("member", [used])


def test_then_all_coordinators_who_can_be_reached_and_it_says_whom_to_call(bostaden, cai, kim):
    mute = make_member(bostaden, "Måns Mo")
    gone = make_member(bostaden, "Gun Gar", is_active=False)
    make_bounced(cai)
    make_bounced(mute)
    other = make_person("Kaj Krans", staff_role=StaffRole.COORDINATOR)
    make_bounced(make_person("Studs", staff_role=StaffRole.COORDINATOR))
    make_person("Borta", staff_role=StaffRole.COORDINATOR, is_active=False)
    found = reaching.reached([bostaden.pk])[bostaden.pk]
    assert whom(bostaden) == ("coordinator", [kim, other])
    assert found.to_call == [cai, mute]
    assert gone not in found.to_call


@pytest.mark.parametrize("change", [{"email": None}, {"is_active": False}], ids=str)
def test_whoever_cannot_be_reached_is_passed_over(bostaden, cai, kim, change):
    User.objects.filter(pk=cai.pk).update(**change)
    assert whom(bostaden) == ("coordinator", [kim])


def test_whose_address_gives_e_mails_back_is_passed_over_until_it_works(bostaden, cai, kim):
    marked = make_bounced(cai)
    assert whom(bostaden) == ("coordinator", [kim])
    marked.delete()
    assert whom(bostaden) == ("contact", [cai])


def test_for_an_organisation_that_has_left_nobody_acts(bostaden, cai, kim):
    partnership.leave(bostaden, by=kim)
    assert whom(bostaden) == ("coordinator", [kim])


@pytest.mark.parametrize("number", [1, 30])
def test_it_costs_two_queries_for_any_number(number, kim, db, django_assert_num_queries):
    keys = [make_organisation(f"Tomt {n}").pk for n in range(number)]
    with django_assert_num_queries(2):
        assert len(reaching.reached(keys)) == number


def test_what_waits_is_stopped_when_somebody_or_all_of_it_leaves(bostaden, ada, cai, kim):
    for person in (ada, cai):
        make_letter(person, key=f"{reaching.prefix(bostaden.pk)}some:{person.pk}")
    elsewhere = make_letter(ada, key=f"{reaching.prefix(bostaden.pk * 10 + 1)}some:{ada.pk}")

    membership.end(ada.memberships.get(), by=kim)
    waits = set(Message.objects.filter(state="waiting").values_list("recipient", "pk"))
    assert {person for person, _pk in waits} == {cai.pk, ada.pk}
    assert (ada.pk, elsewhere.pk) in waits

    partnership.leave(bostaden, by=kim)
    assert [one.pk for one in Message.objects.filter(state="waiting")] == [elsewhere.pk]
