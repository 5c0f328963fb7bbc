"""What is told of people and of whom they act for."""

import pytest

from northstar.own_data import gathering
from northstar.own_data.of_people import PEOPLE
from tests.builders import make_import

pytestmark = pytest.mark.django_db


def lines(key, person):
    one = next(one for one in PEOPLE if one.key == key)
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
