"""What the demo makes ready before its first page: tables, files, data."""

import pytest

from northstar.demo import prepare
from northstar.demo.data import builder


@pytest.fixture
def done(monkeypatch):
    """What is called instead of done."""
    commands = []
    monkeypatch.setattr(prepare, "call_command", lambda name, **options: commands.append(name))
    monkeypatch.setattr(builder, "build_if_empty", lambda size: commands.append(size))
    return commands


def test_tables_files_and_data_are_made(done, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "staticfiles.json").touch()
    prepare.prepare("small")
    assert set(done) == {"migrate", "createcachetable", "collectstatic", "small"}
    order = [name for name in done if name != "collectstatic"]
    assert order == ["migrate", "createcachetable", "small"]


def test_without_its_files_the_demo_does_not_start(done, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    with pytest.raises(SystemExit, match="static files"):
        prepare.prepare("small")
