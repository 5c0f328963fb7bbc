"""Attendance lists, end to end."""

from pathlib import Path

import pytest
from django.http import QueryDict

from learning import imports
from learning.models import Attendance, LearningSession, Registration, Series
from partners import imports as partner_imports
from partners import lists, plans
from partners.models import Message, Organisation, User

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture
def partnership(kim):
    data = (DATA / "partners.xlsx").read_bytes()
    batch = lists.open_batch("partners", "partners.xlsx", data, by=kim)
    partner_imports.apply(batch, by=kim)


@pytest.fixture
def batch(kim, partnership):
    data = (DATA / "attendance-spring-2024.xlsx").read_bytes()
    return lists.open_batch("attendance", "attendance-spring-2024.xlsx", data, by=kim)


def read(kim, text, name="lista.csv"):
    return lists.open_batch("attendance", name, text.encode(), by=kim)


def decide(batch, **said):
    form = QueryDict(mutable=True)
    form.update({name.replace("__", ":"): value for name, value in said.items()})
    plans.decide(batch, form)


# Counted by hand in the spreadsheet: listed, present, absent, excused, not noted, walk-ins
BY_HAND = {
    "2024-02-07": (0, 0, 0, 0, 0, 0),
}


def test_the_spring_of_2024(batch, kim):
    plan = imports.plan(batch, by=kim)
    for d in plan.sessions.drafts.values():
        print(d.title, d.day, d.start, d.end, d.venue, d.counts, d.problem)
    for line in plan.lines:
        if line.status not in ("new",):
            print(line.title, line.name, line.status, line.problems, line.notes, line.changes)
    print(plan.sessions.series_title)
    for u in plan.register.new_people:
        print(u.name, u.email) if not u.email else 0
    print(imports.apply(batch, by=kim))
    p2 = imports.plan(batch, by=kim)
    print(p2.counts(), p2.register.counts(), p2.register.changed)
    assert p2.changes_nothing
    assert not Message.objects.exists()
