"""Every public operation that writes, found in the code: what a test of all of them walks."""

import ast
import importlib
import inspect
import pkgutil
import textwrap

# Modules of these kinds hold no operations: they ask, show or describe.
OTHER = (
    "views",
    "preview",
    "forms",
    "models",
    "migrations",
    "admin",
    "urls",
    "apps",
    "reports",
    "report",
)
WRITES = {
    "save",
    "create",
    "create_user",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}

BY_SQL = {"partners.post.alike.keep"}  # write by a statement of their own


def writing_operations(app):
    """Public functions of *app* that write, themselves or by what they call, as module.name."""
    package = importlib.import_module(app)
    found = {}
    for info in pkgutil.walk_packages(package.__path__, f"{app}."):
        parts = info.name.split(".")
        if info.ispkg or any(p == o or p.endswith(f"_{o}") for p in parts for o in OTHER):
            continue
        module = importlib.import_module(info.name)
        for name, function in vars(module).items():
            own = inspect.isfunction(function) and function.__module__ == module.__name__
            if own and not name.startswith("_") and _writes(function, set()):
                found[f"{parts[-1]}.{name}"] = function
    return found


def _writes(function, seen):
    function = inspect.unwrap(function)
    if function in seen:
        return False
    seen.add(function)
    if f"{function.__module__}.{function.__name__}" in BY_SQL:
        return True
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _writes_itself(node):
            return True
        if isinstance(node, ast.Name) and _inserts(function.__globals__.get(node.id)):
            return True
        if isinstance(node, ast.Name | ast.Attribute):
            called = _meant(node, function.__globals__)
            if called is not None and _writes(called, seen):
                return True
    return False


def _inserts(meant):
    """A statement written by hand that makes rows."""
    return isinstance(meant, str) and meant.lstrip().startswith("INSERT INTO")


def _writes_itself(call):
    """A call that writes rows; update() of a queryset takes names, that of a dict does not."""
    asked = call.func
    if not isinstance(asked, ast.Attribute) or asked.attr not in WRITES:
        return False
    return asked.attr != "update" or bool(call.keywords) and not call.args


def _meant(node, names):
    """The function of ours that a name or module.name stands for, or None."""
    if isinstance(node, ast.Name):
        meant = names.get(node.id)
    else:
        module = names.get(node.value.id) if isinstance(node.value, ast.Name) else None
        meant = getattr(module, node.attr, None) if inspect.ismodule(module) else None
    ours = ("partners.", "learning.", "measures.")
    if inspect.isfunction(meant) and meant.__module__.startswith(ours):
        return meant
    return None
