"""Lists below each other in one sheet are lists of their own."""

import re
from dataclasses import replace

import pytest

from partners.sheets import headings
from partners.sheets.reader import Grid, Unreadable
from partners.sheets.rules import Marks, Rules

# Bicycles that are lent, a table for each workshop.
RULES = Rules(
    headings=[
        ("borrower", re.compile("namn")),
        ("bicycle", re.compile("cykel")),
        ("helmet", re.compile("hjälm")),
        ("day", re.compile("^datum$")),
    ],
    contents=[],
    doubts=[],
    subject="borrower",
    said_by=frozenset({"borrower"}),
    enough=[frozenset({"borrower"})],
    apart=re.compile("^drop in"),
    begins=lambda title: title.startswith("Verkstad"),
    marks=Marks("used", lambda text: text == "x", lambda heading: heading[:3] in {"mån", "tis"},
                instead_of=frozenset()),
)  # fmt: skip
HEADS = ["Namn", "Cykel", "Hjälm", "Datum"]
ASA, BO, CIA = (["Åsa", "C-1", "ja", ""], ["Bo", "C-2", "nej", ""], ["Cia", "C-3", "ja", ""])


def found(*rows, rules=RULES):
    listings, _skipped = headings.find_all([Grid("Blad", [list(row) for row in rows])], rules)
    return [(f.titles, [(n, row[0], apart) for n, row, apart in f.rows]) for f in listings]


def test_a_title_that_tells_of_another_begins_a_list_with_the_headings_above():
    lists = found(["Verkstad 1"], HEADS, ASA, ["Kim"], [], ["Verkstad 2"], BO, CIA, ["Obs kväll"])
    assert lists == [
        (["Verkstad 1"], [(3, "Åsa", False), (4, "Kim", False)]),
        (["Verkstad 2"], [(7, "Bo", False), (8, "Cia", False)]),
    ]


def test_a_title_above_the_same_headings_begins_a_list():
    lists = found(["Verkstad 1"], HEADS, ASA, ["Verkstad 2"], HEADS, BO)
    assert lists == [
        (["Verkstad 1"], [(3, "Åsa", False)]),
        (["Verkstad 2"], [(6, "Bo", False)]),
    ]


def test_the_same_headings_on_the_next_page_begin_nothing():
    assert found(HEADS, ASA, ["Sida 2"], HEADS, BO) == [([], [(2, "Åsa", False), (5, "Bo", False)])]


def test_other_headings_begin_a_list_about_the_same_with_its_title_set_apart():
    lists = found(["Verkstad 1"], HEADS, ASA, [], ["Drop-in"], ["Cykel", "Namn"], ["C-2", "Bo"])
    assert lists == [
        (["Verkstad 1"], [(3, "Åsa", False)]),
        (["Verkstad 1"], [(7, "C-2", True)]),
    ]


def test_headings_for_other_days_begin_a_list():
    first, second = ["Namn", "mån 1", "tis 2"], ["Namn", "mån 8", "tis 9"]
    lists = found(first, ["Åsa", "x", ""], second, ["Bo", "", "x"])
    assert lists == [([], [(2, "Åsa", False)]), ([], [(4, "Bo", False)])]


@pytest.mark.parametrize(
    "row", [["Åsa", "Verkstad 2"], ["", "Verkstad 2", "ja"], ["Verkstad 2", "a@b.example"]]
)
def test_somebodys_row_is_no_title(row):
    assert len(found(HEADS, ASA, row, BO)) == 1


def test_a_title_that_nothing_follows_begins_nothing():
    assert len(found(HEADS, ASA, BO, ["Verkstad 2"])) == 1


def test_sixty_lists_below_each_other_are_read_and_more_are_refused():
    lists = [row for number in range(60) for row in ([f"Verkstad {number}"], ASA)]
    assert len(found(lists[0], HEADS, *lists[1:])) == 60
    with pytest.raises(Unreadable) as refused:
        found(lists[0], HEADS, *lists[1:], ["Verkstad 60"], ASA)
    assert refused.value.code == "lists"


def test_lists_without_titles_of_that_kind_are_whole():
    plain = replace(RULES, begins=None)
    assert len(found(["Verkstad 1"], HEADS, ASA, ["Verkstad 2"], BO, rules=plain)) == 1
