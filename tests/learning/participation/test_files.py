"""The report as columns and sheets: what stands under a heading is what the heading says."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation
from django.utils.translation import gettext as _

from learning.intake.words import counted
from learning.models import AttendanceStatus
from learning.participation import files, report
from learning.participation.report import DEFINITIONS, By
from partners.sheets.writer import Kind
from tests.builders import make_member
from tests.learning.participation.meetings import NOW, YEAR


def names(columns):
    return [column.title for column in columns]


def found(kim, by=By.ORGANISATION):
    return report.report(YEAR, by, kim, NOW)


@pytest.mark.parametrize(
    ("language", "rows", "name"),
    [
        ("sv", False, "deltagande_2024-01-01_2024-12-31"),
        ("sv", True, "deltagande-rader_2024-01-01_2024-12-31"),
        ("en", False, "participation_2024-01-01_2024-12-31"),
        ("en", True, "participation-rows_2024-01-01_2024-12-31"),
    ],
)
def test_a_file_is_called_what_it_holds_and_when(language, rows, name):
    with translation.override(language):
        assert files.file_name(YEAR, rows=rows) == name


@pytest.mark.parametrize("by", By)
def test_each_cell_stands_under_its_heading(kim, spring, by):
    columns = names(files.summary_columns(by))
    *rows, total = list(files.summary_rows(found(kim, by)))
    assert {len(row) for row in [*rows, total]} == {len(columns)}
    said = dict(zip(columns, total, strict=True))
    assert said[files.heading(by)] == "Totalt"
    assert {name: value for name, value in said.items() if name in EXPECTED} == EXPECTED


EXPECTED = {
    "Träffar": 2,
    "Anmälda": 5,
    "Deltog": 3,
    "Deltog med anmälan": 1,
    "Kom utan anmälan": 2,
    "Kom inte": 2,
    "Varav anmälde förhinder": 1,
    "Utan uppgift": 2,
    "I kö": 1,
    "Deltagartimmar": Decimal("7.5"),
    "Första gången": 3,
}


def test_only_sessions_have_a_day(kim, spring):
    assert [column.kind for column in files.summary_columns(By.SESSION)][0] == Kind.DATE
    rows = list(files.summary_rows(found(kim, By.SESSION)))
    assert [row[0] for row in rows] == [date(2024, 2, 7), date(2024, 3, 6), None]
    assert Kind.DATE not in [column.kind for column in files.summary_columns(By.SERIES)]


def test_who_was_not_seen_stands_with_whom_to_ask(kim, spring, norrbyggen):
    _, _, unseen = files.summary_sheets(found(kim))
    assert list(unseen.rows) == [("Norrbyggen", None, None)]
    contacts = [make_member(norrbyggen, name, role="contact_person") for name in ("Åke", "Äsa")]
    _, _, unseen = files.summary_sheets(found(kim))
    assert list(unseen.rows) == [("Norrbyggen", each.name, each.email) for each in contacts]


def test_the_file_says_what_was_counted_and_how(kim, spring):
    _, about, _ = files.summary_sheets(found(kim))
    told = list(about.rows)
    assert told[-len(DEFINITIONS) :] == [(str(term), str(text)) for term, text in DEFINITIONS]
    facts = dict(told[: -len(DEFINITIONS)])
    assert facts["Partner som har varit med"] == "1 av 2"
    assert facts["Period"] == "2024-01-01 till och med 2024-12-31"


def test_the_sheet_of_rows_names_its_filter(db):
    rows, about = files.place_sheets([], YEAR, "Bostaden, Deltog")
    assert (list(rows.rows), ("Urval", "Bostaden, Deltog") in list(about.rows)) == ([], True)


WORDS = {"absent": "kom inte", "excused": "anmälde förhinder", "present": "närvarande"}


def test_what_is_seen_of_somebody_has_one_word():
    with translation.override("sv"):
        assert {one.value: str(one.label) for one in AttendanceStatus} == WORDS
        assert _("not noted") == _("Not noted").lower() == "utan uppgift"
        assert _("came without registration") == _("Walk-ins").lower() == "kom utan anmälan"
        told = counted(dict.fromkeys(("absent", "excused", "present", "unknown", "walk_in"), 2))
    assert told == [
        "2 utan anmälan", "2 närvarande", "2 kom inte", "2 anmälde förhinder", "2 utan uppgift"
    ]  # fmt: skip


def test_columns_side_by_side_are_apart_or_say_that_they_are_a_part():
    with translation.override("sv"):
        names = [column.title for column in files.summary_columns(By.SECTOR)]
    whole = names.index("Kom inte")
    assert names[whole + 1] == "Varav anmälde förhinder"
    assert "Uteblivna" not in names
