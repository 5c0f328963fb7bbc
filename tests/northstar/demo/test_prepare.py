"""What the demo makes ready before its first page: tables, files, data."""

import gc

import pytest

from northstar.demo import prepare
from northstar.demo.data import builder
from partners.models import ClockTick


@pytest.fixture
def done(monkeypatch):
    """What is called instead of done."""
    commands = []
    monkeypatch.setattr(prepare, "call_command", lambda name, **options: commands.append(name))
    monkeypatch.setattr(prepare, "resolve", commands.append)
    monkeypatch.setattr(builder, "build_if_empty", commands.append)
    return commands


@pytest.mark.django_db
def test_tables_are_made_before_the_data(done):
    prepare.main("tables", "small")
    assert done == ["migrate", "createcachetable", "small"]
    assert ClockTick.objects.filter(task="watch").exists()
    assert gc.isenabled()


def test_files_are_collected_and_pages_loaded(done, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "staticfiles.json").touch()
    prepare.main("files")
    assert done == ["collectstatic", "/"]


def test_without_its_files_the_demo_does_not_start(done, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    with pytest.raises(SystemExit, match="static files"):
        prepare.main("files")
