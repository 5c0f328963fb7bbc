"""Whom a question can be put to."""

import pytest

from partners.asking.addressees import OFFICE, addressee_with, addressees
from tests.builders import make_leader

pytestmark = pytest.mark.django_db


def test_there_is_always_somebody_to_ask(settings):
    settings.CONTACT_NAME = "Projektkontoret"
    assert [one.words for one in addressees()] == ["Projektkontoret"]
    assert addressee_with("nobody") == addressees()[0]


def test_those_who_lead_can_be_asked_by_name(kim):
    leader = make_leader(kim, "Karin Lund", asks_sv="träffar", asks_en="sessions")
    office, karin = addressees()
    assert (office.key, karin.key) == (OFFICE, str(leader.pk))
    assert karin.name == "Karin Lund"
    assert addressee_with(str(leader.pk)) == karin


def test_a_question_to_somebody_keeps_whom_it_is_for(client, kim):
    leader = make_leader(kim, "Karin Lund")
    page = client.get(f"/fraga/?to={leader.pk}").content.decode()
    assert f'value="{leader.pk}" ' in page.replace("checked", " checked")
    assert "Karin Lund" in page
