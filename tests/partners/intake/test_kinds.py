"""A kind of list the portal does not have goes through the generic rooms, untouched."""

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.http import QueryDict
from django.urls import reverse

from partners.intake import batches, kinds, plans
from partners.intake.columns import meaning_choices
from partners.intake.kinds import ListKind
from partners.models import ImportKind
from partners.sheets.rules import Marks, Rules

BICYCLES = ListKind(
    ImportKind.PARTNERS,  # the table must know the key; nothing else asks for it
    Rules(
        headings=[("bicycle", re.compile("cykel")), ("borrower", re.compile("namn"))],
        contents=[],
        doubts=[],
        subject="borrower",
        said_by=frozenset({"borrower"}),
        enough=[frozenset({"bicycle"})],
        marks=Marks(
            "used", lambda text: text == "x", lambda heading: heading == "mån", frozenset()
        ),
    ),
    title="Choose a list of bicycles",
    name="Bicycles",
    about="One row for each bicycle.",
    page="import_detail",
    apply_page="import_apply",
    upload_page="import_partners",
    example_page="import_example",
    example_words="Download an example of a list of bicycles",
    words={"bicycle": "bicycle", "borrower": "borrower"},
    example="Cykel;Namn\n",
    answers=[],
    keepers={"helmet": lambda decisions, name, value: decisions.update({name: value})},
)


@pytest.fixture
def batch(kim):
    text = "Cykel;Namn;mån\nC-1;Åsa Berg;x\n"
    return batches.open_batch(BICYCLES, "cyklar.csv", text.encode(), by=kim)


def test_its_rows_are_read(batch):
    [record] = batches.records(batch, BICYCLES)
    assert (record.values, record.marks) == ({"bicycle": "C-1", "borrower": "Åsa Berg"}, {2: "x"})


def test_its_cells_and_its_own_fields_are_kept_and_no_others(batch):
    said = QueryDict("cell:0-2:bicycle=C-2&cell:0-2:sector=x&helmet:0-2=ja&session:0:venue=V")
    plans.decide(batch, BICYCLES, said)
    assert batch.decisions == {"cells": {"0-2": {"bicycle": "C-2"}}, "0-2": "ja"}


def test_its_columns_have_its_words():
    assert meaning_choices(BICYCLES)[:2] == [("bicycle", "bicycle"), ("borrower", "borrower")]
    assert meaning_choices(BICYCLES)[-1][0] == "none"


def test_its_lines_say_its_words(batch):
    class Line(plans.Line):
        words = BICYCLES.words

    [record] = batches.records(batch, BICYCLES)
    line = Line(record, problems={"bicycle": "There is no such bicycle."})
    assert [(c.name, c.label, c.text) for c in line.corrections] == [
        ("0-2:bicycle", "bicycle", "C-1")
    ]


def test_a_kind_without_marks_has_none():
    plain = SimpleNamespace(marks=None)
    assert replace(BICYCLES, rules=plain).marks == ""
    assert BICYCLES.marks == "used"


def test_a_kind_that_is_offered_stands_on_the_page_of_all_lists(monkeypatch, as_, kim, batch):
    monkeypatch.setattr(kinds, "_OFFERED", dict(kinds._OFFERED))
    kinds.offer(replace(BICYCLES, page="attendance_import"))
    page = as_(kim).get(reverse("import_list")).text
    assert "Download an example of a list of bicycles" in page
    assert reverse("attendance_import", kwargs={"pk": batch.pk}) in page
