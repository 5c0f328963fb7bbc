"""Lists without headings: who is a person, and what an organisation."""

import pytest

from partners.intake.columns import PARTNERS
from partners.sheets import headings
from partners.sheets.reader import Grid


def meanings(*rows):
    [found], _skipped = headings.find_all([Grid("", [list(row) for row in rows])], PARTNERS)
    assert len(found.rows) == len(rows)
    assert not found.left_out
    assert not any(column.sure for column in found.columns)
    return [column.meaning for column in found.columns]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [("Umeå universitet", "Anna Berg", "anna.berg@umu.example"),
             ("Region Västerbotten", "Bo Ek", "bo@rvb.example")],
            ["organisation", "contact", "email"],
        ),
        (
            [("Åsa Öhman", "Region Västerbotten", "asa@rvb.example"),
             ("Bo Ek", "Norra Skogar", "bo.ek@skog.example")],
            ["contact", "organisation", "email"],
        ),
        (
            [("Bostadsbolaget AB", "Offentlig sektor", "Anna Berg", "anna@bo.example"),
             ("Umeå universitet", "Akademi", "Bo Ek", "bo@umu.example"),
             ("Skanska", "Näringsliv", "Cia Ås", "cia@skanska.example")],
            ["organisation", "sector", "contact", "email"],
        ),
        (
            [("Bostadsbolaget", "Offentlig sektor"), ("Kraftbolaget", "Offentlig sektor"),
             ("Umeå Energi", "Näringsliv")],
            ["organisation", "sector"],
        ),
        (
            [("Alm AB", "www.alm.example", "090-12 34 56"),
             ("Björk AB", "https://bjork.example", "+46 90 12 34 57")],
            ["organisation", "website", "phone"],
        ),
    ],
)  # fmt: skip
def test_a_row_that_sounds_like_headings_is_somebodys(rows, expected):
    assert meanings(*rows) == expected


def test_headings_are_headings_though_a_word_of_them_comes_again():
    rows = [["Bolag (AB)", "Sektor"], ["Alm AB", "Sektor A"], ["Björk AB", "Sektor"]]
    [found], _skipped = headings.find_all([Grid("", rows)], PARTNERS)
    assert [name for _number, [name, *_rest], _apart in found.rows] == ["Alm AB", "Björk AB"]
