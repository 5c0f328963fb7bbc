"""The product behind gunicorn, and a client that asks it over HTTP."""

import asyncio
import contextlib
import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "b" * 32  # any 32 letters do, as long as cookie and header agree


def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


@contextlib.contextmanager
def gunicorn(**environment):
    """Yield a Web in front of two gthread workers of four threads."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers=2"]
    command += ["--worker-class=gthread", "--threads=4", "--keep-alive=60", "--log-level=error"]
    process = subprocess.Popen(
        [*command, "northstar.wsgi"],
        cwd=ROOT,
        env=os.environ | {"LOG_LEVEL": "ERROR"} | environment,
        start_new_session=True,
    )
    try:
        web = Web(port, process.pid)
        web.wait()
        yield web
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)


class Web:
    def __init__(self, port, pid):
        self.port = port
        self.pid = pid
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def wait(self):
        for _ in range(200):
            with contextlib.suppress(OSError):
                if self.get("/health/")[0] == 200:
                    return
            self.connection.close()
            time.sleep(0.1)
        raise RuntimeError("gunicorn did not answer")

    def get(self, path, cookie=""):
        """(status, body) over a kept connection."""
        self.connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        response = self.connection.getresponse()
        return response.status, response.read()

    def timed(self, path, cookie=""):
        start = time.perf_counter()
        status, body = self.get(path, cookie)
        took = time.perf_counter() - start
        assert status == 200, (path, status, body[:500])
        return took

    def download(self, path, cookie):
        """(seconds to the first byte, seconds in all, bytes, head) without keeping the body."""
        start = time.perf_counter()
        self.connection.request("GET", path, headers={"Cookie": cookie})
        response = self.connection.getresponse()
        assert response.status == 200, response.status
        head = response.read(1 << 16)
        first, size = time.perf_counter() - start, len(head)
        while chunk := response.read(1 << 16):
            size += len(chunk)
        return first, time.perf_counter() - start, size, head

    def workers(self):
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return [int(pid) for pid in children]

    def cpu_seconds(self):
        """Processor time the workers have used up to now."""
        ticks = 0
        for pid in self.workers():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])  # user and system
        return ticks / os.sysconf("SC_CLK_TCK")

    @contextlib.contextmanager
    def memory(self):
        """Yield a list that gets the greatest growth of a worker's memory, in MB."""
        before = {}
        for pid in self.workers():
            Path(f"/proc/{pid}/clear_refs").write_text("5")  # the peak starts anew
            before[pid] = _kilobytes(pid, "VmRSS")
        grown = []
        yield grown
        peaks = [_kilobytes(pid, "VmHWM") - rss for pid, rss in before.items()]
        grown.append(max(peaks) / 1024)


def cookie_of(person):
    """The cookie of somebody who has logged in."""
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return f"{settings.SESSION_COOKIE_NAME}={store.session_key}"


def in_turn(measures, times):
    """Median of each measure, each taken once a round."""
    taken = [[measure() for measure in measures] for _ in range(times)]
    return [statistics.median(column) for column in zip(*taken, strict=True)]


def _kilobytes(pid, name):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1])
    raise LookupError(name)


def post_all_at_once(port, path, cookies):
    """POST as everybody at once; (seconds, statuses). All connections are open before the start."""
    return asyncio.run(_post_all(port, path, cookies))


async def _post_all(port, path, cookies):
    lines = await asyncio.gather(*(asyncio.open_connection("127.0.0.1", port) for _ in cookies))

    async def ask(line, cookie):
        reader, writer = line
        writer.write(
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}; csrf={TOKEN}\r\n"
            f"X-CSRFToken: {TOKEN}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()
        )
        await writer.drain()
        status = int((await reader.readline()).split()[1])
        await reader.read()
        writer.close()
        return status

    start = time.perf_counter()
    statuses = await asyncio.gather(*map(ask, lines, cookies))
    return time.perf_counter() - start, statuses
