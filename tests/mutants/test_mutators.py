"""The faults themselves: each kind on a line of its own, and what is left alone."""

import pytest

from tests.mutants.mutators import mutants_of, tree_of


def after(source, only=""):
    return {mutant.after for mutant in mutants_of(source, only)}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a < b", {"a <= b", "a >= b"}),
        ("a == b", {"a != b"}),
        ("a is None", {"a is not None"}),
        ("a in b", {"a not in b"}),
        ("a and b", {"a or b"}),
        ("not a", {"a"}),
        ("-a", {"a"}),
        ("x.n = True", {"x.n = False", "pass"}),
        ("n = 5", {"n = 6", "n = 4"}),
        ("a + b", {"a - b"}),
        ("a * b", {"a / b"}),
        ("n += m", {"n -= m"}),
        ("x = a if c else b", {"x = b if c else a", "x = a if not c else b"}),
        ("if taken: go()", {"if not taken:", "pass"}),
        ("break", {"pass"}),
        ("continue", {"pass"}),
        ("raise Refusal", {"pass"}),
        ("n = max(a, b)", {"n = min(a, b)"}),
        ("n = any(a)", {"n = all(a)"}),
        ("n = rows.first()", {"n = rows.last()"}),
        ("n = Q(a=b)", {"n = ~Q(a=b)", "n = Q()"}),
        ("n = Q(a) | Q(b)", {"n = Q(a) & Q(b)", "n = ~Q(a) | Q(b)", "n = Q(a) | ~Q(b)"}),
        ("n = ~Q(a)", {"n = Q(a)", "n = ~~Q(a)"}),
        (
            "n = rows.filter(a=b, c=d)",
            {"n = rows.exclude(a=b, c=d)", "n = rows", "n = rows.filter(a=b)"}
            | {"n = rows.filter(c=d)"},
        ),
        (
            "n = due.select_for_update(skip_locked=True)",
            {"n = due", "n = due.select_for_update()"}
            | {"n = due.select_for_update(skip_locked=False)"},
        ),
        ("n = rows.order_by('a')", {"n = rows"}),
        ("n = timedelta(hours=1)", {"n = timedelta(hours=2)", "n = timedelta(hours=0)"}),
        ("send(letter)", {"pass"}),
        ("place.state = withdrawn", {"pass"}),
    ],
)
def test_each_kind_of_fault(source, expected):
    assert after(source) == expected


def test_what_is_returned_becomes_nothing():
    assert "return None" in after("def f():\n    return a")
    assert after("def f():\n    return None") == set()


@pytest.mark.parametrize(
    "source",
    [
        '"""What it is for."""',
        "import a",
        "log.warning('%s of %s', 1, a < b)",
        "text = _('not %(n)s' % 1)",
        "def f(a: int | None = 1) -> int | None:\n    pass",
        "text = 'a' + b",
        "rows = Model.objects.filter()",
    ],
)
def test_what_is_no_behaviour_is_left_alone(source):
    assert {text for text in after(source) if "exclude" not in text} == set()


SEVERAL = """
class Rows:
    def visible_to(self, user):
        return self.filter(person=user)

    def other(self):
        return 1
"""


def test_only_the_function_asked_for():
    found = mutants_of(SEVERAL, "visible_to")
    assert {mutant.id.rpartition("-")[0] for mutant in found} == {"Rows.visible_to"}
    assert {mutant.line for mutant in found} == {4}
    assert len(mutants_of(SEVERAL)) > len(found)


def test_ids_are_all_different_and_outlive_other_lines():
    twice = "def f():\n    go()\n    go()\n"
    ids = [mutant.id for mutant in mutants_of(twice)]
    assert len(set(ids)) == len(ids) == 2
    assert [mutant.id for mutant in mutants_of("x = 'new'\n\n" + twice)] == ids


def test_a_mutant_is_the_module_with_one_fault_and_the_next_has_another():
    source = "def f(n):\n    return n + 1 < 5"
    for mutant in mutants_of(source):
        namespace = {}
        exec(compile(tree_of(source, "", mutant.id), "f.py", "exec"), namespace)
        judged = [namespace["f"](n) for n in (2, 3, 4, 5)]
        assert judged != [True, True, False, False], mutant.after
    assert after(source) == {
        "return None",
        "return n - 1 < 5",
        "return n + 2 < 5",
        "return n + 0 < 5",
        "return n + 1 <= 5",
        "return n + 1 >= 5",
        "return n + 1 < 6",
        "return n + 1 < 4",
    }


def test_the_lines_of_a_statement_are_those_of_its_head():
    [negated, call] = mutants_of("if (\n    a\n):\n    go(\n    )\n")
    assert (negated.lines, call.lines) == ((1, 3), (4, 5))
    assert mutants_of("LEASE = 30")[0].in_function is False


def test_what_runs_once_at_import_is_told_from_what_runs_when_called():
    source = "A = 1\nclass C:\n    B = 2\n    def f(self):\n        return 3\n"
    runs = {one.before: one.in_function for one in mutants_of(source)}
    assert runs == {"A = 1": False, "B = 2": False, "return 3": True}
