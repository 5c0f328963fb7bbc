"""SQL of our own writes states as text; a state that is renamed is renamed there, too."""

import ast
import re

import pytest

from learning.models import AttendanceStatus, RegistrationState
from partners.models import MessageState
from tests.northstar import house as plan
from tests.northstar.sources import ROOT

STATES = {
    "learning": {"state": RegistrationState, "status": AttendanceStatus},
    "partners": {"state": MessageState},
}
WRITTEN = re.compile(
    r"(?P<column>\w+)\s*(?:=|<>|!=|IN|NOT IN|IS (?:NOT )?DISTINCT FROM)"
    r"\s*\(?\s*(?P<values>'[^']*'(?:\s*,\s*'[^']*')*)"
)
QUOTED = re.compile(r"'([^']*)'")
IS_SQL = re.compile(
    r"\b(?:SELECT|UPDATE|DELETE|WHERE|CASE)\b|^\(?\w+ (?:=|<>|IN|IS DISTINCT FROM) "
)
HOLDERS = {
    "learning/models/materials.py",
    "learning/models/places.py",
    "learning/models/sessions.py",
    "learning/participation/rows.py",
    "learning/places/waitlist.py",
    "partners/post/claims.py",
}


def sql_of(path):
    texts = [
        node.value
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return [text for text in texts if IS_SQL.search(text)]


def literals():
    """(file, column, literal) of every text in quotes that SQL of the product has; "" is none."""
    found = []
    for app in plan.APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                where = path.relative_to(ROOT).as_posix()
                found += [(where, *each) for text in sql_of(path) for each in quoted_in(text)]
    return found


def quoted_in(text):
    compared = [
        (match["column"], value)
        for match in WRITTEN.finditer(text)
        for value in QUOTED.findall(match["values"])
    ]
    others = [value for value in QUOTED.findall(WRITTEN.sub("", text)) if value]
    return compared + [("", value) for value in others]


def test_the_sql_with_states_is_found():
    found = literals()
    assert {where for where, _column, _value in found} >= HOLDERS
    assert len(found) >= 18


NAMES = {"northstar.import"}  # of a lock
NAMES |= {"leaving"}  # what a reader's own state is while their place is being left


def known(where, column):
    states = STATES.get(where.split("/")[0], {})
    return states[column].values if column in states else NAMES | {""}


def test_every_state_in_sql_is_one_that_exists():
    unknown = [
        (where, column, value)
        for where, column, value in literals()
        if value not in known(where, column)
    ]
    assert unknown == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SELECT 1 WHERE state = 'seated'", [("state", "seated")]),
        ("status IN ('absent', 'ill')", [("status", "absent"), ("status", "ill")]),
        ("state IS DISTINCT FROM 'x'", [("state", "x")]),
        ("SELECT coalesce(a.state, 'lost')", [("", "lost")]),
        ("SELECT coalesce(a.state, '')", []),
    ],
)
def test_what_is_quoted_is_read(text, found):
    assert quoted_in(text) == found
