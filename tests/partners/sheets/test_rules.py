"""What a heading stands for, by the rules of one kind of list."""

import pytest

from partners.intake.columns import PARTNERS
from partners.sheets import rules


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("Org.nr", "org_number"),
        ("Lämnade", "left_on"),
        ("Slutdatum", "left_on"),
        ("Anslöt", "joined_on"),
        ("Medlemsstatus", "standing"),
        ("Status ansökan om bidrag", "standing"),
        ("Allergier", "unwanted"),
        ("Bra att veta", ""),
        ("", ""),
        ("x" * 61, ""),
    ],
)
def test_a_heading_stands_for_one_thing(heading, meaning):
    assert rules.meaning_of(heading, PARTNERS) == meaning


@pytest.mark.parametrize(
    ("heading", "meaning", "expected"),
    [
        ("Sektor", "sector", True),
        ("Offentlig sektor", "sector", False),
        ("Bolag (AB)", "organisation", True),
        ("Bostadsbolaget AB", "organisation", False),
        ("Allergi/kost", "unwanted", True),
    ],
)
def test_a_plain_heading_is_a_word_and_nothing_else(heading, meaning, expected):
    assert rules.says_only(heading, meaning, PARTNERS) is expected


def test_what_cannot_be_a_heading_stands_for_nothing():
    row = ["Organisation", "info@bolaget.example", "Telefon 090123"]
    assert rules.meanings_of(row, PARTNERS) == ["organisation", "", ""]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["Organisation", "", "Ert telefonnummer"], ["organisation", "", "phone"]),
        (["Kraftbolaget", "Offentlig sektor"], []),  # no plain word
        (["Organisation", "Anna Berg"], []),
        (["Summa", "Antal"], []),
    ],
)
def test_a_row_of_headings_has_nothing_else(row, expected):
    assert rules.all_heading(row, PARTNERS) == expected
