"""What somebody wants to be written to about."""

import pytest

from partners.choices import choosing
from partners.models import Message, SwitchedOff, Topic
from partners.post import holding
from tests.builders import make_letter, put_letter
from tests.partners.post.asked_nothing import put_survey
from tests.races import at_once

pytestmark = pytest.mark.django_db


def off(person):
    return SwitchedOff.objects.by(person)


def test_choosing_switches_off_what_is_said_and_nothing_else(ada, bo):
    choosing.choose(bo, [Topic.NEWS])
    choosing.choose(ada, [Topic.SURVEYS, Topic.NEWS])
    choosing.choose(ada, [Topic.SURVEYS, Topic.PLACES])
    assert off(ada) == {Topic.SURVEYS, Topic.PLACES}
    assert off(bo) == {Topic.NEWS}
    choosing.choose(ada, [])
    assert off(ada) == set()


def test_only_what_one_must_remembers_the_others(ada):
    choosing.choose(ada, [Topic.NEWS, Topic.ALL])
    assert off(ada) == {Topic.NEWS, Topic.ALL}
    assert choosing.is_off(ada, [Topic.PLACES])
    choosing.choose(ada, [Topic.NEWS])
    assert not choosing.is_off(ada, [Topic.PLACES])


def test_something_is_off_when_all_of_it_is(ada):
    choosing.switch_off(ada, [Topic.SURVEYS])
    assert choosing.is_off(ada, [Topic.SURVEYS])
    assert not choosing.is_off(ada, [Topic.SURVEYS, Topic.NEWS])


def test_switching_off_twice_is_as_once_and_leaves_the_others(ada):
    choosing.choose(ada, [Topic.NEWS])
    choosing.switch_off(ada, [Topic.SURVEYS])
    choosing.switch_off(ada, [Topic.SURVEYS])
    assert off(ada) == {Topic.NEWS, Topic.SURVEYS}


def test_taking_it_back_leaves_the_others_off_also_after_all_was_off(ada):
    choosing.choose(ada, [Topic.NEWS, Topic.SURVEYS])
    choosing.switch_on(ada, [Topic.SURVEYS])
    assert off(ada) == {Topic.NEWS}
    choosing.choose(ada, [Topic.NEWS, Topic.SURVEYS, Topic.ALL])
    choosing.switch_on(ada, [Topic.SURVEYS])
    assert off(ada) == {Topic.NEWS}
    choosing.switch_on(ada, [Topic.SURVEYS])
    assert off(ada) == {Topic.NEWS}


def test_what_waits_is_not_sent_and_does_not_come_back(ada, bo):
    survey, token = put_survey(ada)
    reminder, others = put_letter(ada, "test:1"), put_survey(bo)[0]
    choosing.switch_off(ada, [Topic.SURVEYS])
    survey.refresh_from_db()
    assert (survey.state, survey.last_error) == ("skipped", holding.UNWANTED)
    assert token not in survey.text
    choosing.switch_on(ada, [Topic.SURVEYS])
    states = dict(Message.objects.values_list("pk", "state"))
    assert states == {survey.pk: "skipped", reminder.pk: "waiting", others.pk: "waiting"}


def test_only_what_one_must_drops_all_that_waits_but_ones_own(ada):
    put_survey(ada)
    put_letter(ada, "test:1")
    own = make_letter(ada, letter="learning/seat_confirmed")
    choosing.choose(ada, [Topic.ALL])
    assert list(Message.objects.filter(state="waiting")) == [own]


@pytest.mark.django_db(transaction=True)
def test_what_two_choose_at_once_is_what_one_of_them_chose(ada):
    one, other = {Topic.NEWS, Topic.PLACES}, {Topic.SURVEYS}
    at_once(lambda: choosing.choose(ada, one), lambda: choosing.choose(ada, other))
    assert off(ada) in (one, other)
