"""A place goes to somebody else as it is, and nothing that was mailed before opens it."""

import pytest

from learning.models import PlaceLink
from learning.places import leaving, passing_on, registration
from partners.models import Message
from tests.builders import make_place_link, make_registration, make_session

pytestmark = pytest.mark.django_db


def test_a_link_mailed_to_whoever_had_it_opens_the_place_no_more(cai, ada):
    place = make_registration(make_session(), cai)
    token = make_place_link(place)
    assert leaving.opened_by(token) == place
    passing_on.pass_on(place, ada, by=cai)
    assert leaving.opened_by(token) is None
    assert PlaceLink.objects.count() == 1, "whoever has it now has a link of their own"


def test_a_place_in_the_queue_keeps_its_turn_and_needs_no_letter(cai, ada, bo):
    session = make_session(capacity=0)
    first = make_registration(session, cai, "queued")
    make_registration(session, bo, "queued")
    passing_on.pass_on(first, ada, by=cai)
    assert [one.person for one in session.registrations.queued()] == [ada, bo]
    assert not Message.objects.exists()


def test_a_letter_comes_for_a_seat_that_a_colleague_had_asked_for(cai, ada):
    place = registration.register(make_session(), cai, by=ada)
    passing_on.pass_on(place, ada, by=cai)
    letters = Message.objects.filter(letter="learning/registered_by_colleague")
    assert letters.get(recipient=ada).state == "waiting"
    assert letters.get(recipient=cai).state == "skipped"
