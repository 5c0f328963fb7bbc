"""Who ends what we started: a small process at the other end of a pipe."""

import signal
import subprocess
import sys

import pytest

from northstar.servers.lifeline import Lifeline, is_alive

WAITS = "import time; time.sleep(600)"
TELLS = """
import signal, sys, time
signal.signal(signal.SIGINT, lambda *_: sys.exit(7))
print("ready", flush=True)
time.sleep(600)
"""


@pytest.fixture
def started():
    """Processes that are ended after the test, whatever it does."""
    running = []

    def start(code):
        process = subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, start_new_session=True
        )
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.wait()
        process.stdout.close()


def test_what_is_guarded_ends_with_us_in_its_own_way(started, tmp_path):
    lifeline, guarded = Lifeline(), started(TELLS)
    guarded.stdout.readline()
    (tmp_path / "scratch").mkdir()
    lifeline.guard(guarded.pid, signal.SIGINT)
    lifeline.remove(tmp_path / "scratch")
    assert is_alive(guarded.pid)
    lifeline.close()
    assert guarded.wait(timeout=5) == 7
    assert not (tmp_path / "scratch").exists()


def test_what_is_released_goes_on(started):
    lifeline, released = Lifeline(), started(WAITS)
    lifeline.guard(released.pid)
    lifeline.release(released.pid)
    lifeline.close()
    assert released.poll() is None


def test_a_process_that_has_ended_is_not_alive(started):
    process = started("pass")
    process.wait()
    assert not is_alive(process.pid)
