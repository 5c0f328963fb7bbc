"""The demo's processes: started, watched, their lines printed with a name before them."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from northstar.servers.lifeline import Lifeline

_COLOURS = {"web": 36, "worker": 35, "beat": 34, "post": 33, "mail": 32, "demo": 1, "db": 33}
_printing = threading.Lock()


def say(text: str, name: str = "demo") -> None:
    """Print a line with the name of who says it; a closed terminal is no error."""
    label = f"{name:<6} |"
    if sys.stdout.isatty():
        label = f"\x1b[{_COLOURS.get(name, 0)}m{label}\x1b[0m"
    with _printing, contextlib.suppress(OSError, ValueError):
        print(f"{label} {text}", flush=True)


class Server(Protocol):
    """What a process and an embedded server have in common."""

    def start(self) -> None: ...
    def is_running(self) -> bool: ...
    def stop(self) -> None: ...


@dataclass
class Child:
    """One process of the product; what it prints is passed on line by line."""

    name: str
    command: list[str]
    environment: dict[str, str]
    keep: Callable[[str], bool] = lambda line: True
    open_files: tuple[int, ...] = ()
    process: subprocess.Popen[str] | None = None
    last_lines: list[str] = field(default_factory=list)

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command,
            env=os.environ | self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            pass_fds=self.open_files,
        )
        threading.Thread(target=self._pass_on, args=[self.process], daemon=True).start()

    def _pass_on(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        with process.stdout as lines:
            for line in lines:
                self.last_lines = [*self.last_lines[-20:], line.rstrip()]
                if line.strip() and self.keep(line):
                    say(line.rstrip(), self.name)

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def ask_to_stop(self) -> None:
        if self.process is not None and self.is_running():
            self.process.send_signal(signal.SIGTERM)

    def wait_until(self, deadline: float) -> None:
        """Give the process time to end by itself, until *deadline* on the monotonic clock."""
        if self.process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=max(0.0, deadline - time.monotonic()))

    def stop(self) -> None:
        """End the process and everything it started, at once."""
        if self.process is None:
            return
        with contextlib.suppress(OSError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Gone(RuntimeError):
    """A process ended again and again; the text is a sentence for a person."""


@dataclass
class Watched:
    """A server that is started again when it ends by itself, three times in a minute at most."""

    name: str
    server: Server
    lifeline: Lifeline
    way: signal.Signals = signal.SIGTERM
    starts: list[float] = field(default_factory=list)

    def start(self) -> None:
        self.starts = [at for at in self.starts if time.monotonic() - at < 60]
        if len(self.starts) > 3:
            raise Gone(f"{self.name} ended again and again. Its last lines are above.")
        self.starts.append(time.monotonic())
        self.server.start()
        self.lifeline.guard(self._pid(), self.way)

    def look_after(self) -> None:
        """Start the server again if it ended."""
        if not self.server.is_running():
            self.lifeline.release(self._pid())
            say(f"{self.name} ended; it is started again.")
            self.start()

    def stop(self) -> None:
        self.server.stop()
        self.lifeline.release(self._pid())

    def _pid(self) -> int:
        process: subprocess.Popen[str] | None = getattr(self.server, "process", None)
        return process.pid if process else 0
