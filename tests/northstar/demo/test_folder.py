"""The folder of the demo: one at a time, with room enough, and what it keeps."""

import json
import os

import pytest

from northstar.demo.folder import Folder, Refused, fingerprint


def test_a_folder_is_taken_by_one_at_a_time(tmp_path):
    first, second = Folder(tmp_path), Folder(tmp_path)
    first.take()
    with pytest.raises(Refused, match="just starting"):
        second.take()
    first.note_address("http://localhost:8000/")
    with pytest.raises(Refused, match="http://localhost:8000/"):
        second.take()
    assert json.loads((tmp_path / "lock").read_text())["pid"] == os.getpid()
    first._lock.close()
    second.take()
    second._lock.close()


def test_too_little_room_is_said_before_anything_is_made(tmp_path, monkeypatch):
    folder = Folder(tmp_path)
    monkeypatch.setattr("northstar.demo.folder.ROOM_NEEDED_MB", 10**9)
    with pytest.raises(Refused, match="Make room"):
        folder.check_room()


def test_a_key_cut_short_is_made_again(tmp_path):
    folder = Folder(tmp_path)
    (tmp_path / "secret_key").write_text("short")
    key = folder.secret_key()
    assert len(key) >= 50
    assert folder.secret_key() == key
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_a_fresh_start_keeps_the_lock_and_what_was_set_aside(tmp_path):
    folder = Folder(tmp_path)
    kept = {"lock", "postgres-set-aside-20270310T110000", "mail"}
    for name in (*kept, "media", "postgres"):
        (tmp_path / name).mkdir()
    (tmp_path / "prepared").write_text("x")
    folder.empty(but=folder.mail)
    assert {path.name for path in tmp_path.iterdir()} == kept


def test_what_was_prepared_counts_for_the_same_files_and_settings_only(tmp_path):
    folder = Folder(tmp_path)
    assert not folder.is_prepared(fingerprint("a"))
    folder.prepared.write_text(fingerprint("a"))
    assert folder.is_prepared(fingerprint("a"))
    assert not folder.is_prepared(fingerprint("b"))
    assert fingerprint("a", "b") != fingerprint("ab")
