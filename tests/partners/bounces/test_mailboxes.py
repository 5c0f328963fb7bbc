"""The ways in: a pipe, a Maildir and an mbox; what was read is marked, and nothing stops them."""

import contextlib
import io
import mailbox
import os
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from partners.bounces import mailboxes, noting
from partners.models import Message
from tests.builders import make_person
from tests.northstar.sources import ROOT
from tests.partners.bounces.test_noting import make_sent
from tests.partners.bounces.test_reading import FILES, letter, sample

GARBAGE = b"\xff\0 no message \r\n\r\n"


@pytest.fixture
def maildir(tmp_path):
    box = mailbox.Maildir(tmp_path / "box")
    for path in FILES:
        box.add(path.read_bytes())
    box.add(GARBAGE)
    return tmp_path / "box"


@pytest.fixture
def mbox(tmp_path):
    box = mailbox.mbox(tmp_path / "box.mbox")
    for path in FILES:
        box.add(path.read_bytes())
    box.close()
    return tmp_path / "box.mbox"


@pytest.fixture
def sent(db):
    return make_sent(make_person("Gun", "gone@granit.example"), letter(1))


def test_every_message_of_a_maildir_is_read_once_and_marked(maildir):
    read = []
    assert mailboxes.read_maildir(maildir, read.append) == len(FILES) + 1
    assert set(read) == {*(path.read_bytes() for path in FILES), GARBAGE}
    assert mailboxes.read_maildir(maildir, read.append) == 0
    assert list((maildir / "new").iterdir()) == []
    assert all(path.name.endswith(":2,S") for path in (maildir / "cur").iterdir())


def test_other_flags_of_a_message_stay(maildir):
    first = sorted((maildir / "new").iterdir())[0]
    first.rename(maildir / "cur" / f"{first.name}:2,F")
    mailboxes.read_maildir(maildir, lambda raw: None)
    assert (maildir / "cur" / f"{first.name}:2,FS").exists()


def test_what_cannot_be_noted_stays_for_the_next_time(maildir):
    def fail(raw):
        raise OperationalError

    with pytest.raises(OperationalError):
        mailboxes.read_maildir(maildir, fail)
    assert len(list((maildir / "new").iterdir())) == len(FILES) + 1


def test_a_link_in_the_maildir_is_not_followed(maildir, tmp_path):
    (tmp_path / "secret").write_text("x")
    (maildir / "new" / "link").symlink_to(tmp_path / "secret")
    assert mailboxes.read_maildir(maildir, lambda raw: None) == len(FILES) + 1


def test_every_message_of_an_mbox_is_read_once_and_marked(mbox):
    read = []
    assert mailboxes.read_mbox(mbox, read.append) == len(FILES)
    assert mailboxes.read_mbox(mbox, read.append) == 0
    with contextlib.closing(mailbox.mbox(mbox)) as box:
        assert len(box) == len(FILES)


def test_an_mbox_that_is_too_large_is_refused(mbox, monkeypatch):
    monkeypatch.setattr(mailboxes, "MOST_MBOX_BYTES", 100)
    with pytest.raises(CommandError, match="empty it first"):
        call_command("bounce", "--mbox", mbox)


@pytest.mark.parametrize("shape", ["maildir", "mbox"])
def test_the_command_notes_all_and_says_how_many(request, sent, shape):
    said = io.StringIO()
    call_command("bounce", f"--{shape}", str(request.getfixturevalue(shape)), stdout=said)
    assert Message.objects.get().state == "bounced"
    lines = said.getvalue().splitlines()
    assert "1 bounced" in lines
    assert "2 an automatic answer" in lines
    assert "@" not in said.getvalue()


def pipe(monkeypatch, raw):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    call_command("bounce")


def test_a_message_from_a_pipe_is_noted(sent, monkeypatch):
    pipe(monkeypatch, sample("postfix-gone"))
    assert Message.objects.get().state == "bounced"


@pytest.mark.django_db
@pytest.mark.parametrize("raw", [b"", GARBAGE, b"x" * 3_000_000])
def test_garbage_from_a_pipe_is_no_failure(monkeypatch, raw):
    pipe(monkeypatch, raw)


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError("gone"), RuntimeError("never thought of")])
def test_what_goes_wrong_with_us_is_tried_again_by_the_mail_server(monkeypatch, error):
    def fail(raw):
        raise error

    monkeypatch.setattr(noting, "note", fail)
    with pytest.raises(SystemExit) as ended:
        pipe(monkeypatch, b"")
    assert ended.value.code == 75


def test_without_a_database_the_process_ends_with_75_and_says_nothing_of_the_message():
    environment = {
        **os.environ,
        "DATABASE_URL": "postgres://nobody:x@127.0.0.1:1/none",
        "DATABASE_POOL": "0",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "bounce"],
        cwd=ROOT,
        env=environment,
        input=sample("postfix-gone"),
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 75
    assert b"granit" not in done.stdout + done.stderr
