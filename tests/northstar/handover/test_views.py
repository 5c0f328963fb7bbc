"""The pages of handing over."""

import pytest

from partners.models import Membership
from tests.builders import make_person
from tests.reading import read

pytestmark = pytest.mark.django_db


def test_who_looks_at_what_moves_without_choosing_anybody_is_told_to(as_, cai, bostaden):
    Membership.objects.create(person=make_person("Bo Ek"), organisation=bostaden)
    own = cai.memberships.get(organisation=bostaden)
    address = f"/medlemskap/{own.pk}/lamna-over/"
    assert "Välj vem som tar över" not in read(as_(cai).get(address)).text
    found = read(as_(cai).get(address, {"look": "1"}))
    assert found.faulty() == ["to"]
    assert "Välj vem som tar över." in found.text
