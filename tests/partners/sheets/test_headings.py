"""A kind of list that the portal does not know is read by rules of its own."""

import re

import pytest

from partners.sheets import headings
from partners.sheets.headings import Marks, Rules
from partners.sheets.reader import Grid, Unreadable

# Bicycles that are lent: who has one, and on which days it was used.
BICYCLES = Rules(
    headings=[
        ("bicycle", re.compile("cykel|bicycle")),
        ("borrower", re.compile("låntagare|namn|borrower")),
        ("day", re.compile("^dag$")),
    ],
    contents=[("bicycle", lambda text: text.startswith("C-"), 0.6)],
    doubts=[("bicycle", lambda text: text.startswith("C-"), 0.3)],
    subject="borrower",
    said_by=frozenset({"borrower"}),
    enough=[frozenset({"bicycle"}), frozenset({"borrower"})],
    apart=re.compile("^utan hjälm"),
    marks=Marks("used", lambda text: text == "x", lambda heading: heading[:3] in {"mån", "tis"},
                instead_of=frozenset({"day"})),
)  # fmt: skip
HEADINGS = ["Cykel", "Låntagare", "mån 1", "tis 2"]


def find(*rows):
    return headings.find(Grid("Blad1", [list(row) for row in rows]), BICYCLES)


def test_a_third_kind_of_list_needs_its_rules_alone():
    found = find(
        ["Våra cyklar"],
        [],
        [*HEADINGS, "Kommentar"],
        ["C-1", "Åsa Berg", "x", "", "punka"],
        [],
        ["Utan hjälm"],
        ["C-2", "Bo Ek", "", "x", ""],
        ["Summa", "2"],
    )

    assert [column.meaning for column in found.columns] == ["bicycle", "borrower", "used", "used"]
    assert found.titles == ["Våra cyklar"]
    assert found.not_read == ["Kommentar"]
    assert found.rows == [
        (4, ["C-1", "Åsa Berg", "x", ""], False),
        (7, ["C-2", "Bo Ek", "", "x"], True),
    ]
    assert found.left_out == [(8, "Summa")]


def test_a_column_without_a_heading_is_known_by_what_is_in_it():
    found = find(["", "Låntagare", "Dag"], ["C-1", "Åsa Berg", ""], ["C-2", "Bo Ek", ""])
    assert [(c.meaning, c.sure) for c in found.columns][:2] == [
        ("bicycle", False),
        ("borrower", True),
    ]


def test_names_without_a_heading_are_the_subject():
    found = find(["Cykel", "Dag", ""], ["C-1", "1", "Åsa Berg"], ["C-2", "2", "Bo Ek"])
    assert [(c.meaning, c.sure) for c in found.columns][-1] == ("borrower", False)


def test_a_heading_above_other_things_is_not_believed():
    assert find(HEADINGS, ["röd", "Åsa Berg", "x", ""], ["blå", "Bo Ek", "x", ""]) is None


def test_headings_that_come_again_are_no_rows():
    found = find(HEADINGS, ["C-1", "Åsa Berg", "x", ""], HEADINGS, ["C-2", "Bo Ek", "", "x"])
    assert [number for number, _row, _apart in found.rows] == [2, 4]


def test_a_meaning_is_given_once_unless_it_may_be_repeated():
    found = find([*HEADINGS, "Cykel nr"], ["C-1", "Åsa Berg", "x", "", "C-9"])
    assert [c.heading for c in found.columns] == HEADINGS
    assert found.not_read == ["Cykel nr"]


@pytest.mark.parametrize(
    ("rows", "code"), [([["Frukt"], ["Päron"]], "headings"), ([HEADINGS], "rows_missing")]
)
def test_what_is_no_list_is_refused(rows, code):
    with pytest.raises(Unreadable) as refused:
        headings.find_all([Grid("", rows)], BICYCLES)
    assert refused.value.code == code


def test_sheets_without_a_list_are_named():
    full = Grid("Cyklar", [HEADINGS, ["C-1", "Åsa Berg", "x", ""]])
    listings, without = headings.find_all([full, Grid("Blad2", [["Hej"]])], BICYCLES)
    assert [listing.name for listing in listings] == ["Cyklar"]
    assert without == ["Blad2"]
