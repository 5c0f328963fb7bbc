"""Reads the house as Python would, and names what breaks its plan (house.py).

A rule is given one source and the house it lies in, and yields a sentence for each breach.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path

from django.db import models

from tests.northstar.house import (
    APPS,
    ATTRIBUTE_BANS,
    BAD_NAMES,
    BANS,
    BUILTIN_BANS,
    FEWEST_IN_A_ROOM,
    FLAT,
    HOUSE,
    HOUSE_RULES,
    KEPT_TO_THEMSELVES,
    LAYERS,
    LONGEST_MODULE,
    MOST_IN_A_HALL,
    MOST_IN_A_ROOM,
    NOT_OVERRIDDEN,
)

ROOT = Path(__file__).resolve().parents[2]


class Source:
    """One module: its full name, its path from the root and what it says."""

    def __init__(self, path: str, text: str) -> None:
        self.path, self.text = path, text
        parts = path.removesuffix(".py").split("/")
        self.is_package = parts[-1] == "__init__"
        self.name = ".".join(parts[:-1] if self.is_package else parts)
        self.tree = ast.parse(text)
        self.nodes = list(ast.walk(self.tree))

    @cached_property
    def imports(self) -> list[tuple[str, str, str]]:
        """What is imported, as (module, name or "", name here), relative ones made absolute."""
        found = []
        for node in self.nodes:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    here = alias.asname or alias.name.partition(".")[0]
                    found.append((alias.name, "", here))
            elif isinstance(node, ast.ImportFrom):
                module = self._absolute(node)
                found += [(module, alias.name, alias.asname or alias.name) for alias in node.names]
        return found

    def _absolute(self, node: ast.ImportFrom) -> str:
        parts = self.name.split(".")
        up = node.level - 1 if self.is_package else node.level
        above = parts[: len(parts) - up] if node.level else []
        return ".".join([*above, *filter(None, [node.module])])

    @cached_property
    def names(self) -> dict[str, str]:
        """The full name of what each imported name stands for."""
        known = {}
        for module, name, here in self.imports:
            if name:
                known[here] = f"{module}.{name}".lstrip(".")
            else:  # `import a.b` binds a; `import a.b as c` binds c to a.b
                known[here] = here if module.partition(".")[0] == here else module
        return known

    @cached_property
    def chains(self) -> list[str]:
        """Every dotted expression that begins with an imported name, in full."""
        return [chain for node in self.nodes if (chain := self.full_name(node))]

    @cached_property
    def strings(self) -> list[ast.Constant]:
        constants = [node for node in self.nodes if isinstance(node, ast.Constant)]
        return [node for node in constants if isinstance(node.value, str)]

    def full_name(self, node: ast.AST) -> str | None:
        """What the expression *node* names in full; None when it begins with no import."""
        if isinstance(node, ast.Name):
            return self.names.get(node.id)
        if isinstance(node, ast.Attribute) and (above := self.full_name(node.value)):
            return f"{above}.{node.attr}"
        return None

    @cached_property
    def said(self) -> set[str]:
        """Every full name that is imported or used."""
        imported = {f"{module}.{name}".strip(".") for module, name, _ in self.imports}
        return imported | set(self.chains)


class House:
    """All sources by their full name."""

    def __init__(self, sources: dict[str, Source]) -> None:
        self.sources = sources

    @classmethod
    def standing(cls) -> "House":
        paths = [
            path
            for app in APPS
            for path in sorted((ROOT / app).rglob("*.py"))
            if "migrations" not in path.parts
        ]
        return cls.of({path.relative_to(ROOT).as_posix(): path.read_text() for path in paths})

    @classmethod
    def of(cls, texts: dict[str, str]) -> "House":
        sources = [Source(path, text) for path, text in texts.items()]
        return cls({source.name: source for source in sources})

    def with_(self, texts: dict[str, str]) -> "House":
        return House(self.sources | House.of(texts).sources)

    def is_room(self, name: str) -> bool:
        app, _, rest = name.partition(".")
        is_module = name in self.sources and not self.sources[name].is_package
        return rest in HOUSE[app].rooms and not is_module

    def module_of(self, name: str) -> str | None:
        """The module of ours in which the full name *name* lies; None when it is not ours."""
        while name and name not in self.sources:
            name = name.rpartition(".")[0]
        return name or None

    def looked_at(self, source: Source) -> set[str]:
        """The modules of ours that *source* imports or reaches through what it imports."""
        found = {self.module_of(name) for name in source.said}
        return {name for name in found if name} - {source.name}


@dataclass(frozen=True)
class Position:
    """Where a module stands. A module of a flat app stands in the room without a name."""

    app: int
    floor: int  # 0 the hall below, 1 the rooms, 2 the hall above
    room: str
    rank: int  # of the part of the hall, or of the layer in the room
    last: str  # the word that gives the layer


def position(name: str, house: House) -> Position:
    app_name, *parts = name.split(".")
    app, number = HOUSE[app_name], APPS.index(app_name)
    if not parts:
        return Position(number, 0, "", -1, "")
    for rank, group in enumerate(app.below):
        if parts[0] in group:
            return Position(number, 0, "", rank, "")
    if parts[0] in app.above:
        return Position(number, 2, "", 0, "")
    room = parts[0] if house.is_room(f"{app_name}.{parts[0]}") else ""
    rank, last = layer_of(parts[1:] if room else parts)
    return Position(number, 1, room, rank, last)


def layer_of(parts: list[str]) -> tuple[int, str]:
    words = [part if part.startswith("__") else part.rpartition("_")[2] for part in parts]
    for rank, layer in enumerate(LAYERS):
        for word in words:
            if word in layer:
                return rank, word
    return 1, ""


def why_not(own: Position, other: Position) -> str:
    """Say why a module at *own* may not look at one at *other*; "" when it may."""
    if other.app > own.app:
        return "reaches to the right"
    if other.floor == 2 and own.floor < 2:
        return "looks up into the hall above"
    if own.floor == 2:
        return ""
    is_elsewhere = own.app != other.app or _are_two_rooms(own, other)
    if other.last in KEPT_TO_THEMSELVES and is_elsewhere:
        return "looks into another room's forms or views"
    if other.last == own.last == "views":
        return "takes one view from another"
    return "" if own.app != other.app else _why_not_within(own, other)


def _are_two_rooms(own: Position, other: Position) -> bool:
    return bool(own.room and other.room) and own.room != other.room


def _why_not_within(own: Position, other: Position) -> str:
    if own.floor != other.floor:
        return "looks up from the hall into a room" if own.floor < other.floor else ""
    if _are_two_rooms(own, other):
        rooms = HOUSE[APPS[own.app]].rooms
        is_right = rooms.index(other.room) > rooms.index(own.room)
        return "looks into a room to the right" if is_right else ""
    return "looks up" if other.rank > own.rank else ""


def wrong_looks(source: Source, house: House) -> Iterator[tuple[str, str, str]]:
    """Yield (who, whom, why not): of apps, floors, rooms and layers."""
    own = position(source.name, house)
    for name in sorted(house.looked_at(source)):
        if why := why_not(own, position(name, house)):
            yield source.name, name, why


def imports_are_plain(source: Source, house: House) -> Iterator[str]:
    """Refuse what hides where a name comes from: relative, starred and borrowed names."""
    for node in source.nodes:
        if isinstance(node, ast.ImportFrom) and node.level:
            yield f"{source.path}:{node.lineno} imports relatively"
    for module, name, _ in source.imports:
        if name == "*":
            yield f"{source.path} imports everything of {module}"
        elif _is_room_or_app(f"{module}.{name}".rstrip("."), house):
            yield f"{source.path} imports a whole room: name the module"
    for full in sorted(source.said):
        yield from _borrowed_or_private(source, house, full)


def _is_room_or_app(name: str, house: House) -> bool:
    return name in APPS or (name.partition(".")[0] in APPS and house.is_room(name))


def _borrowed_or_private(source: Source, house: House, full: str) -> Iterator[str]:
    module = house.module_of(full)
    if module is None or module == source.name:
        return
    name = full.removeprefix(module).lstrip(".").partition(".")[0]
    private = [part for part in [*module.split("."), name] if re.match(r"_[^_]", part)]
    if private:
        yield f"{source.path} takes the private {full}"
    home = house.sources[module]
    if not home.is_package and name in home.names:
        yield f"{source.path} takes {name} from {module}, which has it from {home.names[name]}"


def wider_strings(source: Source, house: House) -> Iterator[str]:
    """Refuse a model to the right named by a text, as in ForeignKey("measures.Measure")."""
    own = APPS.index(source.name.partition(".")[0])
    for node in source.strings:
        found = re.fullmatch(r"([a-z]+)\.[A-Z]\w*", node.value)
        if found and found[1] in APPS[own + 1 :]:
            yield f"{source.path}:{node.lineno} reaches to the right: {node.value}"


def circles(house: House) -> list[str]:
    """The modules that look at each other in a circle, packages that only gather left out."""
    looks = {name: house.looked_at(source) for name, source in house.sources.items()}
    bare = True
    while bare:  # take away who looks at nobody until only circles are left
        bare = {name for name, seen in looks.items() if not seen & looks.keys()}
        looks = {name: seen for name, seen in looks.items() if name not in bare}
    return sorted(looks)


def bans(source: Source, house: House) -> Iterator[tuple[str, str, str]]:
    """Yield (who, the banned name, why): by full name, by attribute, by built-in."""
    for ban in BANS:
        for name in sorted(ban.names):
            if any(said == name or said.startswith(f"{name}.") for said in source.said):
                yield source.name, name, ban.why
    attributes = {node.attr for node in source.nodes if isinstance(node, ast.Attribute)}
    attributes |= {name for _, name, _ in source.imports} | set(_got_by_text(source))
    for ban in ATTRIBUTE_BANS:
        for name in sorted(ban.names & attributes):
            yield source.name, name, ban.why
    loose = {node.id for node in source.nodes if isinstance(node, ast.Name)}
    for name in sorted(BUILTIN_BANS & loose):
        yield source.name, name, "code is written, not made up"
    if any("signals" in said.split(".") for said in source.said):
        yield source.name, "signals", "no receivers: an operation says what happens"


def _got_by_text(source: Source) -> Iterator[str]:
    """The attributes that are read by getattr(thing, "name")."""
    for node in source.nodes:
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "getattr":
            yield from (arg.value for arg in node.args[1:2] if isinstance(arg, ast.Constant))


def allowed(name: str, banned: str) -> bool:
    return any(name in ban.but for ban in [*BANS, *ATTRIBUTE_BANS] if banned in ban.names)


KEPT_CLASSES = (models.Model, models.Manager, models.QuerySet)


def kept_classes() -> Iterator[type]:
    """Yield every model of ours that is loaded, abstract ones too, and what its managers are."""
    for cls in _heirs(models.Model):
        if cls.__module__.partition(".")[0] in APPS:
            yield cls
            for manager in cls._meta.managers:
                yield from (type(manager), type(manager.get_queryset()))


def _heirs(cls: type) -> Iterator[type]:
    for heir in cls.__subclasses__():
        yield heir
        yield from _heirs(heir)


def overridden(cls: type) -> Iterator[str]:
    """Refuse a method of ours, anywhere among the bases, in place of one that Django has."""
    for base in cls.__mro__:
        if base.__module__.partition(".")[0] in APPS:
            for name in sorted(NOT_OVERRIDDEN & vars(base).keys()):
                yield f"{cls.__name__}: {base.__module__}.{base.__qualname__}.{name}"


def overrides(source: Source, house: House) -> Iterator[str]:
    """The same for classes as they are written, loaded or not."""
    classes = [node for node in source.nodes if isinstance(node, ast.ClassDef)]
    by_name = {node.name: node for node in classes}
    for node in classes:
        own = {child.name for child in node.body if isinstance(child, ast.FunctionDef)}
        own |= {child.name for child in node.body if isinstance(child, ast.AsyncFunctionDef)}
        own |= {
            target.id
            for child in node.body
            if isinstance(child, ast.Assign)
            for target in child.targets
            if isinstance(target, ast.Name)
        }
        if own & NOT_OVERRIDDEN and _is_kept(node, source, by_name):
            yield f"{source.path}: {node.name} overrides {sorted(own & NOT_OVERRIDDEN)}"


def _is_kept(node: ast.ClassDef, source: Source, by_name: dict[str, ast.ClassDef]) -> bool:
    for base in node.bases:
        while isinstance(base, ast.Subscript):  # QuerySet["Measure"]
            base = base.value
        if isinstance(base, ast.Name) and base.id in by_name:
            if _is_kept(by_name[base.id], source, by_name):
                return True
        elif issubclass(_loaded(source.full_name(base)), KEPT_CLASSES):
            return True
    return False


def _loaded(full: str | None) -> type:
    module, _, name = (full or "").rpartition(".")
    thing: object = object
    if module:
        try:
            thing = getattr(import_module(module), name)
        except (ImportError, AttributeError):  # a class within a class: of nobody's model
            return object
    return thing if isinstance(thing, type) else object


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
        if app_name in FLAT:
            continue
        yield from (f"{app_name} has no room {room}" for room in app.rooms if room not in rooms)
        yield from (f"{name} has no place in the plan" for name in waiting(app_name, house))
        hall = [name for name in names if name.count(".") == 1 and _is_file(name, house)]
        if len(hall) > MOST_IN_A_HALL:
            yield f"the hall of {app_name} holds {len(hall)}"


def _is_file(name: str, house: House) -> bool:
    return not house.sources[name].is_package


def waiting(app: str, house: House) -> list[str]:
    """The modules of *app* that stand in the hall and belong to neither of its floors."""
    known = set().union(*HOUSE[app].below) | HOUSE[app].above
    names = [name for name in house.sources if name.startswith(f"{app}.")]
    return [
        name
        for name in names
        if name.split(".")[1] not in known and not house.is_room(_first_two(name))
    ]


def _first_two(name: str) -> str:
    return ".".join(name.split(".")[:2])


def _room(name: str, house: House, *, is_large: bool) -> Iterator[str]:
    if name not in house.sources:
        yield f"{name} has no __init__.py"
    inside = [other for other in house.sources if other.startswith(f"{name}.")]
    if any(house.sources[other].is_package for other in inside) and not is_large:
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
