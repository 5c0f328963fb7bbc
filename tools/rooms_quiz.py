"""Draws ten lines of code, one from each of ten rooms, the same for a commit: `make rooms-quiz`.

Whoever has read docs/house.md says which room each is from; --answers tells.
"""

import ast
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

ROOT = Path(__file__).resolve().parent.parent
APPS = ("partners", "learning", "measures", "northstar")
NO_ROOMS = {"models", "reading", "migrations", "templatetags", "formats", "management"}
LINES = 10
SHORTEST = 30  # a shorter line says too little to be known by


def rooms(root: Path) -> list[Path]:
    """Every folder of an app that is a room, in the order of their names."""
    return [
        folder
        for app in APPS
        for folder in sorted((root / app).iterdir())
        if (folder / "__init__.py").exists() and folder.name not in NO_ROOMS
    ]


def lines_of(room: Path) -> list[tuple[Path, int, str]]:
    """The telling lines of all modules of *room*: file, number, text."""
    return [
        (path, number, text)
        for path in sorted(room.rglob("*.py"))
        for number, text in telling(path.read_text())
    ]


def telling(source: str) -> Iterator[tuple[int, str]]:
    """Lines that do something: no imports, docstrings, decorators, comments, or short ones."""
    untold = set(_untold(ast.parse(source)))
    for number, line in enumerate(source.splitlines(), start=1):
        text = line.strip()
        if number not in untold and len(text) >= SHORTEST and not text.startswith("#"):
            yield number, text


def _untold(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom) or _is_docstring(node):
            yield from _span(node)
        for decorator in getattr(node, "decorator_list", []):
            yield from _span(decorator)


def _span(node: ast.stmt | ast.expr) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def _is_docstring(node: ast.AST) -> TypeGuard[ast.Expr]:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def draw(root: Path, seed: str) -> list[tuple[Path, int, str]]:
    """Ten lines from ten rooms of *root*; fewer where there are not ten rooms."""
    # Not for secrets: the same commit must draw the same lines.
    dice = random.Random(seed)  # noqa: S311
    open_rooms = [lines for room in rooms(root) if (lines := lines_of(room))]
    chosen = dice.sample(open_rooms, min(LINES, len(open_rooms)))
    return [dice.choice(lines) for lines in chosen]


def commit() -> str:
    words = ["git", "rev-parse", "HEAD"]
    return subprocess.check_output(words, cwd=ROOT, text=True).strip()


def main(words: list[str]) -> int:
    seed = commit()
    drawn = draw(ROOT, seed)
    print(f"Lines of commit {seed[:7]}. Which app and room is each from?\n")
    for place, (path, number, text) in enumerate(drawn, start=1):
        where = f"{path.relative_to(ROOT)}:{number}\n    " if "--answers" in words else ""
        print(f"{place:2}. {where}{text}")
    if len(drawn) < LINES:
        print(f"There are {len(drawn)} rooms, and it takes {LINES}.", file=sys.stderr)
    return 0 if len(drawn) == LINES else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
