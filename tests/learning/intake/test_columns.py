"""Attendance lists nobody has seen: other headings, orders and sections, the same meaning."""

import itertools

import pytest

from learning.intake.columns import ATTENDANCE
from partners.sheets import headings
from partners.sheets.reader import Grid
from partners.sheets.rules import meaning_of

LISTS = [
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


@pytest.mark.parametrize(("names", "wanted"), LISTS, ids=lambda names: names[-1])
def test_an_attendance_list_is_understood(names, wanted):
    rows = [["Åsa Berg", "Tegs AB", "a@b.example", "x"], ["Bo Ek", "Granit", "b@b.example", "nej"]]
    for order in itertools.permutations(range(4)):
        grid = Grid("", [[part[place] for place in order] for part in [list(names), *rows]])
        listing = headings.find(grid, ATTENDANCE)
        assert [column.meaning for column in listing.columns] == [wanted[place] for place in order]


def test_what_the_portal_has_no_use_for_is_left_behind():
    grid = Grid("", [["Namn", "E-post", "Specialkost", "Personnummer", "Kommentar", "Närvaro"],
                     ["Åsa", "a@b.example", "vegan", "900101-1234", "sen", "x"]])  # fmt: skip
    listing = headings.find(grid, ATTENDANCE)
    assert listing.not_read == ["Specialkost", "Personnummer", "Kommentar"]
    assert listing.rows == [(2, ["Åsa", "a@b.example", "x"], False)]


@pytest.mark.parametrize("title", ["Drop-in:", "Ej föranmälda", "Walk-ins", "Oanmälda", "Spontana"])
def test_rows_below_a_walk_in_title_are_walk_ins(title):
    rows = [["Åsa", "a@b.example", "x"], [title, "", ""], ["Bo", "b@b.example", "x"]]
    listing = headings.find(Grid("", [["Namn", "E-post", "Närvaro"], *rows]), ATTENDANCE)
    assert [walk_in for _number, _row, walk_in in listing.rows] == [False, True]


def test_a_column_for_each_session_takes_the_date_beside_its_heading():
    grid = Grid("", [["", "", "7 feb 2024", "6 mars 2024"],
                     ["Namn", "E-post", "Träff 1", "Träff 2"],
                     ["Åsa", "a@b.example", "x", ""]])  # fmt: skip
    marks = [c.heading for c in headings.find(grid, ATTENDANCE).columns if c.meaning == "presence"]
    assert marks == ["Träff 1 7 feb 2024", "Träff 2 6 mars 2024"]


def test_a_list_of_names_alone_is_no_attendance_list():
    assert headings.find(Grid("", [["Namn", "Telefon"], ["Åsa", "090-1"]]), ATTENDANCE) is None


def test_a_status_that_says_nothing_of_being_there_is_not_read():
    grid = Grid("", [["Namn", "E-post", "Status"], ["Åsa Berg", "a@b.example", "blå"],
                     ["Bo Ek", "b@b.example", "grön"]])  # fmt: skip
    assert headings.find(grid, ATTENDANCE).not_read == ["Status"]


def meanings(listing):
    return {column.heading: column.meaning for column in listing.columns}


def test_the_answers_of_google_forms_have_no_date_of_the_session():
    # fmt: off
    grid = Grid("", [["Tidstämpel", "E-postadress", "Namn (för- och efternamn)",
                      "Organisation/företag", "Vilka träffar deltar du på?", "Närvaro"],
                     ["2025-03-10 12.30.11", "a@b.example", "Åsa Ek", "Ripan", "Frukost 1", "x"],
                     ["2025-03-11 12.30.11", "b@b.example", "Bo Ek", "Ripan", "", "nej"]])
    # fmt: on
    listing = headings.find(grid, ATTENDANCE)
    assert meanings(listing) == {
        "E-postadress": "email",
        "Namn (för- och efternamn)": "person",
        "Organisation/företag": "organisation",
        "Närvaro": "presence",
    }
    assert listing.not_read == ["Tidstämpel", "Vilka träffar deltar du på?"]


def test_the_answers_of_microsoft_forms_are_read_where_they_stand():
    grid = Grid("", [["ID", "Starttid", "Slutförandetid", "E-post", "Namn", "Senast ändrad",
                      "Ditt namn", "Vilken organisation kommer du från?", "Din e-postadress",
                      "Jag kommer på träffen"],
                     ["1", "2025-03-01 09:04", "2025-03-01 09:05", "anonymous", "", "",
                      "Åsa Ek", "Ripan AB", "a@b.example", "Ja"]])  # fmt: skip
    listing = headings.find(grid, ATTENDANCE)
    assert meanings(listing) == {
        "Ditt namn": "person",
        "Vilken organisation kommer du från?": "organisation",
        "Din e-postadress": "email",
        "Jag kommer på träffen": "registered",
    }
    assert listing.source == "microsoft_forms"


@pytest.mark.parametrize(
    ("question", "meaning"),
    [
        ("Which organisation do you represent?", "organisation"),
        ("What is your full name?", "person"),
        ("Will you attend the breakfast?", "registered"),
        ("Kommer du på frukosten den 12 mars?", "registered"),
        ("Jag godkänner att mina uppgifter (namn, e-post) sparas", "unwanted"),
        ("Får vi spara ditt namn och din e-postadress?", "unwanted"),
        ("Starttid", "unwanted"),
        ("Senast ändrad", "unwanted"),
        ("För- och efternamn", "person"),
        ("Efternamn", "last_name"),
    ],
)
def test_a_question_means_what_it_asks_for(question, meaning):
    assert meaning_of(question, ATTENDANCE) == meaning


def test_two_columns_of_who_came_are_asked_about():
    grid = Grid("", [["Namn", "Organisation", "E-post", "Deltagit", "Kom"],
                     ["Åsa Öhrn", "Ripan AB", "a@b.example", "x", "nej"],
                     ["Ulf Berg", "Ripan AB", "u@b.example", "", "x"]])  # fmt: skip
    (conflict,) = headings.find(grid, ATTENDANCE).conflicts
    assert (conflict.meaning, conflict.places) == ("presence", [3, 4])


def test_a_hidden_column_of_who_came_is_not_read():
    grid = Grid("", [["Namn", "E-post", "Gammal närvaro", "Närvaro"],
                     ["Åsa", "a@b.example", "x", "nej"]])  # fmt: skip
    grid.hidden_columns = {2}
    listing = headings.find(grid, ATTENDANCE)
    assert listing.rows == [(2, ["Åsa", "a@b.example", "nej"], False)]
    assert (listing.not_read, listing.conflicts) == (["Gammal närvaro"], [])


def test_a_tab_per_term_gives_the_year():
    rows = [["Namn", "Organisation", "14 jan", "11 feb", "Totalt"], ["Åsa", "RISE", "x", "", "1"]]
    listing = headings.find(Grid("VT25", rows), ATTENDANCE)
    assert listing.year == 2025
    assert [c.heading for c in listing.columns if c.meaning == "presence"] == ["14 jan", "11 feb"]


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (2, 1, 0)])
def test_hours_beside_the_day_complete_it(order):
    rows = [["Datum", "Tid", "Namn"], ["2025-03-12", "9-11", "Åsa"], ["2025-04-08", "kl 13", "Bo"]]
    grid = Grid("", [[row[place] for place in order] for row in rows])
    listing = headings.find(grid, ATTENDANCE)
    assert sorted(c.meaning for c in listing.columns) == ["date", "date", "person"]
    assert listing.conflicts == []
    assert [sorted(row) for _number, row, _apart in listing.rows] == [
        ["2025-03-12", "kl. 9-11", "Åsa"],
        ["2025-04-08", "Bo", "kl 13"],
    ]


def test_two_days_are_asked_about():
    rows = [["Namn", "Datum", "Date"], ["Åsa", "2025-03-12", "2025-04-08"]]
    (conflict,) = headings.find(Grid("", rows), ATTENDANCE).conflicts
    assert conflict.meaning == "date"


@pytest.mark.parametrize(
    "day", ["tis 8/4", "onsdag 12 mars", "Träff 1 fre 14 mars kl 9-11", "12/3"]
)
def test_a_day_without_a_year_is_a_sessions_whatever_its_weekday(day):
    rows = [["Namn", "Organisation", day], ["Åsa", "RISE", "x"]]
    assert headings.find(Grid("", rows), ATTENDANCE).columns[2].meaning == "presence"


@pytest.mark.parametrize("heading", ["Antal deltagare", "Deltagare", "Number of participants"])
def test_figures_are_nobodys_names(heading):
    rows = [["Organisation", heading], ["Ripan AB", "3"], ["Tegs AB", "5"]]
    assert headings.find(Grid("Sammanställning", rows), ATTENDANCE) is None


def test_an_organisation_above_its_people_is_nobody():
    rows = [["Namn", "E-post", "Telefon", "14 jan 2025"], ["Ripan Livs AB"],
            ["Åsa", "a@b.example", "0901", "x"], ["Bo", "b@b.example", "0902", ""]]  # fmt: skip
    listing = headings.find(Grid("", rows), ATTENDANCE)
    assert [number for number, _row, _apart in listing.rows] == [3, 4]
    assert listing.left_out == [(2, "Ripan Livs AB", "alone")]


def test_an_empty_cell_says_something_beside_a_mark():
    rows = [["Namn", "Organisation", "Närvaro fm", "Närvaro em"],
            ["Åsa", "Ripan AB", "x", "x"], ["Bo", "Ripan AB", "x", ""]]  # fmt: skip
    (conflict,) = headings.find(Grid("", rows), ATTENDANCE).conflicts
    assert conflict.places == [2, 3]


def test_what_state_a_registration_is_in_is_nobodys_name():
    text = "First Name,Surname,Attendee Status,Checked In\nAnna,Berg,Attending,Yes\n"
    rows = [line.split(",") for line in text.splitlines()]
    listing = headings.find(Grid("", rows), ATTENDANCE)
    assert [c.meaning for c in listing.columns if c.heading != "Attendee Status"] == [
        "first_name", "last_name", "presence"
    ]  # fmt: skip
    assert "person" not in {c.meaning for c in listing.columns}


def test_a_name_and_days_alone_are_headings():
    grid = Grid(
        "", [["Namn", "7 mar 2024", "14 mar 2024"], ["Eva Ek", "x", ""], ["Bo Al", "", "x"]]
    )
    columns = headings.find(grid, ATTENDANCE).columns
    assert [column.meaning for column in columns] == ["person", "presence", "presence"]


HEADS = ["Namn", "Organisation", "Närvaro", "E-post"]
ASA, BO = ["Åsa Berg", "Tegs AB", "ja", ""], ["Bo Ek", "Granit", "ja", ""]


@pytest.mark.parametrize("title", ["Träff 2, 14 mars 2024", "2024-03-14", "Workshop 2", "14 mars"])
@pytest.mark.parametrize("heads", [[], [HEADS]])
def test_each_session_of_a_sheet_is_a_list_with_its_own_title(title, heads):
    rows = [["Träff 1, 7 mars 2024"], HEADS, ASA, [title], *heads, BO]
    found, _skipped = headings.find_all([Grid("Blad1", rows)], ATTENDANCE)
    assert [listing.titles for listing in found] == [["Träff 1, 7 mars 2024"], [title]]
    assert [listing.rows[0][1][0] for listing in found] == ["Åsa Berg", "Bo Ek"]


@pytest.mark.parametrize(
    "row", [["Uppdaterad 2024-05-01"], ["Åsa Berg", "2024-03-14"], ["Summa träff 1", "12"],
            ["Kim Ö"], ["", "", "2024-03-14"]],
)  # fmt: skip
def test_what_is_no_title_begins_no_session(row):
    rows = [["Träff 1, 7 mars 2024"], HEADS, ASA, row, BO]
    found, _skipped = headings.find_all([Grid("Blad1", rows)], ATTENDANCE)
    assert len(found) == 1
    assert {"Åsa Berg", "Bo Ek"} <= {cells[0] for _number, cells, _apart in found[0].rows}
