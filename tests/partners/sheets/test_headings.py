"""Lists nobody has seen: other headings, orders, titles and sections, the same meaning."""

import itertools

import pytest

from partners.sheets import cells, headings, presence
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

    listing = headings.find(grid, "partners")

    assert [column.meaning for column in listing.columns] == pick(WANTED)
    assert [row for _number, row, _walk_in in listing.rows] == [pick(row) for row in ROWS]


ATTENDANCE = [
    (
        ("Namn", "Organisation", "E-post", "Närvaro"),
        ("person", "organisation", "email", "presence"),
    ),
    (("Deltagare", "Företag", "Mejl", "Deltog"), ("person", "organisation", "email", "presence")),
    (("Name", "Company", "Email", "Attended"), ("person", "organisation", "email", "presence")),
    (
        ("Participant", "Employer", "Mail", "Status"),
        ("person", "organisation", "email", "presence"),
    ),
    (("Namn", "Bolag", "E-mail", "Kom?"), ("person", "organisation", "email", "presence")),
    (("Namn", "Bolag", "E-mail", "7 feb"), ("person", "organisation", "email", "presence")),
    (("Namn", "Bolag", "E-mail", "Träff 1"), ("person", "organisation", "email", "presence")),
    (("Namn", "Bolag", "E-mail", ""), ("person", "organisation", "email", "presence")),
]


@pytest.mark.parametrize(("names", "wanted"), ATTENDANCE, ids=lambda names: names[-1])
def test_an_attendance_list_is_understood(names, wanted):
    rows = [["Åsa Berg", "Tegs AB", "a@b.example", "x"], ["Bo Ek", "Granit", "b@b.example", "nej"]]
    for order in itertools.permutations(range(4)):
        grid = Grid("", [[part[place] for place in order] for part in [list(names), *rows]])
        listing = headings.find(grid, "attendance")
        assert [column.meaning for column in listing.columns] == [wanted[place] for place in order]


def test_what_the_portal_has_no_use_for_is_left_behind():
    grid = Grid("", [["Namn", "E-post", "Specialkost", "Personnummer", "Kommentar", "Närvaro"],
                     ["Åsa", "a@b.example", "vegan", "900101-1234", "sen", "x"]])  # fmt: skip
    listing = headings.find(grid, "attendance")
    assert listing.not_read == ["Specialkost", "Personnummer", "Kommentar"]
    assert listing.rows == [(2, ["Åsa", "a@b.example", "x"], False)]


@pytest.mark.parametrize("title", ["Drop-in:", "Ej föranmälda", "Walk-ins", "Oanmälda", "Spontana"])
def test_rows_below_a_walk_in_title_are_walk_ins(title):
    rows = [["Åsa", "a@b.example", "x"], [title, "", ""], ["Bo", "b@b.example", "x"]]
    listing = headings.find(Grid("", [["Namn", "E-post", "Närvaro"], *rows]), "attendance")
    assert [walk_in for _number, _row, walk_in in listing.rows] == [False, True]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (
            "present",
            [
                "x",
                "X",
                "ja",
                "J",
                "yes",
                "1",
                "true",
                "✓",
                "närvarande",
                "deltog",
                "present",
                "Kom",
            ],
        ),
        ("absent", ["nej", "no", "0", "frånvarande", "absent", "–", "-", "uteblev"]),
        ("excused", ["sjuk", "förhinder", "avbokad", "excused", "VAB", "Sjuk, meddelat"]),
        ("", ["", "?", "okänt", "vet ej"]),
        ("walk_in", ["drop-in", "Drop in"]),
        (None, ["blå", "kanariefågel"]),
    ],
)
def test_words_for_being_there(status, words):
    assert {word: presence.presence(word) for word in words} == dict.fromkeys(words, status)


@pytest.mark.parametrize(
    "text",
    ["2024-02-07", "7/2 2024", "7/2-24", "7 feb 2024", "den 7 februari 2024", "Feb 7, 2024",
     "7.2.2024", "45329", "20240207", "240207", "2024/2/7", "onsdag 7 feb. 2024"],
)  # fmt: skip
def test_dates_the_way_people_write_them(text):
    assert str(cells.cell_date(text)) == "2024-02-07"


@pytest.mark.parametrize(
    "text", ["212000-2627", "2120002627", "2120002627.0", "16212000-2627", "SE212000262701"]
)
def test_organisation_numbers_the_way_people_write_them(text):
    assert cells.org_number(text) == "212000-2627"


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


def test_a_name_turned_round_is_turned_back():
    assert cells.person_name("Forsell, Jöns") == "Jöns Forsell"
    assert cells.person_name('=HYPERLINK("a","b")') == '=HYPERLINK("a","b")'
