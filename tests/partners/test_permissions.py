"""Who may do what to people and organisations."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from partners import permissions
from partners.models import Membership, MembershipRole, Organisation
from tests.builders import make_person


@pytest.fixture
def granit(db):
    return Organisation.objects.create(name="Granit", slug="granit")


def acting_for(organisation, role):
    person = make_person("Bo Ek")
    Membership.objects.create(person=person, organisation=organisation, role=role)
    return person


def answers(user, organisation):
    return (
        permissions.may_see_people(user, organisation),
        permissions.may_manage_people(user, organisation),
        permissions.acts_for(user, organisation),
    )


def test_a_contact_person_manages_the_people_whom_a_member_sees(granit):
    other = Organisation.objects.create(name="Tegs", slug="tegs")
    contact = acting_for(granit, MembershipRole.CONTACT_PERSON)
    member = acting_for(granit, MembershipRole.MEMBER)
    assert answers(contact, granit) == (True, True, True)
    assert answers(member, granit) == (True, False, True)
    assert answers(contact, other) == answers(member, other) == (False, False, False)


def test_whose_membership_has_ended_sees_nobody(granit, kim):
    contact = acting_for(granit, MembershipRole.CONTACT_PERSON)
    contact.memberships.update(ended_at=timezone.now(), ended_by=kim)
    assert answers(contact, granit) == (False, False, False)


def test_a_coordinator_sees_and_manages_and_acts_for_nobody(granit, kim):
    assert answers(kim, granit) == (True, True, False)


def test_who_is_not_logged_in_may_nothing(granit):
    assert answers(AnonymousUser(), granit) == (False, False, False)
    assert not permissions.may_import(AnonymousUser())
