"""The pages of asking to act for an organisation."""

import pytest

from tests.reading import read

pytestmark = pytest.mark.django_db


def test_who_acts_for_an_organisation_is_not_asked_to_ask(as_, ada, bostaden):
    address = f"/partner/{bostaden.slug}/vill-representera/"
    found = read(as_(ada).get(address, follow=True))
    assert f"Du representerar redan {bostaden}." in found.text
