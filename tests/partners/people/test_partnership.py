"""Organisations join and leave the roadmap."""

import pytest

from partners.intake import partner_lists
from partners.models import MembershipRole, Organisation, OrganisationStatus
from partners.people import partnership
from tests.builders import make_import


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
