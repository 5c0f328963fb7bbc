"""Names what is too large, too small or too tangled, and what silences those who say so."""

import ast
import re
import tomllib
from collections.abc import Iterator

from tests.northstar.house import (
    BAD_NAMES,
    FEWEST_IN_A_ROOM,
    HOUSE,
    HOUSE_RULES,
    LONGEST_MODULE,
    MOST_IN_A_HALL,
    MOST_IN_A_ROOM,
)
from tests.northstar.sources import ROOT, House, Source


def sizes_and_names(source: Source, house: House) -> Iterator[str]:
    parts = source.path.removesuffix(".py").split("/")
    if len(source.text.splitlines()) > LONGEST_MODULE:
        yield f"{source.path} is longer than {LONGEST_MODULE} lines"
    if bad := BAD_NAMES & set(parts):
        yield f"{source.path} is called {bad.pop()}: name the activity"
    if source.is_package and house.is_room(source.name) and source.text.strip():
        yield f"{source.path} of a room says something"


def floors(house: House) -> Iterator[str]:
    """Refuse rooms that are too small, too large or not in the plan, and halls that fill up."""
    for app_name, app in HOUSE.items():
        names = [name for name in house.sources if name.startswith(f"{app_name}.")]
        rooms = {name.split(".")[1] for name in names if house.is_room(_first_two(name))}
        for room in sorted(rooms):
            yield from _room(f"{app_name}.{room}", house, is_large=room in app.large)
        yield from (f"{app_name} has no room {room}" for room in app.rooms if room not in rooms)
        yield from (f"{name} has no place in the plan" for name in _strays(app_name, house))
        hall = [name for name in names if name.count(".") == 1 and _is_file(name, house)]
        if len(hall) > MOST_IN_A_HALL:
            yield f"the hall of {app_name} holds {len(hall)}"


def _is_file(name: str, house: House) -> bool:
    return not house.sources[name].is_package


def _strays(app: str, house: House) -> list[str]:
    """The modules of *app* that belong to none of its rooms and to neither floor of its hall."""
    known = set().union(*HOUSE[app].below) | HOUSE[app].above | set(HOUSE[app].rooms)
    names = [name for name in house.sources if name.startswith(f"{app}.")]
    return [name for name in names if name.split(".")[1] not in known]


def _first_two(name: str) -> str:
    return ".".join(name.split(".")[:2])


def _room(name: str, house: House, *, is_large: bool) -> Iterator[str]:
    if name not in house.sources:
        yield f"{name} has no __init__.py"
    inside = [other for other in house.sources if other.startswith(f"{name}.")]
    is_deep = any("." in other.removeprefix(f"{name}.") for other in inside)
    if not is_large and (is_deep or any(house.sources[other].is_package for other in inside)):
        yield f"{name} has a folder inside"
    if len(inside) < FEWEST_IN_A_ROOM or (len(inside) > MOST_IN_A_ROOM and not is_large):
        yield f"{name} holds {len(inside)} modules"


def complexity(function: ast.AST) -> int:
    """Count the ways through *function*, comprehensions and conditions in a line with them."""
    ways = 1
    for node in ast.walk(function):
        if isinstance(node, ast.BoolOp):
            ways += len(node.values) - 1
        elif isinstance(node, ast.comprehension):
            ways += 1 + len(node.ifs)
        else:
            ways += isinstance(node, BRANCHES)
    return ways


BRANCHES = (ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.match_case)


def functions(node: ast.AST, name: str) -> Iterator[tuple[str, ast.AST]]:
    """Every function, also within classes and functions, by its full name."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{name}.{child.name}", child
        inner = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        yield from functions(child, f"{name}.{child.name}" if inner else name)


def silences(source: Source) -> Iterator[tuple[str, str]]:
    """Yield (who, which rule of the house it silences); a noqa without a rule silences all."""
    for said in re.findall(r"#\s*(?:ruff:\s*)?noqa(:[\s\w,]*)?", source.text, re.IGNORECASE):
        codes = re.findall(r"\b[A-Z]+[0-9]+\b", said)
        for code in codes or ["everything"]:
            if not codes or code.startswith(tuple(HOUSE_RULES)):
                yield source.name, code


def linter() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["ruff"]["lint"]


def excused(settings: dict) -> Iterator[tuple[str, str]]:
    """Yield (where, which rule of the house) the linter's settings leave out in the apps.

    TID251 is left out file by file: the bans of house.py say, name by name, what those may use.
    """
    left_out = settings["per-file-ignores"] | {"everywhere": settings.get("ignore", [])}
    for where, codes in left_out.items():
        if not where.startswith("tests/"):
            for code in set(codes) - {"TID251"}:
                if code.startswith(tuple(HOUSE_RULES)):
                    yield where, code
