"""Ends the processes we started once we are gone ourselves, however we went.

A process that is killed outright cannot tidy up after itself. So a second, tiny process holds the
other end of a pipe: when the pipe closes, it ends what it was told about. Run as a script, this
file is that process; it needs nothing but the standard library.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time

PATIENCE_S = 3.0


class Lifeline:
    """Our end of the pipe."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            cwd="/",
        )

    def guard(self, pid: int, way: signal.Signals = signal.SIGTERM) -> None:
        """End *pid*, the leader of a session, by signal *way* when we are gone."""
        self._tell(f"guard {pid} {int(way)}")

    def release(self, pid: int) -> None:
        self._tell(f"release {pid}")

    def remove(self, folder: object) -> None:
        """Remove the temporary *folder* when we are gone."""
        self._tell(f"remove {folder}")

    def close(self) -> None:
        assert self.process.stdin is not None
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=2 * PATIENCE_S)

    def _tell(self, line: str) -> None:
        assert self.process.stdin is not None
        with contextlib.suppress(OSError):
            self.process.stdin.write(line.encode() + b"\n")
            self.process.stdin.flush()


def is_alive(pid: int) -> bool:
    """Whether process *pid* runs; a permission error means it does, as somebody else's."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _watch() -> None:
    guarded: dict[int, int] = {}
    folders: list[str] = []
    for line in sys.stdin:
        word, _, rest = line.rstrip("\n").partition(" ")
        if word == "guard":
            pid, _, way = rest.partition(" ")
            guarded[int(pid)] = int(way)
        elif word == "release":
            guarded.pop(int(rest), None)
        elif word == "remove":
            folders.append(rest)
    _end(guarded)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def _end(guarded: dict[int, int]) -> None:
    for pid, way in guarded.items():
        with contextlib.suppress(OSError):
            os.kill(pid, way)
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and any(is_alive(pid) for pid in guarded):
        time.sleep(0.05)
    for pid in guarded:
        with contextlib.suppress(OSError):
            os.killpg(pid, signal.SIGKILL)


if __name__ == "__main__":
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    _watch()
