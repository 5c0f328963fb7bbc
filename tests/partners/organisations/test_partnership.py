"""Organisations join and leave the roadmap."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partners.intake import partner_lists
from partners.models import Membership, MembershipRole, Organisation, OrganisationStatus, User
from partners.organisations import partnership
from tests.builders import make_import, make_member, make_organisation


@pytest.mark.parametrize(
    ("verb", "before", "after"),
    [
        (partnership.join, OrganisationStatus.PROSPECT, OrganisationStatus.ACTIVE),
        (partnership.leave, OrganisationStatus.ACTIVE, OrganisationStatus.LEFT),
    ],
)
def test_who_decided_is_kept_and_a_second_click_changes_nothing(
    bostaden, kim, lo, verb, before, after
):
    Organisation.objects.update(status=before)
    row = verb(bostaden, by=kim)
    assert (row.status, row.status_changed_by) == (after, kim)
    changed_at = row.status_changed_at
    assert changed_at is not None
    row = verb(row, by=lo)
    assert (row.status_changed_by, row.status_changed_at) == (kim, changed_at)


def test_an_organisation_that_left_keeps_its_people(bostaden, ada, kim):
    partnership.leave(bostaden, by=kim)
    assert ada.memberships.current().exists()
    assert not Organisation.objects.partners().exists()


def test_a_list_says_who_took_a_partner_in_and_gave_a_role(bostaden, ada, kim, lo):
    Organisation.objects.update(status=OrganisationStatus.PROSPECT)
    text = f"Organisation;Kontaktperson;E-post\nBostaden;Ada Åström;{ada.email}\n"
    batch = make_import(lo, text)
    partner_lists.apply(batch, by=kim)
    bostaden.refresh_from_db()
    row = ada.memberships.get()
    batch.refresh_from_db()
    assert bostaden.status == OrganisationStatus.ACTIVE
    assert row.role == MembershipRole.CONTACT_PERSON
    assert {bostaden.status_changed_by, row.role_changed_by, batch.applied_by} == {kim}
    assert bostaden.status_changed_at is not None
    assert row.role_changed_at is not None


def test_a_day_that_comes_ends_the_partnership_by_itself(bostaden, norrbyggen, ada):
    today = timezone.localdate()
    Organisation.objects.filter(pk=bostaden.pk).update(left_on=today)
    Organisation.objects.filter(pk=norrbyggen.pk).update(left_on=today + timedelta(days=1))
    assert list(Organisation.objects.partners()) == [norrbyggen]
    assert not Organisation.objects.of(ada).exists()
    assert not ada.memberships.acting().exists()

    assert partnership.let_go(today) == 1

    bostaden.refresh_from_db()
    norrbyggen.refresh_from_db()
    assert bostaden.status == OrganisationStatus.LEFT
    assert norrbyggen.status == OrganisationStatus.ACTIVE
    assert partnership.let_go(today) == 0


def test_who_joins_again_has_no_day_of_leaving(bostaden, kim, ada):
    assert partnership.leave(bostaden, by=kim).left_on == timezone.localdate()
    assert partnership.join(bostaden, by=kim).left_on is None
    assert ada.memberships.for_partners().exists()


def test_a_contact_person_of_one_that_left_invites_nobody(as_, bostaden, cai, kim):
    partnership.leave(bostaden, by=kim)
    assert as_(cai).get(reverse("invite", args=[bostaden.slug])).status_code == 403
    assert as_(cai).get(reverse("partner_people", args=[bostaden.slug])).status_code == 403


@pytest.mark.parametrize("ended", [False, True])
@pytest.mark.parametrize("days", [None, -1, 0, 1], ids=["no day", "yesterday", "today", "tomorrow"])
@pytest.mark.parametrize("status", OrganisationStatus)
@pytest.mark.django_db
def test_whether_one_is_of_a_partner_is_the_same_in_sql_and_in_querysets(status, days, ended):
    left_on = None if days is None else timezone.localdate() + timedelta(days=days)
    member = make_member(make_organisation(status=status, left_on=left_on))
    other = make_member(make_organisation(status=OrganisationStatus.ACTIVE), "Other")
    if ended:
        member.memberships.update(ended_at=timezone.now())
    for person in (member, other):
        is_one = Membership.objects.for_partners().filter(person=person).exists()
        rows = User.objects.filter(Membership.objects.is_of_a_partner(person))
        assert rows.exists() is is_one
        assert Membership.objects.acts_for_a_partner(person) is is_one
    assert is_one, "the other is of one"
