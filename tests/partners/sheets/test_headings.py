"""A kind of list that the portal does not know is read by rules of its own."""

import re
import time

import pytest

from partners.intake.columns import PARTNERS
from partners.sheets import headings
from partners.sheets.reader import Grid, Unreadable
from partners.sheets.rules import Marks, Rules
from partners.sheets.weighing import Conflict

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
    assert found.left_out == [(8, "Summa", "total")]


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


def test_two_columns_for_one_thing_are_told_and_neither_is_lost():
    found = find(
        [*HEADINGS, "Cykel nr"],
        ["C-1", "Åsa Berg", "x", "", "C-9"],
        ["C-2", "Bo Ek", "", "x", "C-2"],
    )
    assert [c.heading for c in found.columns] == [*HEADINGS, "Cykel nr"]
    assert [(c.meaning, c.sure) for c in (found.columns[0], found.columns[-1])] == [
        ("bicycle", False),
        ("", False),
    ]
    assert found.conflicts == [Conflict("bicycle", [0, 4])]
    assert found.rows[0][1] == ["C-1", "Åsa Berg", "x", "", "C-9"]


@pytest.mark.parametrize("second", ["", "C-1"])
def test_a_second_column_that_says_nothing_more_is_not_read(second):
    found = find([*HEADINGS, "Cykel nr"], ["C-1", "Åsa Berg", "x", "", second])
    assert [c.heading for c in found.columns] == HEADINGS
    assert (found.not_read, found.conflicts) == (["Cykel nr"], [])


def test_an_empty_column_gives_way_to_one_with_values():
    found = find(["Cykel", *HEADINGS[1:], "Cykel nr"], ["", "Åsa Berg", "x", "", "C-9"])
    assert [(c.heading, c.meaning) for c in found.columns][-1] == ("Cykel nr", "bicycle")
    assert (found.not_read, found.conflicts) == (["Cykel"], [])


def test_what_is_hidden_is_marked_or_not_read():
    grid = Grid("", [HEADINGS, ["C-1", "Åsa Berg", "x", "x"], ["C-2", "Bo Ek", "", "x"]])
    grid.hidden_rows, grid.hidden_columns, grid.hidden_told = {3, 99}, {2}, False
    found = headings.find(grid, BICYCLES)
    assert [c.heading for c in found.columns] == ["Cykel", "Låntagare", "tis 2"]
    assert (found.hidden_rows, found.hidden_columns, found.not_read) == ({3}, ["mån 1"], ["mån 1"])
    assert not found.hidden_told


def test_what_is_known_of_cells_goes_with_them():
    grid = Grid("", [["", *HEADINGS], ["", "C-1", "", "x", ""], ["", "C-2", "A B", "x", ""]])
    grid.marks, grid.proposals = {"2:2": "label", "9:2": "label"}, {"2:2": "Maja"}
    grid.lines = {"3:2": ["A", "B"]}
    found = headings.find(grid, BICYCLES)
    assert (found.marks, found.proposals, found.lines) == (
        {"2:1": "label"},
        {"2:1": "Maja"},
        {"3:1": ["A", "B"]},
    )


@pytest.mark.parametrize(
    ("rows", "code"), [([["Frukt"], ["Päron"]], "headings"), ([HEADINGS], "rows_missing")]
)
def test_what_is_no_list_is_refused(rows, code):
    with pytest.raises(Unreadable) as refused:
        headings.find_all([Grid("", rows)], BICYCLES)
    assert refused.value.code == code


def test_sheets_without_a_list_are_named():
    full = Grid("Cyklar", [HEADINGS, ["C-1", "Åsa Berg", "x", ""]])
    pivot = Grid("Sammanställning", [["Radetiketter", "Antal av Cykel"], ["Åsa", "3"]])
    others = [Grid("Blad2", [["Hej"]]), pivot, Grid("Dold", [], skip="hidden")]
    listings, skipped = headings.find_all([full, *others], BICYCLES)
    assert [listing.name for listing in listings] == ["Cyklar"]
    assert [(sheet.name, sheet.why) for sheet in skipped] == [
        ("Blad2", "no_list"),
        ("Sammanställning", "pivot"),
        ("Dold", "hidden"),
    ]


def test_twenty_thousand_rows_are_found_within_three_seconds():
    rows = [HEADINGS, *([f"C-{n}", f"Åsa Berg {n}", "x", ""] for n in range(19_999))]
    started = time.process_time()
    assert len(find(*rows).rows) == 19_999
    assert time.process_time() - started < 3


def test_a_second_list_below_with_its_columns_in_another_order_is_not_read_as_the_first():
    text = [
        ["Organisation", "Kontaktperson", "E-post"],
        ["Alm AB", "Anna Berg", "anna@alm.example"],
        ["E-post", "Organisation", "Kontaktperson"],
        ["ola@ek.example", "Ek AB", "Ola Ek"],
        ["Organisation", "Kontakt", "Mejl"],
        ["Al AB", "Eva Al", "eva@al.example"],
    ]
    listing = headings.find(Grid("", text), PARTNERS)
    assert [row[0] for _number, row, _apart in listing.rows] == ["Alm AB", "Al AB"]
    assert [number for number, _text, _why in listing.left_out] == [3, 4, 5]
