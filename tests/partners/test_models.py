"""Who sees organisations: partners are public, others are seen by their own people and by staff."""

import pytest
from django.contrib.auth.models import AnonymousUser

from partners.models import Organisation, OrganisationStatus
from tests.builders import make_member, make_organisation

pytestmark = pytest.mark.django_db


def test_who_has_left_is_seen_by_its_own_people_and_by_staff(bostaden, ada, bo, lo):
    left = make_organisation("Lämnat", status=OrganisationStatus.LEFT)
    prospect = make_organisation("Kanske", status=OrganisationStatus.PROSPECT)
    former = make_member(left, "Tidigare")

    assert not {left, prospect} & set(Organisation.objects.visible_to(AnonymousUser()))
    assert not {left, prospect} & set(Organisation.objects.visible_to(ada))
    assert {left, prospect} & set(Organisation.objects.visible_to(former)) == {left}
    assert {left, prospect, bostaden} <= set(Organisation.objects.visible_to(lo))
