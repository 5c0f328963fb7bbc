"""A clock that a test moves for all processes at once: they read one file, as those of the demo do.

It can go back, too, as a clock does that was wrong. Leases are the database's, and never move.
"""

import time
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

real_now = timezone.now
_LOOK_AGAIN_AFTER_S = 0.1


class Clock:
    def __init__(self, path):
        self.path = Path(path)
        self.looked, self.ahead_s = -1.0, 0.0

    def ahead(self):
        """How far it is ahead of the world's."""
        if time.monotonic() - self.looked > _LOOK_AGAIN_AFTER_S:
            self.looked = time.monotonic()
            self.ahead_s = float(self.path.read_text() or 0) if self.path.exists() else 0.0
        return timedelta(seconds=self.ahead_s)

    def now(self):
        return real_now() + self.ahead()

    def move(self, by):
        """Let it be *by* later for everybody who reads the file; negative: earlier."""
        half = self.path.with_suffix(".new")
        half.write_text(str((self.ahead() + by).total_seconds()))
        half.replace(self.path)
        self.looked = -1.0


def install(path):
    """Let timezone.now tell the time of the file at *path*; call before models are loaded."""
    clock = Clock(path)
    timezone.now = clock.now
    return clock
