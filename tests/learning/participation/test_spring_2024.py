"""The report of the imported spring of 2024 against the spreadsheet, counted cell by cell.

The counting shares nothing with the importer: openpyxl, and the rules below.
"""

from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.http import QueryDict

from learning.intake import attendance_lists
from learning.participation import report as participation
from learning.participation.report import By
from learning.participation.rows import Period
from partners.intake import batches, plans
from partners.intake import partner_lists as partner_imports
from tests.builders import LISTS

DATA = Path(__file__).parents[2] / "data"
PERIOD = Period(date(2024, 1, 1), date(2024, 6, 30))
NOW = datetime(2026, 1, 1, tzinfo=UTC)
STATUS = {"ja": "present", "x": "present", "nej": "absent", "sjuk": "excused", None: "unknown"}
HOURS = 3  # each session, 09.00–12.00


def cells():
    """Yield (sheet, person, organisation, status, walked in) of every line with a person."""
    for sheet in openpyxl.load_workbook(DATA / "attendance-spring-2024.xlsx"):
        is_walk_in = False
        for name, organisation, _email, noted, *_ in sheet.iter_rows(min_row=5, values_only=True):
            if name == "Drop-in:":
                is_walk_in = True
            elif name:
                last, comma, first = name.partition(", ")
                person = f"{first} {last}" if comma else name
                status = STATUS[noted.lower() if noted else None]
                yield sheet.title, person, organisation.removesuffix(" AB"), status, is_walk_in


def counted(lines):
    """The figures of the report, by hand."""
    found = Counter()
    for _sheet, _person, _organisation, status, walked_in in lines:
        found["registered"] += not walked_in
        found["attended"] += status == "present"
        found["attended_registered"] += status == "present" and not walked_in
        found["walk_ins"] += status == "present" and walked_in
        found["absent"] += status in {"absent", "excused"} and not walked_in
        found["excused"] += status == "excused" and not walked_in
        found["not_noted"] += status == "unknown" and not walked_in
        found["hours"] += HOURS * (status == "present")
    return {name: found[name] for name in FIGURES}


FIGURES = [
    "registered",
    "attended",
    "attended_registered",
    "walk_ins",
    "absent",
    "excused",
    "not_noted",
    "hours",
]


def told(row):
    return {name: getattr(row, name) for name in FIGURES}


@pytest.fixture
def spring(kim):
    for kind, name, carry_out in (
        ("partners", "partners.xlsx", partner_imports.apply),
        ("attendance", "attendance-spring-2024.xlsx", attendance_lists.apply),
    ):
        batch = batches.open_batch(LISTS[kind], name, (DATA / name).read_bytes(), by=kim)
        if kind == "attendance":
            said = QueryDict(mutable=True)
            said["organisation:okänd förening"] = "new"
            plans.decide(batch, LISTS[kind], said)
        carry_out(batch, by=kim)


@pytest.fixture
def report_by(kim, spring):
    return lambda by: participation.report(PERIOD, by, kim, NOW)


def test_the_total_is_the_spreadsheet_counted_by_hand(report_by):
    found = report_by(By.ORGANISATION)
    assert told(found.total) == counted(cells())
    assert told(found.total) == {
        "registered": 162,
        "attended": 96,
        "attended_registered": 95,
        "walk_ins": 1,
        "absent": 45,
        "excused": 19,
        "not_noted": 22,
        "hours": Decimal(288),
    }
    assert len(found.sessions) == 4


def test_each_session_is_its_sheet(report_by):
    rows = report_by(By.SESSION).rows
    sheets = [f"Träff {number}" for number in (1, 2, 3, 4)]
    assert [told(row) for row in rows] == [
        counted(line for line in cells() if line[0] == sheet) for sheet in sheets
    ]


def test_each_organisation_is_its_lines(report_by):
    rows = {row.name.removesuffix(" AB"): told(row) for row in report_by(By.ORGANISATION).rows}
    names = {organisation for _, _, organisation, _, _ in cells()}
    assert rows == {name: counted(line for line in cells() if line[2] == name) for name in names}


def test_everybody_who_came_came_for_the_first_time_once(report_by):
    present = [line for line in cells() if line[3] == "present"]
    total = report_by(By.SERIES).total
    assert total.first_timers == len({(person, org) for _, person, org, _, _ in present})
    assert total.organisations == len({org for _, _, org, _, _ in present})


def test_partners_reached_of_all(report_by):
    found = report_by(By.SECTOR)
    seen = {org for _, _, org, status, _ in cells() if status == "present"}
    assert (found.reached, found.partners) == (len(seen) - 1, 56)  # one came from elsewhere
    assert found.not_partners == 1
    assert len(found.unseen) == 56 - found.reached
