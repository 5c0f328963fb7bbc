"""Dates and times the way people write them, in forms and in lists."""

from datetime import date

import pytest

from partners import dates

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-03-12", date(2027, 3, 12)),
        ("20270312", date(2027, 3, 12)),
        ("12/3", date(2027, 3, 12)),
        ("12/3 2027", date(2027, 3, 12)),
        ("12/3/27", date(2027, 3, 12)),
        ("12.3.2027", date(2027, 3, 12)),
        ("12 mars", date(2027, 3, 12)),
        ("12:e mars", date(2027, 3, 12)),
        ("den 12 mars 2027", date(2027, 3, 12)),
        ("12 March 2027", date(2027, 3, 12)),
        ("20 nov", date(2026, 11, 20)),
        ("1 juli", date(2026, 7, 1)),
        ("29 februari 2028", date(2028, 2, 29)),
        ("2027-04-05", date(2027, 4, 5)),
        ("i morgon", date(2026, 11, 24)),
        ("igår", date(2026, 11, 22)),
        ("today", date(2026, 11, 23)),
        ("övermorgon", date(2026, 11, 25)),
        ("fredag den 12 mars", date(2027, 3, 12)),
        ("Fri, 12 Mar", date(2027, 3, 12)),
        ("March 12, 2027", date(2027, 3, 12)),
        ("12 mars 27", date(2027, 3, 12)),
        ("12.3", date(2027, 3, 12)),
        ("12-3", date(2027, 3, 12)),
        ("3/25 2027", date(2027, 3, 25)),
    ],
)
def test_days_the_way_people_write_them(text, day):
    assert dates.read_day(text, TODAY) == day


@pytest.mark.parametrize(
    "text",
    ["", "snart", "31 februari", "12", "mars", "99/99", "12 mars eller 13 mars", "12/3–14/3"],
)
def test_what_is_no_day_is_none(text):
    assert dates.read_day(text, TODAY) is None


@pytest.mark.parametrize(
    "text",
    ["2024-02-07", "7/2 2024", "7/2-24", "7 feb 2024", "den 7 februari 2024", "Feb 7, 2024",
     "7.2.2024", "45329", "20240207", "240207", "2024/2/7", "onsdag 7 feb. 2024"],
)  # fmt: skip
def test_dates_the_way_people_write_them(text):
    assert str(dates.cell_date(text)) == "2024-02-07"


@pytest.mark.parametrize(
    ("text", "year", "day"),
    [
        ("31/12", 2024, "2024-12-31"),
        ("12/31 2024", None, "2024-12-31"),
        ("31 dec", 2024, "2024-12-31"),
        ("31/12", None, "None"),
        ("13/13 2024", None, "None"),
        ("31/12 24", None, "2024-12-31"),
        ("2024-02-30", None, "None"),
        ("1899-12-31", None, "None"),
        ("2101-01-01", None, "None"),
        ("2100-12-31", None, "2100-12-31"),
        ("kl. 9.00", 2024, "None"),
    ],
)
def test_a_day_needs_a_year_of_its_own_or_of_the_list(text, year, day):
    assert str(dates.find_date(text, year)) == day


def test_a_day_without_a_year_is_the_nearest_one():
    assert dates.read_day("20 maj", date(2026, 11, 23)) == date(2027, 5, 20)
    assert dates.read_day("30 maj", date(2026, 11, 23)) == date(2026, 5, 30)
    assert dates.read_day("1 januari", date(2026, 12, 31)) == date(2027, 1, 1)
    assert dates.read_day("31 december", date(2027, 1, 1)) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("kl. 9–11.30", ("09:00", "11:30")),
        ("2024-02-07 09:00-12:00", ("09:00", "12:00")),
        ("kl 13", ("13:00", "")),
        ("13:15", ("13:15", "")),
        ("kl. 25", ("", "")),
        ("7/2 2024", ("", "")),
    ],
)
def test_times_the_way_people_write_them(text, times):
    assert dates.find_times(text) == times


def test_a_spreadsheet_counts_days():
    assert dates.cell_date("45329") == date(2024, 2, 7)
    assert dates.cell_date("45329.375") == date(2024, 2, 7)
    assert dates.cell_date("19999") is None
    assert dates.DAY_0.toordinal() + 1 == date(1899, 12, 31).toordinal()


def test_a_list_says_its_year():
    assert dates.year_in("Våren 2024") == 2024
