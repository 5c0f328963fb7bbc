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
    ("row", "why"),
    [
        (["Summa", "2", "", ""], "total"),
        (["Totalt", "12", "10", "9"], "total"),
        (["Totalsumma", "", "", "2 st"], "total"),
        (["Antal närvarande: 12", "", "", ""], "total"),
        (["Summa: 56 st", "", "", ""], "total"),
        (["", "", "Summa", "2"], "total"),
        (["", "", "12", "10"], "total"),
        (["Uppdaterad i mars", "", "", ""], "note"),
        (["Sida 2", "", "", ""], "note"),
        (["", "", "", "se nästa blad"], "note"),
        (["Frånvarande", "", "0", "1"], "total"),
        (["Summa frånvarande:", "", "0", "1"], "total"),
        (["Umeå Energi AB totalt", "", "", "1"], "total"),
    ],
)
def test_what_counts_or_remarks_is_no_row(row, why):
    assert kinds(row) == [why]


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
    expected = "note" if row == ["", "", "", "1"] else "row"
    assert kinds(row) == [expected]


@pytest.mark.parametrize(
    "text", ["Sida 1 av 1", "Antecknat av Kim Krans", "Teckenförklaring", "Utskriven 2024-03-07"]
)
def test_what_is_nobodys_is_a_note_in_narrow_lists_too(text):
    grid = Grid("", [["Namn", "Närvaro"], ["Åsa", "x"], ["Bo", ""], [text, ""]])
    found = list(rows.classified(grid, 0, rows.Signs(0, None)))
    assert [what for what, _number, _row in found] == ["row", "row", "note"]


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
    assert kinds(["OFFENTLIG SEKTOR"] * 4, spread=spread) == ["heading"]


def test_a_word_of_counting_and_figures_count_the_others():
    assert kinds(["Närvarande", "", "2", "1"]) == ["total"]
    assert kinds(["Närvarande", "RISE", "x", "x"]) == ["row"]
