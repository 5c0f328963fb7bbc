"""gunicorn's configuration of a web that dies once, between a commit and its answer."""

import os
import signal
from pathlib import Path


def post_worker_init(worker):
    from learning.places import registration  # noqa: PLC0415 (there are no models before)

    register = registration.register

    def register_and_die(*args, **kwargs):
        place = register(*args, **kwargs)
        flag = Path(os.environ["DIES_WHEN_THERE_IS"])
        if flag.exists():
            flag.unlink()
            os.kill(os.getpid(), signal.SIGKILL)
        return place

    registration.register = register_and_die
