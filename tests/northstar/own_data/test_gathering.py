"""How one row of a kind is told, and how all of them are gathered."""

import pytest
from django.utils import translation

from northstar.own_data import gathering
from northstar.own_data.holding import DID
from northstar.own_data.of_doings import MEASURES, MEETINGS
from northstar.own_data.of_partners import PEOPLE, WORDS
from tests.builders import make_measure, make_registration, make_session

pytestmark = pytest.mark.django_db
KINDS = {one.key: one for one in (*PEOPLE, *MEETINGS, *MEASURES, *WORDS)}


def lines(key, person):
    one = KINDS[key]
    return [gathering.line(one, row, person) for row in gathering.rows(one, person)]


def test_a_row_of_theirs_says_how_it_stands(ada):
    make_registration(make_session("Budget"), ada)
    (line,) = lines("places", ada)
    assert (str(line.what), line.facts) == ("Budget", "har en plats")
    assert line.hands == [DID["created_by"]]


def test_a_row_they_had_a_hand_in_says_no_more_than_that(ada, bo):
    make_registration(make_session("Budget"), bo)
    bo.registrations.update(created_by=ada)
    (line,) = lines("places", ada)
    assert (str(line.what), line.facts) == ("Budget", "")


def test_the_number_is_of_all_and_the_lines_are_the_latest(ada, bostaden):
    for number in range(7):
        make_measure(bostaden, title=f"Åtgärd {number}", created_by=ada)
    kinds = {kind.holding.key: kind for kind in gathering.kinds(ada)}
    assert kinds["measures"].number == 7
    assert [str(line.what) for line in kinds["measures"].lines][0] == "Åtgärd 6"
    assert kinds["measures"].has_more
    assert "places" not in kinds


def test_the_file_says_the_same_in_every_language(ada):
    make_registration(make_session("Budget"), ada)
    with translation.override("en"):
        english = gathering.as_data(ada)["holds"]
    assert english == gathering.as_data(ada)["holds"]
