from email.message import Message
from importlib import metadata
from pathlib import Path

import pytest

from tools import licences

ROOT = Path(__file__).resolve().parents[2]


def package(name, **said):
    """Metadata as importlib gives them."""
    found = Message()
    found["Name"] = name
    for heading, value in said.items():
        found[heading.replace("_", "-")] = value
    return found


def test_the_portal_says_its_licence_and_carries_it():
    assert (ROOT / "LICENSE").read_text().startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert 'license = "EUPL-1.2"' in (ROOT / "pyproject.toml").read_text()
    assert "LICENSE" in (ROOT / "Dockerfile").read_text()
    assert "!LICENSE\n" in (ROOT / ".dockerignore").read_text()


def test_every_package_may_be_used(capsys):
    assert licences.main() == 0, capsys.readouterr().err


def test_every_lock_is_read_with_the_packages_of_this_machine_alone():
    names = {lock: set(licences.names_in(lock)) for lock in ("base", "demo", "dev")}
    assert {"django", "celery"} <= names["base"] < names["demo"] < names["dev"]
    assert "colorama" not in names["dev"]  # for Windows only
    assert "colorama==" in (ROOT / "requirements" / "dev.txt").read_text()


def test_a_planted_licence_is_named_with_its_package(monkeypatch, capsys):
    real = metadata.metadata
    monkeypatch.setattr(
        metadata,
        "metadata",
        lambda name: (
            package(name, License_Expression="AGPL-3.0-only")
            if name == "django-htmx"
            else real(name)
        ),
    )
    assert licences.main() == 1
    assert "django-htmx: AGPL-3.0-only\n" in capsys.readouterr().err


def test_a_package_that_is_not_installed_is_a_fault(monkeypatch):
    monkeypatch.setattr(licences, "names_in", lambda lock: ["no-such-package"])
    assert licences.main() == 1


def test_nothing_read_is_a_fault(monkeypatch):
    monkeypatch.setattr(licences, "names_in", lambda lock: [])
    assert licences.main() == 1


@pytest.mark.parametrize(
    ("said", "licence"),
    [
        ({"License_Expression": "MIT OR Apache-2.0"}, "MIT OR Apache-2.0"),
        ({"Classifier": "License :: OSI Approved :: BSD License"}, "BSD-3-Clause"),
        ({"License": "New BSD"}, "BSD-3-Clause"),
        ({"License": "Ask my lawyer\nor me"}, "Ask my lawyer"),
        ({}, "unknown"),
    ],
)
def test_a_licence_is_found_wherever_it_is_said(said, licence):
    assert licences.licence_of(package("anything", **said)) == licence


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("unknown", False),
        ("GPL-3.0-or-later", False),
        ("GPL-3.0-or-later OR MIT", True),
        ("GPL-3.0-or-later AND MIT", False),
        ("GPL-3.0-or-later AND (MIT OR BSD-3-Clause)", False),
        ("MIT AND (PSF-2.0 OR BSD-3-Clause)", True),
    ],
)
def test_one_alternative_must_be_allowed_whole(expression, allowed):
    assert licences.is_allowed(expression, licences.COMPATIBLE) is allowed


def test_gpl_may_run_beside_the_portal_and_not_be_handed_out():
    assert licences.is_allowed("GPL-3.0-or-later", licences.ALSO_BESIDE)
    assert not licences.is_allowed("GPL-3.0-or-later", licences.COMPATIBLE)
    assert list(licences.complaints("base", licences.COMPATIBLE)) == []
