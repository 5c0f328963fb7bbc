"""Whom one writes to about an organisation, also when nobody answers for it any more."""

import pytest
from django.utils import timezone

from partners.models import Membership, MembershipRole, StaffRole, User
from tests.builders import make_bounced, make_member, make_person

CONTACT = MembershipRole.CONTACT_PERSON


def whom(organisation):
    return Membership.objects.whom(organisation)


def test_it_is_the_contact_person_and_not_a_member(bostaden, ada, cai, kim):
    assert whom(bostaden) == [cai]


def test_then_the_second_and_then_the_coordinators(bostaden, cai, kim):
    second = make_member(bostaden, "Siv Sund", role=CONTACT)
    assert whom(bostaden) == [cai]
    cai.memberships.update(ended_at=timezone.now())
    assert whom(bostaden) == [second]
    second.memberships.update(ended_at=timezone.now())
    other = make_person("Kaj Krans", staff_role=StaffRole.COORDINATOR)
    make_person("Borta", staff_role=StaffRole.COORDINATOR, is_active=False)
    assert whom(bostaden) == [kim, other]


@pytest.mark.parametrize("change", [{"email": None}, {"is_active": False}], ids=str)
def test_whoever_cannot_be_reached_is_passed_over(bostaden, cai, kim, change):
    User.objects.filter(pk=cai.pk).update(**change)
    assert whom(bostaden) == [kim]


def test_it_costs_two_queries_at_most(bostaden, kim, django_assert_num_queries):
    with django_assert_num_queries(2):
        whom(bostaden)


def test_whose_address_gives_e_mails_back_is_passed_over_until_it_works(bostaden, cai, kim):
    marked = make_bounced(cai)
    assert whom(bostaden) == [kim]
    second = make_member(bostaden, "Bea Bok", role=MembershipRole.CONTACT_PERSON)
    assert whom(bostaden) == [second]
    marked.delete()
    assert whom(bostaden) == [cai]
