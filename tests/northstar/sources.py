"""Reads the code as Python would: what each module imports, and what each name stands for."""

import ast
from functools import cached_property
from pathlib import Path

from tests.northstar.house import APPS, HOUSE

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
