"""The embedded servers together: never left running."""

import os
import signal
import subprocess
import sys
import time

from northstar.servers import embedded
from northstar.servers.lifeline import is_alive

OWNER = """
import sys, time
from northstar.servers import embedded
with embedded.running() as servers:
    print(servers.database_url, flush=True)
    time.sleep(600)
"""


def test_nothing_is_left_when_the_owner_is_killed_outright():
    environment = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER], env=environment, stdout=subprocess.PIPE, text=True
    )
    with owner.stdout:
        folder = owner.stdout.readline().split("@")[1].split(":")[0].replace("%2F", "/")[:-2]
    family = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(owner.pid)], capture_output=True, text=True, check=True
    )
    children = [int(pid) for pid in family.stdout.split()]
    assert len(children) == 3  # database, broker, lifeline
    assert os.path.isdir(folder)

    owner.send_signal(signal.SIGKILL)
    owner.wait()

    deadline = time.monotonic() + 8
    while time.monotonic() < deadline and (
        any(is_alive(pid) for pid in children) or os.path.isdir(folder)
    ):
        time.sleep(0.05)
    assert not any(is_alive(pid) for pid in children)
    assert not os.path.isdir(folder)


def test_servers_that_are_named_are_used_as_they_are(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://here/x")
    monkeypatch.setenv("REDIS_URL", "redis://there/0")
    with embedded.running() as servers:
        assert servers == embedded.Servers("postgres://here/x", "redis://there/0")
