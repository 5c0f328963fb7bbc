"""Dates with the month first are known by the column they stand in."""

import pytest

from learning.intake.columns import ATTENDANCE
from partners.intake.columns import PARTNERS
from partners.sheets import headings
from partners.sheets.reader import Grid


def days(rules, names, *cells):
    rows = [["Åsa Berg", "Granit AB", "asa@b.example", cell] for cell in cells]
    listing = headings.find(Grid("", [names, *rows]), rules)
    place = [column.heading for column in listing.columns].index(names[3])
    return [row[place] for _number, row, _apart in listing.rows]


CAME = ["Name", "Company", "Email", "Date"]


@pytest.mark.parametrize("heading", ["Anslöt", "Joined", "Left", "Avslutade"])
def test_one_day_proves_it_for_the_column_of_partners(heading):
    names = ["Contact", "Company", "Email", heading]
    assert days(PARTNERS, names, "1/2/2021", "2/13/2021", "12/5/21", "") == [
        "2021-01-02", "2021-02-13", "2021-12-05", ""
    ]  # fmt: skip


def test_one_day_proves_it_for_the_sessions():
    found = days(ATTENDANCE, CAME, "02/07/2024", "03/06/2024 9:00", "02/21/2024", "2024-04-10")
    assert found == ["2024-02-07", "2024-03-06 9:00", "2024-02-21", "2024-04-10"]


@pytest.mark.parametrize(
    "cells",
    [["1/2/2021", "3/4/2021"], ["13/2/2021", "1/2/2021"], ["13/2/2021", "2/13/2021"],
     ["2021-02-13", "1/2/2021"]],
)  # fmt: skip
def test_days_that_prove_nothing_or_the_contrary_are_left(cells):
    assert days(ATTENDANCE, CAME, *cells) == cells
