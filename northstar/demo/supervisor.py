"""Starts everything the demo consists of, prints one address, and ends it all with Ctrl-C."""

import argparse
import contextlib
import http.client
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from northstar.demo import mail_sink
from northstar.demo.folder import ROOT, Folder, Refused, fingerprint
from northstar.demo.processes import Child, Gone, Watched, say
from northstar.servers import broker, postgres
from northstar.servers.lifeline import Lifeline

SIZES = ["small", "normal", "large"]
GUNICORN = ["--worker-class=gthread", "--workers=1", "--threads=8", "--no-control-socket"]
GUNICORN += ["--graceful-timeout=1", "--timeout=60", "--log-level=warning", "--access-logfile=-"]
GUNICORN += ["--logger-class=northstar.logs.AccessLog"]
GUNICORN += ["--access-logformat=%(m)s %(U)s %(s)s %(M)s ms request=%({x-request-id}o)s"]
PATIENCE_S = 0.7  # of Ctrl-C with the web, worker and beat together
TROUBLE = (Refused, Gone, postgres.EmbeddedServerError)


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="manage.py demo", description="Runs the whole product with made-up data."
    )
    parser.add_argument("--reset", action="store_true", help="throw the data away, start anew")
    parser.add_argument("--size", choices=SIZES, default=os.environ.get("SIZE") or "normal")
    parser.add_argument("--port", type=int, default=None, help="the first port to try (8000)")
    chosen = parser.parse_args(words)
    if chosen.port is None:
        with contextlib.suppress(ValueError):
            chosen.port = int(os.environ.get("PORT") or 8000)
    if chosen.port is None or not 0 < chosen.port < 65536 or chosen.size not in SIZES:
        parser.error("PORT is a number from 1 to 65535, SIZE is small, normal or large.")
    return chosen


class Demo:
    """What runs, in the order it was started."""

    def __init__(self, chosen: argparse.Namespace) -> None:
        self.chosen = chosen
        self.folder = Folder(Path(os.environ.get("DEMO_DIR") or ROOT / ".demo").absolute())
        self.stopping = threading.Event()
        self.servers: list[Watched] = []  # of our own, to be started
        self.watched: list[Watched] = []  # and all that has been
        self.running = contextlib.ExitStack()
        self.environment: dict[str, str] = {}

    def run(self) -> None:
        """Start, wait for Ctrl-C, stop. Raises one of TROUBLE."""
        started = time.monotonic()
        self.folder.take()
        with self.running:
            self.folder.check_room()
            self.lifeline = Lifeline()
            self.running.callback(self.lifeline.close)
            sockets, self.address = self._listen()
            self.folder.note_address(self.address)
            self._settle()
            self._start_servers()
            if not self.stopping.is_set():
                self._start_web(sockets)
            if self._wait_for_first_page():
                self._start_others()
                self._greet(time.monotonic() - started)
            while not self.stopping.wait(0.3):
                for one in self.watched:
                    one.look_after()

    def _listen(self) -> tuple[list[socket.socket], str]:
        """Take the first free port from the wanted one on; the web process gets it as it is."""
        for port in range(self.chosen.port, min(self.chosen.port + 100, 65536)):
            try:
                sockets = list(_bound(port))
            except OSError:
                continue
            if port != self.chosen.port:
                say(f"Port {self.chosen.port} is taken by another program; {port} is used.")
            return sockets, f"http://localhost:{port}/"
        raise Refused(f"No free port from {self.chosen.port} on. Name another: PORT=9000 make demo")

    def _settle(self) -> None:
        """Settle what the processes are told; the servers it names are started after this."""
        folder = self.folder
        if self.chosen.reset:
            folder.empty(but=folder.postgres)
        key = folder.secret_key()
        mail_port = broker.free_port()
        sink = mail_sink.start(folder.mail, lambda text: say(text, "mail"), mail_port)
        self.running.callback(sink.stop)
        self.running.callback(self._stop_all)
        database_url = os.environ.get("DATABASE_URL") or self._own_database()
        redis_url = os.environ.get("REDIS_URL") or self._own_broker()
        self.environment = {
            "DEMO": "1",
            "DEBUG": "0",
            "DEMO_DIR": str(folder.path),
            "SECRET_KEY": key,
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "SITE_URL": self.address.rstrip("/"),
            "STATIC_ROOT": str(folder.static),
            "MEDIA_ROOT": str(folder.media),
            "BEAT_SCHEDULE_FILE": str(folder.path / "beat"),
            "PYTHONUNBUFFERED": "1",
            "PYTHONWARNINGS": "ignore",
        }

    def _own_database(self) -> str:
        server = postgres.PostgreSQL(
            self.folder.postgres, {"synchronous_commit": "off"}, self._repaired
        )
        if self.chosen.reset:
            server.forget()
        self.lifeline.remove(server.scratch)
        self.servers.append(Watched("The database", server, self.lifeline, signal.SIGINT))
        return server.url()

    def _own_broker(self) -> str:
        server = broker.Broker()
        self.lifeline.remove(server.scratch)
        self.servers.append(Watched("The broker", server, self.lifeline))
        return server.url()

    def _repaired(self, text: str) -> None:
        self.folder.prepared.unlink(missing_ok=True)
        say(text)

    def _watch(self, one: Watched) -> None:
        one.start()
        self.watched.append(one)

    def _start_servers(self) -> None:
        """Start the servers and prepare what is kept; files are collected beside the tables."""
        database = self.environment["DATABASE_URL"].split("@")[0]
        mark = fingerprint(self.chosen.size, database)
        preparing = [] if self._is_prepared(mark) else [self._begin("files")]
        for server in self.servers:
            self._watch(server)
        if self._is_prepared(mark):  # asked again: a database that was repaired is an empty one
            return
        preparing.append(self._begin("tables", self.chosen.size))
        while any(one.is_running() for one in preparing) and not self.stopping.wait(0.05):
            pass
        if not self.stopping.is_set():
            if any(one.process is None or one.process.returncode for one in preparing):
                raise Refused("The demo could not be prepared; the lines above say why.")
            self.folder.prepared.write_text(mark)

    def _is_prepared(self, mark: str) -> bool:
        return self.folder.is_prepared(mark) and self.folder.static.exists()

    def _begin(self, what: str, *words: str) -> Child:
        """Begin to prepare files or tables; ends with us at the latest."""
        if what == "files":
            say("Preparing tables, static files and made-up data (once) …")
        child = self._python("demo", "-m", "northstar.demo.prepare", what, *words)
        child.environment = {**child.environment, "STATEMENT_TIMEOUT": "60s", "LOCK_TIMEOUT": "20s"}
        child.start()
        assert child.process is not None
        pid = child.process.pid
        self.lifeline.guard(pid)
        self.running.callback(self.lifeline.release, pid)
        self.running.callback(_end, child)
        return child

    def _python(self, name: str, *words: str) -> Child:
        return Child(name, [sys.executable, *words], self.environment)

    def _start_web(self, sockets: list[socket.socket]) -> None:
        doors = tuple(one.fileno() for one in sockets)
        binds = [f"--bind=fd://{door}" for door in doors]
        web = self._python("web", "-m", "gunicorn", *GUNICORN, *binds, "northstar.wsgi")
        web.open_files = doors
        web.keep = lambda line: " /static/" not in line and " /health/" not in line
        self._watch(Watched("The web process", web, self.lifeline))

    def _start_others(self) -> None:
        """Start what nobody waits for; before the first page, they would only delay it."""
        celery = ["-m", "celery", "-A", "northstar.celery"]
        quiet = {**self.environment, "LOG_LEVEL": "WARNING", "DATABASE_POOL": "0"}
        worker = self._python("worker", *celery, "worker", "--pool=solo", "--loglevel=WARNING")
        worker.command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        beat = self._python("beat", *celery, "beat", "--loglevel=WARNING")
        post = self._python("post", "manage.py", "post")
        worker.environment = beat.environment = post.environment = quiet
        worker.keep = beat.keep = _says_something
        for child in (post, worker, beat):
            self._watch(Watched(f"The {child.name} process", child, self.lifeline))

    def _wait_for_first_page(self, seconds: float = 40.0) -> bool:
        """Whether the web answered; False when it was stopped meanwhile. Raises Refused."""
        port = int(self.address.rstrip("/").rsplit(":", 1)[1])
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not self.stopping.is_set():
            with contextlib.suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
                connection.request("GET", "/health/", headers={"Host": f"localhost:{port}"})
                if connection.getresponse().status == 200:
                    return True
            for one in self.watched:
                one.look_after()
            self.stopping.wait(0.1)
        if self.stopping.is_set():
            return False
        raise Refused("The web server did not answer; the lines above say why.")

    def _greet(self, seconds: float) -> None:
        say("")
        say(f"  Northstar is ready ({seconds:.1f} s):  {self.address}")
        say("")
        say("  Choose who to be on the first page. Every letter lands in the demo's mailbox.")
        say("  Ctrl-C stops everything; the data are kept for the next start.")
        say("")

    def _stop_all(self) -> None:
        for one in self.watched:
            if isinstance(one.server, Child):
                one.server.ask_to_stop()
        deadline = time.monotonic() + PATIENCE_S
        for one in reversed(self.watched):
            if isinstance(one.server, Child):
                one.server.wait_until(deadline)
            one.stop()


def _end(child: Child) -> None:
    if child.is_running():
        child.stop()


def _says_something(line: str) -> bool:
    return not line.startswith((" ", "-", "celery beat", "__", "LocalTime", "Configuration"))


def _bound(port: int) -> Iterator[socket.socket]:
    """Sockets bound to *port* on loopback, in both address families where there are two."""
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            door = socket.socket(family, socket.SOCK_STREAM)
        except OSError:
            continue
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            door.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        try:
            door.bind((host, port))
            door.listen(512)
        except OSError as failure:
            door.close()
            if family == socket.AF_INET6 and failure.errno not in (98, 48):  # no such address here
                continue
            raise
        yield door


def main(words: list[str]) -> int:
    """Run the demo until it is told to stop; 0 when all went well."""
    if sys.platform == "win32":
        print("The demo runs on Linux and macOS. On Windows, use WSL.", file=sys.stderr)
        return 1
    os.chdir(ROOT)
    demo = Demo(_arguments(words))
    asked = [time.monotonic()]

    def stop(number: int, frame: FrameType | None) -> None:
        if not demo.stopping.is_set():
            asked[0] = time.monotonic()
            demo.stopping.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    try:
        demo.run()
    except TROUBLE as trouble:
        print(f"\n{trouble}", file=sys.stderr, flush=True)
        return 1
    say(f"Stopped ({time.monotonic() - asked[0]:.1f} s). The data are kept in {demo.folder.path}.")
    return 0
