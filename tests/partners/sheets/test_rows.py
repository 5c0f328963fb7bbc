"""Which rows belong to a list."""

import re

import pytest

from partners.sheets import rows
from partners.sheets.reader import Grid

HEADINGS = ["Namn", "Organisation", "E-post", "Telefon"]
PEOPLE = [["Åsa", "RISE", "a@b.example", "090-1"], ["Bo", "RISE", "b@b.example", "090-2"]]


def kinds(*last, spread=()):
    grid = Grid("", [HEADINGS, *PEOPLE, *map(list, last)])
    grid.spread = set(spread)
    found = rows.classified(grid, 0, rows.Signs(0, re.compile("^drop in")))
    return [what for what, _number, _row in found][2:]


@pytest.mark.parametrize(
    "row",
    [
        ["Summa", "2", "", ""],
        ["Totalt", "12", "10", "9"],
        ["Totalsumma", "", "", "2 st"],
        ["Antal närvarande: 12", "", "", ""],
        ["Summa: 56 st", "", "", ""],
        ["", "", "Summa", "2"],
        ["", "", "12", "10"],
        ["Uppdaterad i mars", "", "", ""],
        ["", "", "", "se nästa blad"],
    ],
)
def test_what_counts_or_remarks_is_no_row(row):
    assert kinds(row) == ["remark"]


@pytest.mark.parametrize(
    "row",
    [
        ["Summa Equity AB", "", "", "701234567"],
        ["Total Energi AB", "Näringsliv", "t@t.example", ""],
        ["Summa", "RISE", "summa@b.example", ""],
        ["Antal Ek", "RISE", "", ""],
        ["", "RISE", "c@b.example", ""],
        ["Cia", "", "", ""],
        ["", "", "", "1"],
    ],
)
def test_a_name_that_begins_like_a_total_is_a_row(row):
    expected = "remark" if row == ["", "", "", "1"] else "row"
    assert kinds(row) == [expected]


def test_a_merged_title_is_one_text():
    assert kinds(["Drop-in"] * 4, ["Cia"], spread={"4:1", "4:2", "4:3"}) == ["title", "row"]


def test_a_row_that_only_has_what_was_merged_into_it_is_empty():
    assert kinds(["", "RISE", "", ""], spread={"4:1"}) == []


def test_a_row_with_something_of_its_own_has_what_was_merged_into_it():
    assert kinds(["Cia", "RISE", "", ""], spread={"4:1"}) == ["row"]


def test_titles_are_told_once_for_all_merged_cells():
    grid = Grid("", [["Lista", "Lista"], [], ["VT25", "x"], HEADINGS])
    grid.spread = {"1:1"}
    assert rows.titles(grid, 3) == ["Lista", "VT25 x"]


def test_a_title_merged_over_the_row_is_no_row():
    spread = {"4:1", "4:2", "4:3"}
    assert kinds(["OFFENTLIG SEKTOR"] * 4, spread=spread) == ["remark"]


def test_a_word_of_counting_and_figures_count_the_others():
    assert kinds(["Närvarande", "", "2", "1"]) == ["remark"]
    assert kinds(["Närvarande", "RISE", "x", "x"]) == ["row"]
