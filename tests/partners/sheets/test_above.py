"""Titles, dates and hours around the headings."""

import pytest

from partners.sheets import above
from partners.sheets.weighing import Column


def joined(rows, header, marked):
    columns = [Column(place, rows[header][place], "presence") for place in marked]
    above.join(columns, rows, header)
    return [column.heading for column in columns]


def test_titles_and_hours_are_joined_with_their_days():
    rows = [
        ["Deltagare 2025"],
        ["", "Klimatlunch 1", "Klimatlunch 2"],
        ["Namn", "12 mars", "8 april kl 13"],
        ["", "9-11", "14–16"],
    ]
    assert joined(rows, 2, [1, 2]) == ["Klimatlunch 1 12 mars 9-11", "Klimatlunch 2 8 april kl 13"]


def test_days_are_joined_with_titles():
    rows = [["", "7 feb 2024", "6 mars 2024"], ["Namn", "Träff 1", "Träff 2"]]
    assert joined(rows, 1, [1, 2]) == ["Träff 1 7 feb 2024", "Träff 2 6 mars 2024"]


@pytest.mark.parametrize(
    "title", [["Lista", "Lista", "Lista"], ["", "Närvaro", "Närvaro"], ["Lista", "", "Lista"]]
)
def test_a_title_of_the_whole_list_is_no_sessions(title):
    assert joined([title, ["Namn", "12 mars", "8 april"]], 1, [1, 2]) == ["12 mars", "8 april"]


def test_somebodys_row_below_is_no_heading():
    rows = [["Namn", "12 mars", "8 april"], ["Åsa", "9-11", ""]]
    assert joined(rows, 0, [1, 2]) == ["12 mars", "8 april"]


def test_empty_headings_are_filled_from_the_row_that_tells():
    rows = [["", "", "12 mars"], ["Namn", "Företag", ""], ["Åsa", "RISE", "x"]]
    told = lambda text: "mars" in text  # noqa: E731
    assert above.filled(rows, 1, rows[1], told) == ["Namn", "Företag", "12 mars"]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("VT25", 2025),
        ("HT-24", 2024),
        ("vt 2023", 2023),
        ("Våren 2025", 2025),
        ("Hösten -24", 2024),
        ("Spring 2026", 2026),
        ("Lista 2022", 2022),
        ("Blad1", None),
        ("VT", None),
        ("Vårt 25-årsjubileum", None),
    ],
)
def test_the_year_of_a_tab(text, year):
    assert above.year_of(["", text]) == year


@pytest.mark.parametrize(
    ("row", "so"),
    [
        (["", "2024-03-12", "9-11"], True),
        (["9-11", "13-15"], True),
        (["12", "9"], False),
        (["", "45728", "45755"], True),
        (["tis 8/4", "ons 12 mars"], True),
        (["Åsa", "2024-03-12"], False),
        (["2024-03-12"], False),
    ],
)
def test_rows_of_days_and_hours(row, so):
    assert above.says_when(row) is so


@pytest.mark.parametrize("day", ["tis 8/4", "Tuesday 8 April", "sön 6 apr", "12/3", "2025-03-12"])
def test_a_day_is_one_in_the_year_in_which_its_weekday_is_right(day):
    assert above.is_day(day)


@pytest.mark.parametrize("text", ["Åsa Ek", "Tisdagsklubben", "Person 17", "9-11"])
def test_a_text_is_no_day(text):
    assert not above.is_day(text)
