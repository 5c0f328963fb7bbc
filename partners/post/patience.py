"""How long one conversation with a mail server may take in all.

The time-out of a socket starts anew with each byte: a server that drips an answer would hold us.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in what is inside after *seconds*.

    By the process's alarm, which only the main thread hears: there all letters are sent. Elsewhere
    the socket's own time-out has to do.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    earlier = signal.signal(signal.SIGALRM, _give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, earlier)


def _give_up(signum: int, frame: FrameType | None) -> None:
    raise TimeoutError("the mail server does not come to an end")
