"""When two transactions want the same row: try again in passing trouble, and only then."""

import ast

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction

from partners import patience
from partners.patience import patient
from tests.northstar.sources import ROOT


class Trouble(Exception):
    def __init__(self, sqlstate):
        self.sqlstate = sqlstate


def operation_that_fails(times, sqlstate="40P01"):
    """An operation, and the list of its tries; it works after it has failed *times*."""
    tries = []

    @patient
    def operation(answer):
        tries.append(answer)
        if len(tries) <= times:
            raise OperationalError from Trouble(sqlstate)
        return answer

    return operation, tries


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(patience.time, "sleep", lambda seconds: None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("sqlstate", ["40P01", "40001", "55P03"])
@pytest.mark.parametrize("times", [0, 1, 2])
def test_trouble_in_passing_is_tried_again_twice(sqlstate, times):
    operation, tries = operation_that_fails(times, sqlstate)
    assert operation("seat") == "seat"
    assert len(tries) == times + 1


@pytest.mark.django_db(transaction=True)
def test_after_three_tries_it_says_that_it_is_busy():
    operation, tries = operation_that_fails(3)
    with pytest.raises(ValidationError) as refusal:
        operation("seat")
    assert refusal.value.code == "busy"
    assert len(tries) == 3


@pytest.mark.django_db(transaction=True)
def test_whoever_has_waited_long_is_told_at_once(monkeypatch):
    moments = iter([0.0, 3.0])
    monkeypatch.setattr(patience.time, "monotonic", lambda: next(moments))
    operation, tries = operation_that_fails(1, "55P03")
    with pytest.raises(ValidationError) as refusal:
        operation("seat")
    assert refusal.value.code == "busy"
    assert len(tries) == 1


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_is_not_asked_again():
    operation, tries = operation_that_fails(1, "57P01")
    with pytest.raises(OperationalError):
        operation("seat")
    assert len(tries) == 1


@pytest.mark.django_db
def test_inside_a_transaction_it_runs_once():
    operation, tries = operation_that_fails(1)
    with transaction.atomic(), pytest.raises(OperationalError):
        operation("seat")
    assert len(tries) == 1


# Operations that hold a row and do not try again themselves, and why.
ONCE = {
    "learning/intake/attendance_lists.py apply": "the preview does, with what it decides",
    "partners/intake/partner_lists.py apply": "the preview does, with what it decides",
    "partners/writing/sending.py _send_some": "passes over what another holds; the clock returns",
}
HOLDS = {"select_for_update", "lock", "lock_all", "hold", "_hold", "_as_it_is"}


def impatient(path, text):
    """Operations that hold a row in a transaction of their own and would fail at a busy one."""
    return [
        f"{path} {made.name}"
        for made in ast.walk(ast.parse(text))
        if isinstance(made, ast.FunctionDef)
        and "transaction.atomic" in (said := [ast.unparse(each) for each in made.decorator_list])
        and "patient" not in said
        and HOLDS & {_called(node) for node in ast.walk(made) if isinstance(node, ast.Call)}
    ]


def _called(call):
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def test_whatever_holds_a_row_is_patient():
    found = []
    for app in ("partners", "learning", "measures", "northstar/login", "northstar/pages"):
        for path in sorted((ROOT / app).rglob("*.py")):
            found += impatient(path.relative_to(ROOT).as_posix(), path.read_text())
    assert sorted(found) == sorted(ONCE)


def test_an_operation_that_would_fail_is_seen():
    text = "@transaction.atomic\ndef give(seat):\n    lock(seat)\n"
    assert impatient("seats.py", text) == ["seats.py give"]
    assert impatient("seats.py", "@patient\n" + text) == []
