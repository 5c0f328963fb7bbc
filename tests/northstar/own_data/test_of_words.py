"""What is told of letters and of what somebody wrote."""

import pytest

from northstar.own_data import gathering
from northstar.own_data.holding import DID
from northstar.own_data.of_words import WORDS
from tests.builders import make_leader, make_letter

pytestmark = pytest.mark.django_db


def lines(key, person):
    one = next(one for one in WORDS if one.key == key)
    return [gathering.line(one, row, person) for row in gathering.rows(one, person)]


def test_a_letter_whose_answers_go_to_them_does_not_say_to_whom_it_went(ada, bo):
    make_letter(bo, subject="Till Bo", reply_to=ada.email)
    (line,) = lines("e_mails", ada)
    assert (str(line.what), line.hands) == ("ett mejl till någon", [DID["reply_to"]])


def test_a_leader_they_wrote_of_is_not_named(kim):
    leader = make_leader(kim, name="Siv Sjö")
    assert [str(line.what) for line in lines("leaders", kim)] == ["någon som leder projektet"]
    leader.email = kim.email
    leader.save()
    assert [str(line.what) for line in lines("leaders", kim)] == ["Siv Sjö"]
