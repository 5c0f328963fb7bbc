"""The processes of the demo: their lines passed on, and started again when they end."""

import signal
import sys
import time

import pytest

from northstar.demo.processes import Child, Gone, Watched, say


class Guard:
    """A lifeline that notes what it is told."""

    def __init__(self):
        self.told = []

    def guard(self, pid, way):
        self.told.append(("guard", pid, way))

    def release(self, pid):
        self.told.append(("release", pid))


class Server:
    """A server that ends when one says so."""

    process = None
    is_up = False

    def start(self):
        self.is_up = True

    def is_running(self):
        return self.is_up

    def stop(self):
        self.is_up = False


def all_is_passed_on(child):
    deadline = time.monotonic() + 5
    while not child.process.stdout.closed and time.monotonic() < deadline:
        time.sleep(0.01)
    assert child.process.stdout.closed


def test_a_line_stands_after_the_name_of_who_says_it(capsys):
    say("ready", "web")
    assert capsys.readouterr().out == "web    | ready\n"


def test_a_child_passes_on_the_lines_it_should_and_keeps_its_last(capsys, monkeypatch):
    code = "import os; print('one'); print('two'); print(os.environ['WORD'])"
    child = Child("web", [sys.executable, "-c", code], {"WORD": "three"}, lambda x: "two" not in x)
    child.start()
    child.wait_until(time.monotonic() + 10)
    all_is_passed_on(child)
    assert child.last_lines == ["one", "two", "three"]
    assert not child.is_running()
    assert capsys.readouterr().out == "web    | one\nweb    | three\n"


def test_a_child_ends_when_it_is_asked_to():
    child = Child("web", [sys.executable, "-c", "import time; time.sleep(60)"], {})
    child.start()
    assert child.is_running()
    child.ask_to_stop()
    child.wait_until(time.monotonic() + 10)
    assert child.process.returncode == -signal.SIGTERM
    all_is_passed_on(child)


def test_a_server_that_ends_is_started_again_and_not_for_ever():
    guard, server = Guard(), Server()
    watched = Watched("db", server, guard, signal.SIGINT)
    watched.start()
    watched.look_after()
    assert guard.told == [("guard", 0, signal.SIGINT)]
    for _time in range(3):
        server.stop()
        watched.look_after()
        assert server.is_running()
    server.stop()
    with pytest.raises(Gone, match="db ended again and again"):
        watched.look_after()


def test_a_server_that_ended_long_ago_may_end_again():
    watched = Watched("db", Server(), Guard())
    watched.starts = [time.monotonic() - 61] * 4
    watched.start()
    assert len(watched.starts) == 1
