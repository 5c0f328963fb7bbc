"""What mirrors the code: templates and tests, by the plan of the house (house.py)."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.northstar.house import APPS, HOUSE, OF_ALL_LISTS, WITHOUT_TESTS
from tests.northstar.sources import ROOT, House, Source

INCLUDES = re.compile(r"{%\s*(?:include|extends)\s+([^\s%]+)")
LINKS = re.compile(r"{%\s*(?:url|url_if_any|nav_link)\b")


def templates() -> dict[str, str]:
    """Every page, by its path below templates/."""
    folder = ROOT / "templates"
    paths = sorted(folder.rglob("*.html"))
    return {path.relative_to(folder).as_posix(): path.read_text() for path in paths}


def app_and_room(path: str) -> tuple[str, str]:
    """The app and the room ("" in the hall) of a template; what lies loose is the shell's."""
    parts = path.split("/")
    app = parts[0] if parts[0] in APPS else "northstar"
    return app, parts[1] if len(parts) > 2 and parts[1] in HOUSE[app].rooms else ""


def may_show(own: tuple[str, str], other: tuple[str, str]) -> bool:
    """Say whether what stands at *own* may show a template at *other*: the hall shows all."""
    if own[0] != other[0]:
        return False
    rooms = HOUSE[own[0]].rooms
    return not own[1] or not other[1] or rooms.index(other[1]) <= rooms.index(own[1])


def _may_include(own: tuple[str, str], other: tuple[str, str], name: str) -> bool:
    """As may_show; and the parts that all lists have in common, for each app that takes them in."""
    is_left = APPS.index(other[0]) < APPS.index(own[0])
    is_of_all_lists = own[1] == other[1] == "intake" and name in OF_ALL_LISTS
    return (is_of_all_lists and is_left) or may_show(own, other)


def inline_code(path: str, text: str) -> Iterator[str]:
    if "mail" in path.split("/"):  # letters have no stylesheet to link to
        return
    found = re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:|hx-on|\|safe\b", text)
    found = found or re.search(r"<script(?![^>]*\bsrc=)", text)
    if found:
        yield f"{path} has {found.group().strip()} in a line"


def fragment_root(path: str, text: str) -> Iterator[str]:
    """Refuse a fragment whose first element is not named after its file."""
    stem = PurePosixPath(path).stem
    if not stem.startswith("_"):
        return
    text = re.sub(r"\{#.*?#\}|\{% (comment).*?endcomment %\}", "", text, flags=re.S)
    name = stem.lstrip("_").replace("_", "-")
    root = re.search(r"<[a-z]+[^>]*>", text)
    if root is None or f'id="{name}"' not in root.group():
        yield f"{path}: the root is not #{name}"


def includes(path: str, text: str) -> Iterator[str]:
    """Refuse to include what is neither a component nor a neighbour to the left."""
    for said in INCLUDES.findall(text):
        other = said.strip("\"'")
        if other == said:
            yield f"{path} includes whatever {said} is"
        elif path.startswith("components/") and not other.startswith("components/"):
            yield f"{path} is a leaf and includes {other}"
        elif other.startswith("components/") or "/" not in other:
            continue
        elif not _may_include(app_and_room(path), app_and_room(other), PurePosixPath(other).stem):
            yield f"{path} includes {other}"


def has_its_room(path: str, house: House) -> bool:
    """Say whether the template at *path* lies in the folder of a room, where there are rooms."""
    app, *folders = path.split("/")[:-1] or [""]
    if app not in APPS or folders[:1] == ["mail"]:
        return True
    return len(folders) == 1 and f"{app}.{folders[0]}" in house.sources


def component_that_links(path: str, text: str) -> str:
    """The name of a component that leads to a page; "" for leaves and for all else."""
    is_component = path.startswith("components/")
    return PurePosixPath(path).stem if is_component and LINKS.search(text) else ""


def pages_shown(source: Source, house: House) -> Iterator[str]:
    """Refuse a module that shows a page of another app, or of a room to the right."""
    parts = source.name.split(".")
    room = parts[1] if len(parts) > 2 and house.is_room(".".join(parts[:2])) else ""
    texts = {node.value for node in source.strings if node.value.endswith(".html")}
    for page in sorted(texts):
        is_ours = page.partition("/")[0] in APPS
        if is_ours and not may_show((parts[0], room), app_and_room(page)):
            yield f"{source.path} shows {page}"


def tests_of_apps() -> list[str]:
    paths = [path for app in APPS for path in (ROOT / "tests" / app).rglob("test_*.py")]
    return sorted(path.relative_to(ROOT).as_posix() for path in paths)


def has_its_module(path: str, house: House) -> bool:
    """Say whether the test at *path* lies where the module it names does."""
    return _module(path) in house.sources


def untried(house: House, tests: list[str]) -> set[str]:
    """The modules of rooms that no test of *tests* is named after; pages and forms are walked."""
    named = {_module(path) for path in tests}
    inside = [name for name, one in house.sources.items() if not one.is_package]
    modules = {name for name in inside if name.count(".") > 1 and house.is_room(_room(name))}
    return {name for name in modules - named if not name.endswith(WITHOUT_TESTS)}


def _room(name: str) -> str:
    return name.rpartition(".")[0]


def _module(path: str) -> str:
    app, *folders, file = path.removeprefix("tests/").removesuffix(".py").split("/")
    return ".".join([app, *folders, file.removeprefix("test_")])


def homeless_code() -> list[str]:
    """The modules that lie in no app, are no tests and no commands for who works on the portal."""
    known = {*APPS, "tests", "tools", ".venv", ".venv-demo", ".demo"}
    folders = [path for path in ROOT.iterdir() if path.is_dir() and path.name not in known]
    paths = [path for folder in folders for path in folder.rglob("*.py")]
    return sorted(path.relative_to(ROOT).as_posix() for path in [*paths, *ROOT.glob("*.py")])
