"""Uploaded lists as rows."""

import io

import pytest
import xlsxwriter

from learning.intake import attendance_lists
from learning.intake.words import ATTENDANCE_LIST
from partners.intake import batches, partner_lists
from partners.intake.columns import PARTNER_LIST
from partners.sheets.reader import Unreadable
from tests.builders import make_import


def values(batch):
    return [record.values for record in batches.records(batch, PARTNER_LIST)]


def test_a_record_has_its_row_by_meaning(kim):
    batch = make_import(kim, "Kund;Organisation;E-post\n1;Granit AB;a@b.example\n")
    [record] = batches.records(batch, PARTNER_LIST)
    assert (record.key, record.number, record.columns) == ("0-2", 2, 2)
    assert record.values == {"organisation": "Granit AB", "email": "a@b.example"}


def test_first_and_last_name_are_one_name(kim):
    batch = make_import(kim, "Organisation;Förnamn;Efternamn\nGranit AB;Åsa;Berg\n")
    [found] = values(batch)
    assert found["contact"] == found["person"] == "Åsa Berg"
    assert "first_name" not in found


@pytest.mark.parametrize(
    ("name", "given", "found"),
    [("Berg", "Åsa", "Åsa Berg"), ("von Essen", "Aino", "Aino von Essen"),
     ("Åsa Berg", "Åsa", "Åsa Berg"), ("Åsa", "Åsa", "Åsa"), ("", "Åsa", "Åsa")],
)  # fmt: skip
def test_a_name_beside_a_given_name_may_be_the_surname(kim, name, given, found):
    batch = make_import(kim, f"Organisation;Namn;Förnamn\nGranit AB;{name};{given}\n")
    batch.decisions = {"columns": {"0-1": "contact"}}
    assert values(batch)[0]["contact"] == found


def test_corrections_and_chosen_columns_are_in_place(kim):
    batch = make_import(kim, "Organisation;E-post\nGranit AB;fel@b.example\n")
    batch.decisions = {"cells": {"0-2": {"email": "a@b.example"}}, "columns": {"0-0": "contact"}}
    [record] = batches.records(batch, PARTNER_LIST)
    assert record.values == {"contact": "Granit AB", "email": "a@b.example"}
    assert record.corrected == ["email"]
    assert batches.meanings(batch) == [["contact", "email"]]


def test_a_column_that_is_not_read_is_left_out(kim):
    batch = make_import(kim, "Organisation;E-post\nGranit AB;a@b.example\n")
    batch.decisions = {"columns": {"0-1": "none"}}
    assert values(batch) == [{"organisation": "Granit AB"}]


def test_the_same_file_again_brings_what_was_decided_when_it_was_applied(kim):
    first = make_import(kim)
    first.decisions = {"organisations": {"granit": "new"}}
    first.save()
    assert make_import(kim).decisions == {}, "it was not applied"

    first.applied_at, first.applied_by = first.created_at, kim
    first.save()
    again = make_import(kim)
    assert again.decisions == first.decisions
    assert batches.applied_before("partners", again.sha256, than=again.pk) == first
    assert batches.applied_before("partners", first.sha256, than=first.pk) is None
    assert batches.applied_before("attendance", first.sha256) is None


@pytest.mark.parametrize(
    ("name", "kept"), [("../a.csv", "a.csv"), ("", "?"), ("å" * 200 + ".csv", "å" * 146 + ".csv")]
)
def test_a_file_is_kept_by_a_safe_name(name, kept):
    assert batches.safe_file_name(name) == kept


def workbook(kim, kind, rows, *, hidden=(), hidden_columns="", formulas=()):
    """An upload of .xlsx: *rows*, some hidden, and *formulas* as (cell, formula, value)."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Blad1")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        for number in hidden:
            sheet.set_row(number - 1, None, None, {"hidden": True})
        if hidden_columns:
            sheet.set_column(hidden_columns, None, None, {"hidden": True})
        for cell, formula, value in formulas:
            sheet.write_formula(cell, formula, None, value)
    return batches.open_batch(kind, "lista.xlsx", file.getvalue(), by=kim)


PARTNERS = [
    ["Organisation", "Kontaktperson", "E-post"],
    ["Granit AB", "Åsa Berg", "asa@granit.example"],
    ["Tegs AB", "Bo Ek", "bo@tegs.example"],
]


@pytest.mark.parametrize(
    ("answer", "counts"),
    [("", {"new": 1, "decision": 1}), ("yes", {"new": 2}), ("no", {"new": 1, "left_out": 1})],
)
def test_hidden_rows_are_asked_about_once_and_named(kim, answer, counts):
    batch = workbook(kim, PARTNER_LIST, PARTNERS, hidden=[3])
    batch.decisions = {"asks": {"hidden:0": answer}}
    plan = partner_lists.plan(batch)
    assert plan.counts() == counts
    assert [ask.rows for ask in plan.asks] == [["Tegs AB"]]
    assert "3" in plan.asks[0].text


@pytest.mark.parametrize(
    ("answer", "counts"),
    [("", {"new": 1, "decision": 1}), ("yes", {"new": 2}), ("no", {"new": 1, "left_out": 1})],
)
def test_rows_that_are_struck_through_are_asked_about_once(kim, answer, counts):
    batch = workbook(kim, PARTNER_LIST, PARTNERS)
    batch.table["sheets"][0]["struck_rows"] = [3]
    batch.decisions = {"asks": {"struck:0": answer}}
    plan = partner_lists.plan(batch)
    assert plan.counts() == counts
    assert [ask.rows for ask in plan.asks] == [["Tegs AB"]]
    assert "3" in plan.asks[0].text


def test_a_cell_that_is_struck_through_is_left_out_until_somebody_writes_it(kim):
    batch = workbook(kim, PARTNER_LIST, PARTNERS)
    batch.table["sheets"][0]["marks"] = {"3:1": "struck"}
    line = partner_lists.plan(batch).lines[1]
    assert line.problems == {"contact": "Det här är överstruket i filen, helt eller delvis."}
    batch.decisions = {"cells": {"0-3": {"contact": "Eva Ek"}}}
    assert not partner_lists.plan(batch).lines[1].problems


def test_a_hidden_column_is_not_read_and_is_named(kim):
    rows = [["Namn", "E-post", "Gammal närvaro", "Närvaro"], ["Åsa", "a@b.example", "x", "nej"]]
    batch = workbook(kim, ATTENDANCE_LIST, rows, hidden_columns="C:C")
    assert batch.table["sheets"][0]["hidden_columns"] == ["Gammal närvaro"]
    [record] = batches.records(batch, ATTENDANCE_LIST)
    assert list(record.marks.values()) == ["nej"]


TWO = (
    "Lärandeträff Test 2025-09-18 kl. 13-15;;;;\n\nNamn;Organisation;E-post;Deltagit;Kom\n"
    "Åsa Öhrn;;asa@b.example;x;nej\nUlf Berg;;ulf@b.example;;x\n"
)


@pytest.mark.parametrize(
    ("answer", "seen"),
    [
        ("", []),
        ("3", [("Åsa Öhrn", "present")]),
        ("4", [("Åsa Öhrn", "absent"), ("Ulf Berg", "present")]),
    ],
)
def test_two_columns_for_attendance_are_asked_about(kim, answer, seen):
    batch = make_import(kim, TWO, "attendance")
    places = batch.table["sheets"][0]["conflicts"][0][1]
    assert len(places) == 2
    chosen = {"3": str(places[0]), "4": str(places[1])}.get(answer, "")
    batch.decisions = {"asks": {"column:0:presence": chosen}}
    plan = attendance_lists.plan(batch)
    assert [(a.person.name, a.status) for a in plan.new_attendances] == seen
    assert plan.undecided == (0 if answer else 1)
    assert [words for _answer, words in plan.asks[0].options] == ["Deltagit", "Kom"]


def test_a_formula_is_to_be_corrected_and_its_label_proposed(kim):
    batch = workbook(
        kim,
        PARTNER_LIST,
        PARTNERS,
        formulas=[("B2", '=HYPERLINK("http://attack.example","Åsa Berg")', "")],
    )
    line = partner_lists.plan(batch).lines[0]
    assert (line.status, line.proposals["contact"]) == ("wrong", "Åsa Berg")
    batch.decisions = {"cells": {line.record.key: {"contact": "Åsa Berg"}}}
    corrected = partner_lists.plan(batch)
    assert corrected.lines[0].status == "new"
    assert corrected.register.new_people[0].name == "Åsa Berg"


def test_lines_of_a_cell_are_people_each(kim):
    rows = [
        PARTNERS[0],
        ["Ripan AB", "Åsa Öhrn\nBjörn Löfgren", "asa@ripan.example\nbjorn@ripan.example"],
    ]
    plan = partner_lists.plan(workbook(kim, PARTNER_LIST, rows))
    assert [(p.name, p.email) for p in plan.register.new_people] == [
        ("Åsa Öhrn", "asa@ripan.example"),
        ("Björn Löfgren", "bjorn@ripan.example"),
    ]


@pytest.mark.parametrize("kind", ["partners", "attendance"])
def test_a_list_of_something_else_is_refused(kim, kind):
    with pytest.raises(Unreadable):
        make_import(kim, "Vad;Pris\nKaffe;20\nTe;15\n", kind)
