"""What people write in cells, made comparable."""

import pytest

from partners.reading.organisation_numbers import org_number
from partners.sheets import cells


@pytest.mark.parametrize(
    "text",
    ["212000-2627", "2120002627", "2120002627.0", "16212000-2627", "SE212000262701",
     "212000–2627", "２１２０００－２６２７", "212000\u00a02627", "Org.nr: 212000-2627"],
)  # fmt: skip
def test_organisation_numbers_the_way_people_write_them(text):
    assert org_number(text) == "212000-2627"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Åsa Berg <asa@b.example>", ["asa@b.example"]),
        ("mailto:ASA@B.EXAMPLE", ["asa@b.example"]),
        ("a@b.example; c@b.example", ["a@b.example", "c@b.example"]),
        ("a@b.example / c@b.example", ["a@b.example", "c@b.example"]),
        ("asa(at)b.example", []),
    ],
)
def test_addresses_the_way_people_write_them(text, found):
    assert cells.addresses(text) == found


def test_a_name_stands_in_an_address_by_its_letters():
    assert cells.letters_in_address("Åsa Lind", "asa.lind@a.example") == 7
    assert cells.letters_in_address("Åsa Lind", "lind@asa.example") == 4
    assert cells.letters_in_address("Åsa Lind", "info@a.example") == 0


def test_a_name_turned_round_is_turned_back():
    assert cells.person_name("Forsell, Jöns") == "Jöns Forsell"
    assert cells.person_name('=HYPERLINK("a","b")') == '=HYPERLINK("a","b")'


def test_a_number_with_a_word_beside_it_is_asked_about():
    assert org_number("212000-2627 gamla") == ""


def test_two_people_are_never_made_one():
    assert cells.person_name("Anna Berg, Erik Ek") == "Anna Berg, Erik Ek"
    assert cells.person_name("Karin Lund, VD") == "Karin Lund"
