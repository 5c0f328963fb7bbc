"""The demo's clock: the real one, moved forward by what .demo/clock says.

Every process of the demo (web, worker, beat) reads the same file, so reminders and surveys come
when the clock is moved past them. Only ever installed when settings.DEMO is on.
"""

import contextlib
import os
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

_real_now = timezone.now
_LOOK_AGAIN_AFTER_S = 0.2
_seen = {"at": 0.0, "mtime": 0.0, "offset_s": 0.0}


def _file() -> Path:
    return Path(settings.DEMO_DIR) / "clock"


def offset() -> timedelta:
    """How far the demo is ahead of the world."""
    at = time.monotonic()
    if at - _seen["at"] > _LOOK_AGAIN_AFTER_S:
        _seen["at"] = at
        _read()
    return timedelta(seconds=_seen["offset_s"])


def _read() -> None:
    try:
        mtime = _file().stat().st_mtime_ns
    except OSError:
        _seen.update(mtime=0.0, offset_s=0.0)
        return
    if mtime != _seen["mtime"]:
        with contextlib.suppress(ValueError):
            _seen.update(offset_s=float(_file().read_text()), mtime=mtime)


def now() -> datetime:
    return _real_now() + offset()


def move_to(moment: datetime) -> None:
    """Set the clock to *moment*; never back, for what has happened has happened."""
    ahead = max((moment - _real_now()).total_seconds(), offset().total_seconds())
    half = _file().with_name(f"clock.{os.getpid()}.{threading.get_ident()}")
    half.write_text(f"{ahead:.3f}")
    half.replace(_file())
    _seen["at"] = 0.0


def install() -> None:
    """Let django.utils.timezone.now tell the demo's time; call before models are loaded."""
    timezone.now = now
