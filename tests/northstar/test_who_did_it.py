"""Whoever changes a row is named: operations that write ask for `by`, or say here why not."""

import ast
import inspect
from importlib import import_module

import pytest

from tests.northstar.test_architecture import MODULES, ROOT, app_of

WRITES = {
    "bulk_create",
    "bulk_update",
    "create",
    "create_user",
    "delete",
    "get_or_create",
    "save",
    "update_or_create",
}
# Rooms where nothing happens: what rows are, what is asked and shown, what is said in letters.
NOT_OPERATIONS = ("models", "admin", "apps", "tasks", "urls", "forms", "views", "mails", "files")

WITHOUT_BY = {
    "partners.accept": "the person themselves, by logging in",
    "partners.put": "the row that the letter is about names who wrote it",
    "partners.drop": "as put: withdrawn by the operation that calls it",
    "partners.deliver": "the clock",
    "partners.try_again": "decides nothing: the letter was decided on before",
    "partners.decide": "a draft: who applies the list answers for it (applied_by)",
    "partners.tick": "the clock",
    "learning.ask": "the clock",
    "learning.answer": "the person the link was sent to",
    "learning.change_status": "how a next step goes is told by its own people, and decides nothing",
    "learning.remove": "the row that could name somebody is gone",
    "learning.fill_free_seats": "decided by the queue; the operation that frees the seat has by",
    "learning.sweep_orphans": "the clock",
}


def name_of(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def is_operations(path):
    rooms = path.relative_to(ROOT).with_suffix("").parts[1:]
    return app_of(path) != "northstar" and not any(
        room.endswith(NOT_OPERATIONS) or room in {"migrations", "templatetags"} for room in rooms
    )


def names_in(tree, module):
    """What a module calls by which name: {local name: dotted name}."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names[node.name] = f"{module}.{node.name}"
    return names


def writes_itself(call):
    """A call that writes rows; update() of a queryset takes names, that of a dict does not."""
    if not isinstance(call.func, ast.Attribute):
        return False
    if call.func.attr == "update":
        return bool(call.keywords) and not call.args
    return call.func.attr in WRITES


def called_by(function, names):
    for node in ast.walk(function):
        if isinstance(node, ast.Name):
            yield names.get(node.id, "")
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{names.get(node.value.id, '')}.{node.attr}"


def writers():
    """Every function and class that writes rows, itself or by what it calls, by dotted name."""
    calls, writing = {}, set()
    for path in filter(is_operations, MODULES):
        tree = ast.parse(path.read_text())
        names = names_in(tree, name_of(path))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                own = names[node.name]
                calls[own] = set(called_by(node, names))
                found = [n for n in ast.walk(node) if isinstance(n, ast.Call) and writes_itself(n)]
                writing |= {own} if found else set()
    while more := {own for own, called in calls.items() if called & writing} - writing:
        writing |= more
    return sorted(name for name in writing if not name.rpartition(".")[2].startswith("_"))


def key_of(name):
    return f"{name.split('.')[0]}.{name.rpartition('.')[2]}"


WRITERS = writers()


def test_the_walk_finds_what_writes():
    found = {key_of(name) for name in WRITERS}
    assert found >= {"partners.invite", "partners.end", "partners.apply", "partners.open_batch"}
    assert found >= {"learning.register", "learning.withdraw", "learning.cancel", "learning.apply"}
    assert found >= {"measures.create", "measures.update", "measures.report_progress"}
    assert found >= set(WITHOUT_BY), "a reason stands here for what writes nothing"


@pytest.mark.parametrize("name", WRITERS)
def test_what_writes_asks_who_does_it(name):
    module, _dot, function = name.rpartition(".")
    parameters = inspect.signature(getattr(import_module(module), function)).parameters
    if key_of(name) in WITHOUT_BY:
        assert "by" not in parameters, f"{name} asks who does it now: the reason can go"
        return
    assert "by" in parameters, f"{name} writes, and does not ask who does it"
    assert parameters["by"].kind is inspect.Parameter.KEYWORD_ONLY
    assert parameters["by"].default is inspect.Parameter.empty
