"""Small faults, made one at a time in the syntax tree of a module: source in, mutants out."""

import ast
import copy
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

BOUNDARY = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
OPPOSITE = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
OTHER_SIGN = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
OTHER_NAME = {
    "filter": "exclude",
    "exclude": "filter",
    "first": "last",
    "last": "first",
    "max": "min",
    "min": "max",
    "any": "all",
    "all": "any",
}
# Links of a chain of a QuerySet that narrow, order or lock.
NARROWS = {
    "filter", "exclude", "select_for_update", "order_by", "distinct", "active", "current",
    "standing", "confirmed", "queued", "live", "published", "present", "due",
}  # fmt: skip
# Whose keyword arguments say which rows, or what is written.
LOOKUPS = {"filter", "exclude", "get", "Q", "update", "select_for_update"}
SIGNATURE = {
    ast.FunctionDef: {"args", "returns", "decorator_list"},
    ast.ClassDef: {"decorator_list"},
    ast.Lambda: {"args"},
    ast.AnnAssign: {"annotation"},
}
# What is said to people in charge, or only makes it quicker, is not behaviour.
UNTOUCHED = {"log", "select_related"}


@dataclass(frozen=True)
class Mutant:
    """One fault. Its id names the function and the change: it outlives moves and other lines."""

    id: str
    line: int
    lines: tuple[int, int]  # first and last line of the statement it is in, without its body
    in_function: bool
    before: str
    after: str


@dataclass(frozen=True)
class _Place:
    """Where a node hangs: the *index*th of a list, or a field by itself, of *parent*."""

    parent: ast.AST
    field: str
    index: int | None
    node: ast.AST
    statement: ast.stmt
    function: str
    runs_when_called: bool  # and not once, at import, as the body of a module or a class does

    def replaced(self, new: ast.AST) -> Callable[[], None]:
        """Put *new* here; return how to undo it."""
        siblings = getattr(self.parent, self.field)
        if self.index is None:
            setattr(self.parent, self.field, new)
            return lambda: setattr(self.parent, self.field, self.node)
        siblings[self.index] = new
        return lambda: siblings.__setitem__(self.index, self.node)


def mutants_of(source: str, only: str = "") -> list[Mutant]:
    """Every mutant of *source*, or of its functions called *only*."""
    return [mutant for mutant, _tree in _each(source, only)]


def tree_of(source: str, only: str, name: str) -> ast.Module:
    """The module with the one fault whose id is *name*."""
    return next(tree for mutant, tree in _each(source, only) if mutant.id == name)


def _each(source: str, only: str) -> Iterator[tuple[Mutant, ast.Module]]:
    """Yield each mutant with the tree, which has its fault until the next one is asked for."""
    tree = ast.parse(source)
    seen: Counter[str] = Counter()
    for place in _places(tree, only):
        for new in _changes(place):
            before = _words(place.statement)
            undo = place.replaced(ast.copy_location(new, place.node))
            after = _words(_statement_now(place, new))
            ast.fix_missing_locations(tree)
            change = f"{place.function}: {before} -> {after}"
            seen[change] += 1
            mutant = Mutant(
                id=_id(place.function, f"{change} {seen[change]}"),
                line=getattr(place.node, "lineno", place.statement.lineno),
                lines=_header(place.statement),
                in_function=place.runs_when_called,
                before=before,
                after=after,
            )
            yield mutant, tree
            undo()


def _id(function: str, change: str) -> str:
    return f"{function or 'module'}-{hashlib.sha256(change.encode()).hexdigest()[:8]}"


def _statement_now(place: _Place, new: ast.AST) -> ast.stmt:
    return new if isinstance(new, ast.stmt) else place.statement


def _words(statement: ast.stmt) -> str:
    """The statement as one line, without its body."""
    text = ast.unparse(statement)
    return " ".join((text.split("\n", 1)[0] if hasattr(statement, "body") else text).split())


def _header(statement: ast.stmt) -> tuple[int, int]:
    body = getattr(statement, "body", None)
    last = max(statement.lineno, body[0].lineno - 1) if body else statement.end_lineno
    return statement.lineno, last or statement.lineno


def _places(tree: ast.Module, only: str) -> Iterator[_Place]:
    """Every node that may be changed: neither annotations, decorators nor words for people."""
    return _walk(tree, None, (), (not only, False), only)


def _walk(
    parent: ast.AST,
    statement: ast.stmt | None,
    names: tuple[str, ...],
    within: tuple[bool, bool],
    only: str,
) -> Iterator[_Place]:
    """The places below *parent*; *within* what is to be mutated, and within a function."""
    inside, called = within
    for field, index, child in _children(parent):
        here = child if isinstance(child, ast.stmt) else statement
        if here is not None and inside:
            yield _Place(parent, field, index, child, here, ".".join(names), called)
        if isinstance(child, ast.FunctionDef | ast.ClassDef):
            now = (inside or child.name == only, called or isinstance(child, ast.FunctionDef))
            yield from _walk(child, here, (*names, child.name), now, only)
        else:
            yield from _walk(child, here, names, within, only)


def _children(parent: ast.AST) -> Iterator[tuple[str, int | None, ast.AST]]:
    for field, value in ast.iter_fields(parent):
        if field in SIGNATURE.get(type(parent), ()):
            continue
        for index, child in list(enumerate(value)) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.AST) and not _is_untouched(child):
                yield field, index, child


def _is_untouched(node: ast.AST) -> bool:
    if isinstance(node, ast.Expr):
        node = node.value
        if isinstance(node, ast.Constant):  # a docstring
            return True
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            return node.func.value.id in UNTOUCHED
        return isinstance(node.func, ast.Name) and node.func.id in {"_", "ngettext", "cast"}
    return isinstance(node, ast.Import | ast.ImportFrom)


def _changes(place: _Place) -> Iterator[ast.AST]:
    node = place.node
    change = CHANGES.get(type(node))
    if change is not None:
        yield from change(place)
    if isinstance(place.parent, ast.If | ast.While | ast.IfExp) and place.field == "test":
        yield from _opposite_of(node)


def _with(node: ast.AST, **fields: Any) -> Any:
    new = copy.copy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return new


def _opposite_of(node: ast.AST) -> Iterator[ast.AST]:
    """A condition that is a name or a call; comparisons and `not` have changes of their own."""
    if isinstance(node, ast.Name | ast.Attribute | ast.Call | ast.NamedExpr):
        yield ast.UnaryOp(ast.Not(), node)


def _comparison(place: _Place) -> Iterator[ast.AST]:
    node = place.node
    for number, operator in enumerate(node.ops):
        for table in (BOUNDARY, OPPOSITE):
            if type(operator) in table:
                ops = [*node.ops]
                ops[number] = table[type(operator)]()
                yield _with(node, ops=ops)


def _and_or(place: _Place) -> Iterator[ast.AST]:
    other = ast.Or() if isinstance(place.node.op, ast.And) else ast.And()
    yield _with(place.node, op=other)


def _unary(place: _Place) -> Iterator[ast.AST]:
    if isinstance(place.node.op, ast.Not | ast.Invert | ast.USub):
        yield place.node.operand


def _arithmetic(place: _Place) -> Iterator[ast.AST]:
    sides = (place.node.left, place.node.right)
    if any(isinstance(side, ast.JoinedStr | ast.Constant) and _is_text(side) for side in sides):
        return
    if (
        isinstance(place.parent, ast.Call)
        and place.parent.args[1:]
        and _called(place.parent) == ("isinstance")
    ):
        return
    if type(place.node.op) in OTHER_SIGN:
        yield _with(place.node, op=OTHER_SIGN[type(place.node.op)]())


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or isinstance(getattr(node, "value", None), str)


def _constant(place: _Place) -> Iterator[ast.AST]:
    value = place.node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int | float):
        yield ast.Constant(value + 1)
        yield ast.Constant(value - 1)


def _branches(place: _Place) -> Iterator[ast.AST]:
    yield _with(place.node, body=place.node.orelse, orelse=place.node.body)


def _call(place: _Place) -> Iterator[ast.AST]:
    node, name = place.node, _called(place.node)
    if name in OTHER_NAME and (name != "all" or isinstance(node.func, ast.Name)):
        yield _with(node, func=_renamed(node.func, OTHER_NAME[name]))
    if name in NARROWS and isinstance(node.func, ast.Attribute):
        whole = isinstance(node.func.value, ast.Attribute | ast.Name | ast.Call)
        yield from [node.func.value] if whole and not _is_manager(node.func.value) else []
    if name in LOOKUPS:
        for number in range(len(node.keywords)):
            kept = [word for place, word in enumerate(node.keywords) if place != number]
            yield _with(node, keywords=kept)
    if name == "Q":
        yield ast.UnaryOp(ast.Invert(), node)


def _is_manager(node: ast.AST) -> bool:
    """Model.objects: a manager is no QuerySet, and most that follows would be an error."""
    return isinstance(node, ast.Attribute) and node.attr == "objects"


def _called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def _renamed(function: ast.AST, name: str) -> Any:
    if isinstance(function, ast.Attribute):
        return _with(function, attr=name)
    return _with(function, id=name)


def _return(place: _Place) -> Iterator[ast.AST]:
    value = place.node.value
    if value is not None and not (isinstance(value, ast.Constant) and value.value is None):
        yield ast.Return(ast.Constant(None))


def _dropped(place: _Place) -> Iterator[ast.AST]:
    yield ast.Pass()


def _dropped_if_call(place: _Place) -> Iterator[ast.AST]:
    if isinstance(place.node.value, ast.Call):
        yield ast.Pass()


def _dropped_if_field(place: _Place) -> Iterator[ast.AST]:
    """A value written to a field; a variable that is missing would be noticed by itself."""
    if all(isinstance(target, ast.Attribute | ast.Tuple) for target in place.node.targets):
        yield ast.Pass()


def _other_step(place: _Place) -> Iterator[ast.AST]:
    if type(place.node.op) in OTHER_SIGN:
        yield _with(place.node, op=OTHER_SIGN[type(place.node.op)]())


CHANGES: dict[type[ast.AST], Callable[[Any], Iterator[ast.AST]]] = {
    ast.Compare: _comparison,
    ast.BoolOp: _and_or,
    ast.UnaryOp: _unary,
    ast.BinOp: _arithmetic,
    ast.Constant: _constant,
    ast.IfExp: _branches,
    ast.Call: _call,
    ast.Return: _return,
    ast.Raise: _dropped,
    ast.Break: _dropped,
    ast.Continue: _dropped,
    ast.Expr: _dropped_if_call,
    ast.Assign: _dropped_if_field,
    ast.AugAssign: _other_step,
}
