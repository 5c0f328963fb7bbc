"""Uploaded lists as rows."""

import pytest

from partners.intake import batches
from partners.intake.words import PARTNER_LIST
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
