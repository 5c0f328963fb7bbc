"""Whose a row is, and who had a hand in it."""

import pytest

from northstar.own_data.holdings import BY_KEY
from tests.builders import make_enquiry, make_registration, make_session

pytestmark = pytest.mark.django_db


def test_whose_a_row_is_and_who_had_a_hand_in_it(ada, bo):
    place = make_registration(make_session(), ada)
    place.created_by = bo
    places = BY_KEY["places"]
    assert [places.is_theirs(place, person) for person in (ada, bo)] == [True, False]
    assert [places.hands(place, person) for person in (ada, bo)] == [[], ["created_by"]]


def test_a_row_is_theirs_by_its_address_and_by_no_empty_one(ada, bo):
    enquiry, _ = make_enquiry(email=ada.email)
    assert BY_KEY["enquiries"].is_theirs(enquiry, ada)
    enquiry.email = ""
    bo.email = None
    assert not BY_KEY["enquiries"].is_theirs(enquiry, bo)


def test_a_kind_of_which_nothing_is_anybodys_finds_none(ada):
    funders = BY_KEY["funders"]
    assert not funders.model.objects.filter(funders.theirs(ada)).exists()
