"""The clock of the demo: one file that all its processes read, and only ever forward."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from northstar.demo import clock

REAL = datetime(2027, 3, 10, 11, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path, monkeypatch):
    settings.DEMO_DIR = tmp_path
    monkeypatch.setattr(clock, "_real_now", lambda: REAL)
    monkeypatch.setattr(clock, "_LOOK_AGAIN_AFTER_S", -1)
    clock._seen.update(at=0.0, mtime=0.0, offset_s=0.0)
    yield tmp_path
    clock._seen.update(at=0.0, mtime=0.0, offset_s=0.0)


def test_without_a_file_it_is_the_time_of_the_world():
    assert clock.now() == REAL


def test_it_goes_forward_and_never_back(folder):
    clock.move_to(REAL + timedelta(days=7))
    assert clock.now() == REAL + timedelta(days=7)
    clock.move_to(REAL + timedelta(days=2))
    assert clock.now() == REAL + timedelta(days=7)
    assert [path.name for path in folder.iterdir()] == ["clock"]


def test_what_another_process_writes_is_seen_and_nonsense_is_not(folder):
    (folder / "clock").write_text("3600")
    assert clock.offset() == timedelta(hours=1)
    (folder / "clock").write_text("half past")
    os.utime(folder / "clock", ns=(1, 1))
    assert clock.offset() == timedelta(hours=1)
    (folder / "clock").unlink()
    assert clock.offset() == timedelta(0)
