"""The web as production runs it, its workers to be stopped and killed one by one."""

import contextlib
import http.client
import json
import os
import re
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from northstar.servers.broker import free_port
from tests.faults.conftest import wait_until

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "b" * 32  # any 32 letters do, as long as cookie and form agree


def command(port, config):
    """The image's own, on *port*; *config* is a file of gunicorn's with what a test hooks in."""
    said = re.search(r"^CMD (\[.+\])", (ROOT / "Dockerfile").read_text(), flags=re.M | re.S)[1]
    words = json.loads(said.replace("\\", "").replace("0.0.0.0:8000", f"127.0.0.1:{port}"))
    more = ["--config", str(config)] if config else []
    return [sys.executable, "-m", *words, *more]


@dataclass
class Answer:
    """0 is none at all: the line went dead."""

    status: int
    headers: http.client.HTTPMessage | dict
    text: str
    seconds: float


@dataclass(frozen=True)
class Worker:
    pid: int

    def stop(self):
        """It is there, it holds what it holds, and does nothing."""
        os.kill(self.pid, signal.SIGSTOP)

    def go_on(self):
        os.kill(self.pid, signal.SIGCONT)


class Web:
    """Each request goes over a line of its own and waits as long as a browser would."""

    def __init__(self, start, config=None, **environment):
        self.port = free_port()
        self.process = start(command(self.port, config), DATABASE_POOL="4", **environment)
        assert wait_until(lambda: self.get("/health/").status == 200, seconds=30)
        assert wait_until(lambda: len(self.workers()) == 2)

    def workers(self):
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [Worker(int(child)) for child in children]

    def get(self, path, login=""):
        return self._ask("GET", path, login, None)

    def post(self, path, login, **form):
        return self._ask("POST", path, login, urlencode({"csrfmiddlewaretoken": TOKEN} | form))

    def _ask(self, method, path, login, body):
        headers = {"Cookie": f"{settings.CSRF_COOKIE_NAME}={TOKEN}; {login}"}
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.monotonic()
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        with contextlib.closing(line):
            try:
                line.request(method, path, body, headers)
                answer = line.getresponse()
                text = answer.read().decode()
            except (OSError, http.client.HTTPException):
                return Answer(0, {}, "", time.monotonic() - began)
        return Answer(answer.status, answer.headers, text, time.monotonic() - began)


def log_in(person):
    """The cookie of a login of *person*."""
    client = Client()
    client.force_login(person)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
