"""What is told of people, of letters and of what somebody wrote."""

import pytest

from northstar.own_data import gathering
from northstar.own_data.holding import DID
from northstar.own_data.of_partners import PEOPLE, WORDS
from tests.builders import make_import, make_leader, make_letter

pytestmark = pytest.mark.django_db


def lines(key, person):
    one = next(one for one in (*PEOPLE, *WORDS) if one.key == key)
    return [gathering.line(one, row, person) for row in gathering.rows(one, person)]


def test_ones_account_is_told_whole_and_anothers_not_at_all(ada, kim):
    ada.access_changed_by, ada.access_changed_at = kim, ada.date_joined
    ada.save()
    told = {str(line.what): str(line.facts) for line in lines("account", kim)}
    assert told == {"Kim Krans": f"{kim.email}, Svenska", "någons konto": ""}


def test_a_list_in_which_they_stand_is_found_by_their_address(ada, kim):
    batch = make_import(kim)
    assert lines("lists", ada) == []
    batch.table = batch.table | {"cell": ada.email.upper()}
    batch.save()
    assert [str(line.what) for line in lines("lists", ada)] == [batch.file_name]


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
