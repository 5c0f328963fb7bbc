"""Names what breaks the plan of the house (house.py) in who looks at whom and uses what.

A rule is given one source and the house it lies in, and yields a sentence for each breach.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

from django.apps import apps
from django.db import models

from tests.northstar.house import (
    APPS,
    ATTRIBUTE_BANS,
    BANS,
    BUILTIN_BANS,
    HOUSE,
    KEPT_TO_THEMSELVES,
    LAYERS,
    NOT_OVERRIDDEN,
)
from tests.northstar.sources import House, Source


@dataclass(frozen=True)
class Position:
    """Where a module stands."""

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
        if module.partition(".")[0] == "tests":
            yield f"{source.path} imports {module} of the tests"
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
    """Refuse what lies to the right named by a text: "measures.Measure", "measures.urls"."""
    own = APPS.index(source.name.partition(".")[0])
    for node in source.strings:
        app, _, rest = node.value.partition(".")
        if app in APPS[own + 1 :] and re.fullmatch(r"\w+(\.\w+)*", rest):
            is_module = "." in (house.module_of(node.value) or "")
            if is_module or re.fullmatch(r"[A-Z]\w*", rest):
                yield f"{source.path}:{node.lineno} reaches to the right: {node.value}"


def reaches_back(source: Source, house: House) -> Iterator[str]:
    """Refuse the other end of a relation that an app to the right has: session.measures."""
    own = APPS.index(source.name.partition(".")[0])
    for node in source.nodes:
        for path in _paths(node):
            name = path.partition("__")[0]
            if OTHER_ENDS.get(name, own) > own:
                yield f"{source.path}:{node.lineno} reaches to the right: {path}"


def _paths(node: ast.AST) -> Iterator[str]:
    """The names in *node* that may be a relation: x.name, name__x=…, Count("name")."""
    if isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.Call):
        yield from (word.arg for word in node.keywords if word.arg and "__" in word.arg)
        if ast.unparse(node.func).rpartition(".")[2] in TAKE_PATHS:
            texts = (arg.value for arg in node.args if isinstance(arg, ast.Constant))
            yield from (text.lstrip("-") for text in texts if isinstance(text, str))


def _other_ends() -> dict[str, int]:
    """The names of the other ends of relations, and the place in APPS of the app that has them."""
    found: dict[str, int] = {}
    for model in apps.get_models():
        for relation in model._meta.related_objects:
            own, other = model._meta.app_label, relation.related_model._meta.app_label
            if own in APPS and other in APPS and own != other and not relation.hidden:
                for name in {relation.name, relation.get_accessor_name()}:
                    found[name] = min(APPS.index(other), found.get(name, len(APPS)))
    return found


OTHER_ENDS = _other_ends()
TAKE_PATHS = {
    *{"Avg", "Count", "F", "Max", "Min", "OuterRef", "Prefetch", "Sum"},
    *{"only", "order_by", "prefetch_related", "select_related", "values", "values_list"},
}


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
