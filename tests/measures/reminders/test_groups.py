"""Who can be written to about measures."""

import pytest

from measures.reminders import groups  # noqa: F401 (hands them in)
from partners.models import MembershipRole
from partners.writing import groups as all_groups
from tests.builders import make_measure, make_member, make_organisation

pytestmark = pytest.mark.django_db


def test_contact_persons_of_partners_without_a_published_measure_are_a_group(
    cai, norrbyggen, bostaden
):
    quiet, draft = make_organisation("Tyst"), make_organisation("Utkast")
    these = {
        make_member(quiet, "Tuva", role=MembershipRole.CONTACT_PERSON),
        make_member(draft, "Ulf", role=MembershipRole.CONTACT_PERSON),
    }
    make_member(quiet, "Bara medlem")
    make_measure(norrbyggen)
    make_measure(bostaden)
    make_measure(draft, published_at=None)
    (group,) = all_groups.about("").chosen(["measures.without_measure"])
    assert set(group.people()) == these
    assert group.why() == "du är kontaktperson hos en partner"
