"""Lists of partners nobody has seen: other headings, orders and titles, the same meaning."""

import pytest

from partners.intake import columns
from partners.intake.columns import PARTNERS
from partners.sheets import cells, headings
from partners.sheets.reader import Grid

PARTNER_HEADINGS = [
    ("Företag", "Orgnr", "Bransch", "Kontakt", "Mejl", "Tel", "Medlem sedan"),
    ("Bolag", "Organisationsnummer", "Sektor", "Namn", "E-postadress", "Mobil", "Anslutningsdatum"),
    ("Aktör", "Org. nr.", "Kategori", "Kontaktperson", "Mail", "Telefonnummer", "Anslöt"),
    ("Company", "Reg.no", "Type", "Contact person", "Email", "Phone", "Joined"),
    ("Organisation name", "Organisation number", "Sector", "Contact", "E-mail", "Mobile", "Since"),
    ("ORGANISATION", "ORG.NR", "SEKTOR", "KONTAKTPERSON", "E-POST", "TELEFON", "ANSLÖT"),
    ("Namn", "Org nr", "Typ", "Kontaktperson", "E-post kontaktperson", "Tfn", "Gick med"),
    ("Partner", "Orgnummer", "Typ av organisation", "Ansvarig", "Epost", "Telefon", "Datum"),
]
WANTED = ["organisation", "org_number", "sector", "contact", "email", "phone", "joined_on"]
ROWS = [
    ["Tegs Bygg AB", "556000-0001", "Näringsliv", "Åsa Berg", "a@b.example", "090-1", "2022-12-01"],
    ["Granit", "5560000019", "Akademi", "Bo Ek", "b@b.example", "090-2", "1 dec 2022"],
]


@pytest.mark.parametrize("names", PARTNER_HEADINGS, ids=lambda names: names[0])
@pytest.mark.parametrize(
    "order", [(0, 1, 2, 3, 4, 5, 6), (6, 4, 2, 0, 1, 3, 5), (3, 0, 5, 1, 6, 4, 2)]
)
@pytest.mark.parametrize("above", [[], [["Våra partner 2024"], [], ["Uppdaterad 2024-01-15"]]])
def test_a_list_of_partners_is_understood(names, order, above):
    pick = lambda row: [row[place] for place in order]  # noqa: E731
    grid = Grid("Blad1", [*above, pick(names), *map(pick, ROWS), [], ["Summa: 2 st"]])

    listing = headings.find(grid, PARTNERS)

    assert [column.meaning for column in listing.columns] == pick(WANTED)
    assert [row for _number, row, _walk_in in listing.rows] == [pick(row) for row in ROWS]


def test_an_organisation_called_like_a_walk_in_is_an_organisation():
    grid = Grid("", [["Organisation", "E-post"], ["Spontan AB", "hej@spontan.example"]])
    assert [row for _n, row, _apart in headings.find(grid, PARTNERS).rows] == grid.rows[1:]


def test_without_a_name_of_the_organisation_it_is_no_list_of_partners():
    assert headings.find(Grid("", [["E-post", "Telefon"], ["a@b.example", "1"]]), PARTNERS) is None


def test_addresses_under_another_heading_are_still_addresses():
    grid = Grid("", [["Organisation", "E-post", "Hemort"],
                     ["Granit AB", "granit", "a@b.example"],
                     ["Tegs AB", "tegs", "b@b.example"]])  # fmt: skip
    meanings = {c.heading: c.meaning for c in headings.find(grid, PARTNERS).columns}
    assert meanings == {"Organisation": "organisation", "Hemort": "email"}


@pytest.mark.parametrize(
    ("number", "whole"),
    [
        ("701234567", "0701234567"),
        ("90123456", "090123456"),
        ("46701234567", "+46701234567"),
        ("070-123 45 67", "070-123 45 67"),
        ("+46701234567", "+46701234567"),
        ("112", "112"),
        ("", ""),
    ],
)
def test_a_number_gets_back_its_nought(number, whole):
    grid = Grid("", [["Organisation", "Telefon"], ["Tegs Bygg AB", number]])
    listing = headings.find(grid, PARTNERS)
    assert listing.rows[0][1][1] == whole
    assert listing.marks == ({"2:1": "zero"} if number != whole else {})


def test_names_of_anything_are_no_list_without_a_heading():
    assert headings.find(Grid("", [["Vad", "Pris"], ["Kaffe", "20"]]), PARTNERS) is None


AREAS = [
    [cells.fold("Energi och byggd miljö"), cells.fold("Energy and buildings")],
    [cells.fold("Mat och jordbruk"), cells.fold("Food")],
]


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("", []),
        ("Mat och jordbruk", []),
        ("mat / energi", []),
        ("Food; Rymden", ["Rymden"]),
        ("Mat och jordbruk samt Rymden", ["Rymden"]),
        ("Rymden|Havet", ["Rymden", "Havet"]),
        ("inga", []),
    ],
)
def test_what_is_no_area_of_the_portal_is_told_apart(text, unknown):
    assert columns.unknown_areas(text, AREAS) == unknown


def test_an_area_is_named_whole_or_by_its_first_word_alone():
    titles = AREAS[0]
    assert columns.names_area(titles, "Energi och byggd miljö, Mat")
    assert columns.names_area(titles, "energi")
    assert not columns.names_area(titles, "energi för alla")
