"""Rules of the house that a machine can keep."""

import ast
import re
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
APPS = ["partners", "learning", "measures", "northstar"]  # imports point left only
MODULES = sorted(
    path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts
)


def app_of(path):
    return path.relative_to(ROOT).parts[0]


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path):
    rank = APPS.index(app_of(path))
    wrong = [
        name
        for name in imports_of(path)
        if name.split(".")[0] in APPS and APPS.index(name.split(".")[0]) > rank
    ]
    assert not wrong, f"{path} reaches to the right: {wrong}"


LAYERS = [
    "models",
    "permissions",
    "mails",
    "ACTIVITY",
    "reports",
    "forms",
    "views",
]


def layer_of(parts):
    """The layer of a dotted name inside an app; tasks and admin stand beside views."""
    name = parts[1] if len(parts) > 1 else ""
    if name in {"tasks", "admin", "urls"} or name.endswith("views"):
        return LAYERS.index("views")
    if name.endswith("forms"):
        return LAYERS.index("forms")
    return LAYERS.index(name) if name in LAYERS else LAYERS.index("ACTIVITY")


@pytest.mark.parametrize(
    "path", [p for p in MODULES if app_of(p) != "northstar"], ids=lambda p: str(p.relative_to(ROOT))
)
def test_layers_inside_an_app_point_one_way(path):
    own = path.relative_to(ROOT).with_suffix("").parts
    wrong = [
        name
        for name in imports_of(path)
        if name.split(".")[0] == own[0]
        and len(name.split(".")) > 1
        and layer_of(name.split(".")) > layer_of(own)
    ]
    assert not wrong, f"{path} looks up at {wrong}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_are_short_and_have_good_names(path):
    assert len(path.read_text().splitlines()) <= 400
    assert path.stem not in {"utils", "helpers", "common", "services"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nobody_overrides_save_or_listens_to_signals_or_calls_delay(path):
    source = path.read_text()
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and path.name != "apps.py":
            methods = {child.name for child in node.body if isinstance(child, ast.FunctionDef)}
            bases = {ast.unparse(base) for base in node.bases}
            if any("Model" in base for base in bases) and not any("Form" in b for b in bases):
                assert not methods & {"save", "delete"}, f"{path}: {node.name}"
    assert not re.search(r"@receiver|post_save|pre_save|\.delay\(|\.apply_async\(", source), path


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_outbox_sends_mail(path):
    sends = re.search(
        r"EmailMessage|EmailMultiAlternatives|send_mail|get_connection", path.read_text()
    )
    assert not sends or path.relative_to(ROOT).as_posix() == "partners/outbox.py"


TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_have_no_inline_script_or_style(path):
    source = path.read_text()
    if "mail" in path.parts:  # letters have no stylesheet to link to
        return
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:|hx-on|\|safe\b", source)
    assert not re.search(r"<script(?![^>]*\bsrc=)", source)


@pytest.mark.parametrize(
    "path",
    [p for p in TEMPLATES if p.name.startswith("_")],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_a_fragment_has_one_root_named_after_its_file(path):
    source = re.sub(r"\{#.*?#\}|\{% (comment).*?endcomment %\}", "", path.read_text(), flags=re.S)
    name = path.stem.lstrip("_").replace("_", "-")
    root = re.search(r"<[a-z]+[^>]*>", source)
    assert root, path
    assert f'id="{name}"' in root.group(), f"{path}: the root is not #{name}"


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run")
