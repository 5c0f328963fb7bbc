"""What was decided on the page about an uploaded list."""

import pytest
from django.http import QueryDict

from learning.intake.words import ATTENDANCE_LIST  # has keepers of its own
from partners.intake import batches, plans
from tests.builders import make_import, make_organisation

# One field of each kind a page may post: the *n*th.
FIELDS = {
    "cell": lambda n: (f"cell:0-{n + 2}:email", f"rad{n}@granit.example"),
    "use": lambda n: ("use", f"0-{n + 2}:email rad{n}@granit.example"),
    "ask": lambda n: (f"ask:contact:rad{n}@granit.example", "yes"),
    "organisation": lambda n: (f"organisation:förening {n}", "new"),
    "named": lambda n: (f"named:förening {n}", "Granit AB"),
    "column": lambda n: (f"column:0-{n}", "organisation"),
    "session": lambda n: (f"session:s{n}:venue", "Väven"),
    "list": lambda n: ("list:series", f"Serie {n}"),
}


def post(*fields):
    said = QueryDict(mutable=True)
    for name, value in fields:
        said.appendlist(name, value)
    return said


def make_list(kim, rows):
    lines = [f"Förening {n};fel{n}@granit.example" for n in range(rows)]
    return make_import(kim, "\n".join(["Organisation;E-post", *lines, ""]), "attendance")


@pytest.fixture
def built(monkeypatch):
    """How many rows and columns of the list were read anew."""
    counted = []

    class Counted(batches.Record):
        def __init__(self, *args, **kwargs):
            counted.append(1)
            super().__init__(*args, **kwargs)

    class Enumerated(list):
        def __iter__(self):
            counted.append(1)
            return super().__iter__()

    page_of = plans._Page

    def page(batch, kind):
        for sheet in batch.table["sheets"]:
            sheet["columns"] = Enumerated(sheet["columns"])
        return page_of(batch, kind)

    monkeypatch.setattr(batches, "Record", Counted)
    monkeypatch.setattr(plans, "_Page", page)
    return counted


def test_every_kind_of_field_is_tried_here():
    assert set(FIELDS) == {*plans._KEEPERS, *ATTENDANCE_LIST.keepers, "use"}


@pytest.mark.parametrize("kind", FIELDS)
def test_a_hundred_fields_read_the_list_as_often_as_one(kim, built, kind):
    batch = make_list(kim, 120)
    make_organisation("Granit AB")
    costs = []
    for fields in [1, 100]:
        built.clear()
        plans.decide(batch, ATTENDANCE_LIST, post(*(FIELDS[kind](n) for n in range(fields))))
        costs.append(len(built))
    assert costs[0] == costs[1]
    assert batch.decisions, "nothing was kept, so nothing was measured"


def test_cells_are_kept_only_where_they_differ(kim):
    batch = make_list(kim, 3)
    plans.decide(
        batch,
        ATTENDANCE_LIST,
        post(
            ("cell:0-2:email", "fel0@granit.example"),
            ("cell:0-3:email", "rätt@granit.example"),
            ("cell:0-99:email", "ingen@granit.example"),
            ("cell:0-3:okänt", "x"),
        ),
    )
    assert batch.decisions == {"cells": {"0-3": {"email": "rätt@granit.example"}}}


def test_a_proposal_taken_over_wins_over_what_was_typed_in_the_same_post(kim):
    batch = make_list(kim, 1)
    typed = ("cell:0-2:email", "typed@granit.example")
    plans.decide(batch, ATTENDANCE_LIST, post(typed, ("use", "0-2:email fel0@granit.example")))
    assert batch.decisions["cells"]["0-2"]["email"] == "fel0@granit.example"
