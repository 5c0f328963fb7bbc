"""What the letters about sessions are shown with."""

import pytest

from learning.letters import samples
from learning.models import LearningSession
from tests.builders import make_session

pytestmark = pytest.mark.django_db

LETTER = "learning/seat_confirmed"


def test_the_next_session_is_shown_first_and_then_the_latest(django_assert_num_queries):
    days = (-1, 9, 2, -4)
    yesterday, later, next_one, before = (make_session(in_days=one) for one in days)
    make_session(in_days=1, published_at=None)
    with django_assert_num_queries(1):
        found = samples.things()
    assert [thing.key for thing in found] == [
        str(one.pk) for one in (next_one, later, yesterday, before)
    ]
    assert found[0].name.startswith(f"{next_one.title}, 20")


def test_few_are_offered():
    for number in range(samples.FEW + 2):
        make_session(f"Träff {number}")
    assert len(samples.things()) == samples.FEW


def test_a_letter_is_about_the_session_that_was_chosen_or_about_a_made_up_one(kim):
    session = make_session("Budget")
    assert samples.context(LETTER, str(session.pk), "sv", kim)["title"] == "Budget"
    for key in ("", "0"):
        assert samples.context(LETTER, key, "sv", kim)["title"] == "En träff"
    assert LearningSession.objects.count() == 1


def test_who_is_in_the_queue_has_no_seat(kim):
    make_session()
    seated = {
        letter: samples.context(letter, "", "sv", kim)["is_seated"]
        for letter in (LETTER, "learning/place_in_queue", "learning/session_reminder_queue")
    }
    assert list(seated.values()) == [True, False, False]
