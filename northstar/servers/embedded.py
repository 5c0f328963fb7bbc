"""PostgreSQL and a Redis-compatible server from wheels, for the demo and the tests.

Servers named by DATABASE_URL and REDIS_URL are used as they are; otherwise the embedded ones are
started, and a PostgreSQL found on the machine is the last resort. Nothing here needs root: as root
the database drops to the user "nobody" by itself.
"""

import contextlib
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from northstar.servers.broker import Broker
from northstar.servers.lifeline import Lifeline
from northstar.servers.postgres import PostgreSQL


@dataclass(frozen=True)
class Servers:
    """Addresses of the two servers in use."""

    database_url: str
    redis_url: str


@contextlib.contextmanager
def running(data: Path | None = None, **options: str) -> Iterator[Servers]:
    """Yield addresses of a database and a broker; start what the environment does not name.

    *data* keeps the database for a later start; without it the database is made for this run
    only, in a folder that is removed afterwards, and is not synced to disk.
    """
    with contextlib.ExitStack() as stack:
        lifeline = Lifeline()
        stack.callback(lifeline.close)
        database_url = os.environ.get("DATABASE_URL")
        if not database_url:
            database_url = stack.enter_context(_database(lifeline, data, **options))
        redis_url = os.environ.get("REDIS_URL")
        if not redis_url:
            redis_url = stack.enter_context(_broker(lifeline))
        yield Servers(database_url, redis_url)


@contextlib.contextmanager
def _database(lifeline: Lifeline, data: Path | None, **options: str) -> Iterator[str]:
    folder = data or Path(tempfile.mkdtemp(prefix="ns-data-", dir="/tmp"))
    if data is None:
        options = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"} | options
        lifeline.remove(folder)
    server = PostgreSQL(folder, options)
    lifeline.remove(server.scratch)
    try:
        server.start()
        assert server.process is not None
        lifeline.guard(server.process.pid, signal.SIGINT)
        yield server.url()
    finally:
        server.stop()
        if server.process is not None:
            lifeline.release(server.process.pid)
        if data is None:
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _broker(lifeline: Lifeline) -> Iterator[str]:
    server = Broker()
    lifeline.remove(server.scratch)
    try:
        server.start()
        assert server.process is not None
        lifeline.guard(server.process.pid)
        yield server.url()
    finally:
        server.stop()
        if server.process is not None:
            lifeline.release(server.process.pid)
