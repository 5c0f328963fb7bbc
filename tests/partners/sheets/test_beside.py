"""Lists side by side in one sheet are lists of their own."""

from partners.intake.columns import PARTNERS
from partners.sheets import headings
from partners.sheets.reader import Grid


def found(*rows):
    listings, _skipped = headings.find_all([Grid("Blad1", [list(row) for row in rows])], PARTNERS)
    return [[row[0] for _number, row, _apart in listing.rows] for listing in listings]


HEADS = ["Organisation", "E-post"]


def test_two_lists_with_an_empty_column_between_them():
    rows = [["Partner 2024"], [*HEADS, "", *HEADS], ["Alm AB", "a@b.example", "", "Ek AB", ""],
            ["Björk AB"], ["", "", "", "Gran AB"]]  # fmt: skip
    assert found(*rows) == [["Alm AB", "Björk AB"], ["Ek AB", "Gran AB"]]


def test_a_table_of_sums_beside_a_list_is_none():
    rows = [[*HEADS, "", "Sektor", "Antal"], ["Alm AB", "a@b.example", "", "Näringsliv", "2"]]
    assert found(*rows) == [["Alm AB"]]


def test_an_empty_column_within_a_list_parts_nothing():
    assert found(["Organisation", "", "E-post"], ["Alm AB", "", "a@b.example"]) == [["Alm AB"]]
