"""The demo's folder: one demo at a time, what it needs to start, and what it keeps."""

import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import shutil
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[2]
ROOM_NEEDED_MB = 300


class Refused(RuntimeError):
    """The demo cannot start; the text says why and what helps."""


class Folder:
    """The folder that keeps the demo between two starts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.postgres = path / "postgres"
        self.mail = path / "mail"
        self.media = path / "media"
        self.static = path / "static"
        self.prepared = path / "prepared"
        self._lock: IO[str] | None = None

    def take(self) -> None:
        """Take the folder for this process. Raises Refused, with the address of who has it."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock = (self.path / "lock").open("a+")
        except OSError as failure:
            raise Refused(
                f"The folder {self.path} cannot be written ({failure.strerror}). "
                "Give yourself the right to write there, or name another: DEMO_DIR=/some/folder"
            ) from failure
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as held:
            with lock:
                lock.seek(0)
                said = lock.read()
            with contextlib.suppress(ValueError):
                other = json.loads(said)
                raise Refused(
                    f"The demo already runs: {other['address']} (process {other['pid']}). "
                    "Use that one, or stop it with Ctrl-C where it was started."
                ) from held
            raise Refused("Another demo is just starting here. Wait for its address.") from held
        self._lock = lock
        self.note_address("")

    def note_address(self, address: str) -> None:
        """Write who holds the folder, for the second one who asks; "" while not known."""
        assert self._lock is not None
        self._lock.seek(0)
        self._lock.truncate()
        if address:
            self._lock.write(json.dumps({"address": address, "pid": os.getpid()}))
        self._lock.flush()

    def check_room(self) -> None:
        free_mb = shutil.disk_usage(self.path).free // 2**20
        if free_mb < ROOM_NEEDED_MB:
            raise Refused(
                f"The disk of {self.path} has {free_mb} MB left and the demo needs "
                f"{ROOM_NEEDED_MB}. Make room, or name a folder elsewhere: DEMO_DIR=/some/folder"
            )

    def empty(self, but: Path | None = None) -> None:
        """Throw away everything the demo keeps, but not the lock, nor what was set aside."""
        for path in self.path.iterdir():
            if path.name == "lock" or path == but or "-set-aside-" in path.name:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def secret_key(self) -> str:
        """A random key, made at the first start and kept, readable by its owner only."""
        path = self.path / "secret_key"
        with contextlib.suppress(FileExistsError):
            half = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            os.write(half, secrets.token_urlsafe(48).encode())
            os.close(half)
        key = path.read_text()
        if len(key) < 50:
            path.unlink()
            return self.secret_key()
        return key

    def is_prepared(self, fingerprint: str) -> bool:
        return self.prepared.exists() and self.prepared.read_text() == fingerprint


def fingerprint(*settings: str) -> str:
    """What a prepared database and the static files depend on: our files, and *settings*."""
    digest = hashlib.sha256("\0".join(settings).encode())
    sources = [path for path in ROOT.glob("*/migrations/*.py")]
    sources += [path for path in (ROOT / "static").rglob("*") if path.is_file()]
    sources += [ROOT / "requirements" / "demo.txt", *(ROOT / "northstar" / "demo").glob("*.py")]
    for path in sorted(sources):
        about = path.stat()
        digest.update(f"{path}:{about.st_size}:{about.st_mtime_ns}\n".encode())
    return digest.hexdigest()
