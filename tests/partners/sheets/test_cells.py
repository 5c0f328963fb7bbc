"""What people write in cells, made comparable."""

import pytest

from partners.sheets import cells


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
    assert str(cells.find_date(text, year)) == day
