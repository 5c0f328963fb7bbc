"""Dates and times the way people write them, in forms and in lists."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners import dates
from partners.reading.text import Unclear

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
        ("2024-02-07 09:00:00+01:00", ("09:00", "")),
        ("2024-02-07T09:00:00.000Z", ("09:00", "")),
        ("09:00:00+01:00", ("09:00", "")),
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


@pytest.mark.parametrize(
    "text",
    ["3/2024", "mars 2024", "2024-03", "våren 2025", "24/25", "2024/25", "32 mars 2025",
     "29 feb 2025", "0025-03-12", "120325", "18-03-25", "12/3/10", "99-12-31", "2024-31-12",
     "tisdag 12 mars 2025", "12 mars 2025, 13 mars 2025", "12-14 mars 2025", "12, 13 mars 2025",
     "12/3-13/3 2025", "2024-02-07 – 2024-02-08", "mars 12-13 2025", "2025-03-12/14",
     "2025-03-12 – 14",
     "12 mars 925"],
)  # fmt: skip
def test_what_is_no_single_day_is_never_another_one(text):
    for year in (None, 2023, 2024):
        assert dates.cell_date(text, year) is None
        assert dates.whole_day(text, year) is None
    assert dates.read_day(text, TODAY) is None


@pytest.mark.parametrize(
    "text",
    ["12 mars -25", "12/3-25", "12 mars 25", "12 mars ’25", "25-03-12", "250312", "12.03.25",
     "onsdag 12 mars 2025", "12/3 25", "2025-03-12 00:00:00", "45728", "１２ mars ２０２５"],
)  # fmt: skip
def test_a_short_year_is_one_of_the_portals_time(text):
    assert str(dates.whole_day(text, 2019)) == "2025-03-12"


@pytest.mark.parametrize("text", ["Träff 1, 2025-03-12", "12 mars 2025 kl. 9–11", "12 mars 2025 ?"])
def test_a_cell_that_says_more_than_its_day_is_no_day(text):
    assert dates.whole_day(text) is None
    assert dates.read_day(text, TODAY) is None
    assert str(dates.cell_date(text)) == "2025-03-12"


def test_the_hours_beside_a_day_are_no_other_day():
    assert str(dates.find_date("2025-03-12 9.10-15")) == "2025-03-12"
    assert str(dates.find_date("Träff 1, 12/3", 2025)) == "2025-03-12"


@given(st.dates(date(2015, 1, 1), date(2044, 12, 31)))
def test_a_day_written_in_any_way_is_that_day_or_none(day):
    for form in ("%Y-%m-%d", "%d/%m %Y", "%d.%m.%Y", "%Y%m%d", "%d %B %Y"):
        assert dates.whole_day(day.strftime(form)) == day
    for form in ("%y-%m-%d", "%y%m%d", "%d/%m-%y", "%d %B -%y"):
        assert dates.whole_day(day.strftime(form), 2019) in {day, None}


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("9", "09:00"),
        ("kl. 9", "09:00"),
        ("klockan 9", "09:00"),
        ("9.30", "09:30"),
        ("09:30", "09:30"),
        ("kl 9:30", "09:30"),
        ("0930", "09:30"),
        ("09:30:00", "09:30"),
        ("2 pm", "14:00"),
        ("12 am", "00:00"),
    ],
)
def test_a_clock_the_way_people_write_it(text, clock):
    assert f"{dates.read_clock(text):%H:%M}" == clock


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("13-15", "two_times"),
        ("kl 9–11", "two_times"),
        ("9 till 11", "two_times"),
        ("halv tio", "invalid"),
        ("24:00", "invalid"),
        ("9.5", "invalid"),
        ("930", "invalid"),
        ("9,30", "invalid"),
        ("", "invalid"),
    ],
)
def test_what_is_no_single_clock_is_asked_about(text, code):
    with pytest.raises(Unclear, match=code):
        dates.read_clock(text)


@given(st.times())
def test_a_clock_that_is_written_back_reads_the_same(clock):
    assert dates.read_clock(f"{clock:%H:%M}") == clock.replace(second=0, microsecond=0)


@pytest.mark.parametrize("text", ["Lärandeserie 2024/25", "2023–2025", "hösten 2024 och 2025"])
def test_two_years_are_no_year(text):
    assert dates.year_in(text) is None


def test_a_year_beside_a_day_is_one_year():
    assert dates.year_in("2024-03-05") == 2024
    assert dates.year_in("Våren 2025") == 2025
