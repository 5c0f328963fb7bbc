import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
GROUPS = {
    "base": PROJECT["project"]["dependencies"],
    "demo": PROJECT["dependency-groups"]["demo"],
    "dev": PROJECT["dependency-groups"]["dev"],
}


def text_of(lock):
    return (ROOT / "requirements" / f"{lock}.txt").read_text()


def pins_of(lock):
    return {line for line in re.findall(r"^([a-z0-9].*?) \\$", text_of(lock), flags=re.M)}


@pytest.mark.parametrize("lock", GROUPS)
def test_a_lock_holds_what_is_declared_in_a_version_that_is_asked_for(lock):
    pinned = {}
    for line in pins_of(lock):
        pin = Requirement(line)
        pinned.setdefault(pin.name, []).append(str(pin.specifier).removeprefix("=="))
    for line in GROUPS[lock]:
        wanted = Requirement(line)
        versions = pinned[canonicalize_name(wanted.name)]
        assert all(wanted.specifier.contains(version) for version in versions), line


@pytest.mark.parametrize("lock", GROUPS)
def test_every_pin_has_a_hash_and_no_lock_names_a_registry(lock):
    blocks = re.split(r"^(?=[a-z0-9])", text_of(lock), flags=re.M)[1:]
    assert len(blocks) == len(pins_of(lock)) > 0
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in text_of(lock)
    assert "--index-url" not in text_of(lock)


def test_what_is_tested_is_what_runs():
    assert pins_of("base") < pins_of("demo") < pins_of("dev")
