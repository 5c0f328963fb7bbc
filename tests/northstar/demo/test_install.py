"""The packages of the demo: installed once, by a Python that is new enough."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from northstar.demo import install

ROOT = Path(__file__).resolve().parents[3]


def test_an_old_python_is_told_so(tmp_path):
    code = (
        "import sys, runpy; sys.version_info = (3, 9); sys.argv = ['install.py', 'x', 'y'];"
        "runpy.run_path('northstar/demo/install.py', run_name='__main__')"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert told.returncode == 1
    assert "Python 3.11 or newer" in told.stderr


def test_what_is_installed_is_not_installed_again(tmp_path, monkeypatch):
    lock = tmp_path / "lock.txt"
    lock.write_text("django==5.2")
    wanted = hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()
    called = []
    monkeypatch.setattr(install.subprocess, "call", lambda command: called.append(command) or 0)

    install.main(str(tmp_path), str(lock))
    assert [command[1:3] for command in called] == [["-m", "venv"], ["-m", "pip"]]
    assert {"--require-hashes", str(lock)} <= set(called[1])
    assert (tmp_path / "installed").read_text() == wanted

    install.main(str(tmp_path), str(lock))
    assert len(called) == 2
    lock.write_text("django==5.3")
    install.main(str(tmp_path), str(lock))
    assert len(called) == 4


def test_a_failed_installation_leaves_no_stamp(tmp_path, monkeypatch, capsys):
    (tmp_path / "lock.txt").touch()
    monkeypatch.setattr(install.subprocess, "call", lambda command: command[2] == "pip")
    with pytest.raises(SystemExit) as end:
        install.main(str(tmp_path), str(tmp_path / "lock.txt"))
    assert end.value.code == 1
    assert "could not be installed" in capsys.readouterr().err
    assert not (tmp_path / "installed").exists()
