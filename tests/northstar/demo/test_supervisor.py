"""`manage.py demo` for real: first page, every person, a letter, killed workers, Ctrl-C."""

import http.cookiejar
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from northstar.servers import postgres

ROOT = Path(__file__).resolve().parents[3]


class Visitor:
    """A browser without pictures: keeps cookies, fills in the form's token."""

    def __init__(self, address):
        self.address = address.rstrip("/")
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path):
        return self.opener.open(self.address + path, timeout=20).read().decode()

    def post(self, path, form_page="/demo/", **fields):
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(form_page))[1]
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        return self.opener.open(self.address + path, body, timeout=20).read().decode()


def start(folder, *words):
    ours = {"DATABASE_URL", "REDIS_URL", "TESTING", "STATIC_ROOT", "MEDIA_ROOT", "SECRET_KEY"}
    environment = {key: value for key, value in os.environ.items() if key not in ours}
    environment |= {"DEMO_DIR": str(folder), "PORT": "8400", "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        [sys.executable, "manage.py", "demo", "--size=small", *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def read_until(demo, pattern):
    lines = []
    for line in demo.stdout:
        lines.append(line)
        found = re.search(pattern, line)
        if found:
            return found
    raise AssertionError("".join(lines))


def processes_of(folder):
    """Ids of the processes that know the demo's folder from their environment or command."""
    known = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "environ").read_bytes() + (process / "cmdline").read_bytes()
        except OSError:
            continue
        if str(folder).encode() in words and int(process.name) != os.getpid():
            known.append(int(process.name))
    return known


def process_called(folder, word):
    for pid in processes_of(folder):
        if f"\0{word}\0".encode() in Path(f"/proc/{pid}/cmdline").read_bytes():
            return pid
    raise AssertionError(f"no {word}")


def wait_for(ask, seconds=20):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        answer = ask()
        if answer:
            return answer
        time.sleep(0.1)
    raise AssertionError("waited in vain")


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks into /proc")
def test_the_demo_from_its_first_start_to_its_end(tmp_path):
    folder = tmp_path / "demo"
    demo = start(folder)
    try:
        address = read_until(demo, r"is ready.*(http://localhost:\d+/)")[1]
        visitor = Visitor(address)
        everybody_can_be_somebody(visitor)
        a_second_demo_says_where_the_first_is(folder, address)
        letters_arrive_even_when_the_worker_is_killed(visitor, folder)

        told = time.monotonic()
        demo.send_signal(signal.SIGINT)
        rest = demo.stdout.read()
        demo.stdout.close()
        assert demo.wait() == 0
        assert time.monotonic() - told < 10  # two seconds, on a machine that is not busy
        assert "are kept in" in rest
        assert processes_of(folder) == []

        key = (folder / "secret_key").read_text()
        demo = start(folder)
        begun = time.monotonic()
        address = read_until(demo, r"is ready.*(http://localhost:\d+/)")[1]
        assert time.monotonic() - begun < 10
        assert (folder / "secret_key").read_text() == key
        demo.kill()
        wait_for(lambda: processes_of(folder) == [], 8)
    finally:
        demo.kill()
        demo.stdout.close()
        demo.wait()
        data = postgres.PostgreSQL(folder / "postgres", {})
        data.forget()
        data.stop()


def everybody_can_be_somebody(visitor):
    assert "Vem vill du vara?" in visitor.get("/")
    assert "Who do you want to be?" in visitor.get("/en/")
    for persona, name in {
        "member": "Maja Sandberg",
        "contact": "Anders Nygren",
        "lead": "Elin Lundmark",
        "coordinator": "Jonas Wikström",
    }.items():
        visitor.post(f"/demo/bli/{persona}/")
        assert f"Du är {name}." in visitor.get("/")


def a_second_demo_says_where_the_first_is(folder, address):
    second = start(folder)
    said = second.stdout.read()
    second.stdout.close()
    assert second.wait() == 1
    assert "already runs" in said
    assert address in said


def letters_arrive_even_when_the_worker_is_killed(visitor, folder):
    os.kill(process_called(folder, "worker"), signal.SIGKILL)
    visitor.post("/demo/bli/visitor/")
    visitor.post(
        "/logga-in/", form_page="/logga-in/", email="maja.sandberg@norrskenets-bygg.example"
    )
    page = wait_for(lambda: "maja.sandberg@" in (text := visitor.get("/demo/mejl/")) and text)
    assert "inga mejl" not in page.lower()
    visitor.post("/demo/bli/member/")
    visitor.post("/demo/klocka/", form_page="/demo/klocka/", jump="before")
    wait_for(lambda: len(list((folder / "mail").glob("*.eml"))) > 1)
