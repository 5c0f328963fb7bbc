"""The packages of the demo: installed once, by a Python that is new enough."""

import hashlib
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

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


LOCK = """\
amqp==5.4 \\
    --hash=sha256:1a
brotli==1.2 ; python_version > "3" \\
    --hash=sha256:2a \\
    --hash=sha256:2b
celery==5.7 \\
    --hash=sha256:3a
django==5.2 \\
    --hash=sha256:4a
"""


class Commands:
    """What is run instead of run: each command, and whether it goes well."""

    def __init__(self, monkeypatch, fails=lambda command: False):
        self.run, self.fails = [], fails
        monkeypatch.setattr(install.subprocess, "call", self)
        monkeypatch.setattr(install.subprocess, "Popen", self.begin)

    def __call__(self, command, **options):
        self.run.append(command)
        folder = Path(command[-1])
        if "venv" in command:
            folder.mkdir(exist_ok=True)
        return int(self.fails(command))

    def begin(self, command, **options):
        end = self(command)
        return SimpleNamespace(wait=lambda: end)


@pytest.fixture
def folders(tmp_path):
    lock = tmp_path / "lock.txt"
    lock.write_text(LOCK)
    return str(tmp_path / "venv"), lock


def test_packages_are_installed_a_few_at_a_time_each_with_its_hashes(folders, monkeypatch):
    folder, lock = folders
    commands = Commands(monkeypatch)
    install.main(folder, str(lock))
    venv, *pips = commands.run
    assert "--without-pip" in venv
    assert len(pips) == install.AT_ONCE == 3
    assert all({"--require-hashes", "--no-deps"} < set(command) for command in pips)
    assert {command[:5][-1] for command in pips} == {f"{folder}/bin/python"}
    texts = [Path(command[-1]).read_text() for command in pips]
    assert [text.split("==")[0] for text in texts] == ["amqp", "brotli", "celery"]
    assert sorted("".join(texts).splitlines()) == sorted(LOCK.splitlines())


def test_what_is_installed_is_not_installed_again(folders, monkeypatch):
    folder, lock = folders
    wanted = hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()
    commands = Commands(monkeypatch)
    install.main(folder, str(lock))
    assert Path(folder, "installed").read_text() == wanted
    done = len(commands.run)
    install.main(folder, str(lock))
    assert len(commands.run) == done
    lock.write_text(LOCK.replace("5.2", "5.3"))
    install.main(folder, str(lock))
    assert len(commands.run) == 2 * done


@pytest.mark.parametrize("missing", ["--without-pip", "--python"])
def test_without_a_pip_for_others_the_environment_has_its_own(missing, folders, monkeypatch):
    folder, lock = folders
    commands = Commands(monkeypatch, fails=lambda command: missing in command)
    install.main(folder, str(lock))
    venv, pip = commands.run[-2:]
    assert venv[1:] == ["-m", "venv", "--clear", folder]
    assert pip[:3] == [f"{folder}/bin/python", "-m", "pip"]
    assert pip[-2:] == ["-r", str(lock)]
    assert Path(folder, "installed").exists()


def test_a_failed_installation_leaves_no_stamp(folders, monkeypatch, capsys):
    folder, lock = folders
    Commands(monkeypatch, fails=lambda command: "pip" in command)
    with pytest.raises(SystemExit) as end:
        install.main(folder, str(lock))
    assert end.value.code == 1
    assert "could not be installed" in capsys.readouterr().err
    assert not Path(folder, "installed").exists()
