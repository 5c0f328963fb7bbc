"""Workers, beats and the broker are killed: no letter is lost, none is sent twice but in flight."""

import asyncio
import itertools
import os
import signal
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache

from northstar.celery import app
from partners.models import Message
from partners.post import claims, pauses
from tests.builders import make_letter, make_person
from tests.faults.conftest import kill, wait_until


def write(number):
    cache.clear()  # no pause is left from another test
    reader = make_person("Ada")
    return [make_letter(reader) for _ in range(number)]


def all_are_sent():
    return not Message.objects.exclude(state="sent").exists()


def test_row_13_killed_in_the_middle_nothing_is_lost(sink, start_worker):
    letters = write(150)
    sink.pause_s = 0.02
    kills = 0
    worker = start_worker()
    for mark in (20, 80):
        assert wait_until(lambda mark=mark: sink.copies.total() >= mark)
        kill(worker)
        kills += 1
        worker = start_worker()
    assert wait_until(all_are_sent)
    assert len(sink.copies) == len(letters)
    assert sink.copies.total() - len(letters) <= kills


def test_row_18_two_workers_and_two_beats_send_each_letter_once(sink, start_worker):
    letters = write(200)
    sink.pause_s = 0.005
    start_worker()
    start_worker()
    assert wait_until(all_are_sent)
    assert len(sink.copies) == len(letters)
    assert set(sink.copies.values()) == {1}


def test_row_16_the_child_is_killed_and_its_master_goes_on(sink, start_worker, tmp_path):
    """As when the kernel kills it for its memory: SIGKILL in the middle of a letter."""
    letters = write(60)
    sink.pause_s = 0.05
    worker = start_worker()
    assert wait_until(lambda: sink.copies.total() >= 5)
    began = time.monotonic()
    os.kill(sender_to(sink.port, worker.pid), signal.SIGKILL)
    assert wait_until(all_are_sent, seconds=65)
    assert time.monotonic() - began < 65
    assert worker.poll() is None, "the master lives"
    assert len(sink.copies) == len(letters)
    assert sink.copies.total() - len(letters) <= 1
    # The worker above has a lease short enough to wait for; this is the real one.
    sweep = app.conf.beat_schedule["deliver letters"]["schedule"]
    assert claims.LEASE + sweep <= timedelta(seconds=65)


def sender_to(port, master):
    """The child of *master* that has a line to *port*."""
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    to_port = {f"socket:[{line[9]}]" for line in lines if line[2].endswith(f":{port:04X}")}
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    [sender] = [child for child in children if to_port & lines_of(child)]
    return int(sender)


def lines_of(process):
    return {os.readlink(line) for line in Path(f"/proc/{process}/fd").iterdir()}


# As `manage.py post`, but with a lease short enough for a test to outlast it three times.
SLEEPER = """
import sys, threading
from datetime import timedelta
import django
from northstar import use_settings
use_settings()
django.setup()
from partners.post import claims, delivery, postman
claims.LEASE = timedelta(seconds=0.5)
delivery.TURN_S = float(sys.argv[1])
postman.go_round(threading.Event())
"""


class Doorkeeper:
    """Keeps the first two senders waiting for the answer to the letter in hand."""

    def __init__(self, sink, name):
        self.name = name
        self.came = [threading.Event(), threading.Event()]
        self.may_go = [threading.Event(), threading.Event()]
        self.number = itertools.count()
        self.left = threading.Event()
        self.take = sink.handle_DATA
        sink.handle_DATA, sink.handle_QUIT = self.handle_DATA, self.handle_QUIT

    async def handle_DATA(self, server, session, envelope):
        answer = await self.take(server, session, envelope)
        if self.name.encode() in envelope.content:
            number = next(self.number)
            self.came[number].set()
            while not self.may_go[number].is_set():
                await asyncio.sleep(0.02)
        return answer

    async def handle_QUIT(self, server, session, envelope):
        self.left.set()
        return "221 bye"


@pytest.mark.parametrize(
    ("turn_s", "refusal"),
    [(1, ""), (60, ""), (60, "530 log in first")],
    ids=["its turn is over", "its turn goes on", "it is refused"],
)
def test_row_17_a_sender_that_slept_leaves_anothers_claim_alone(
    sink, start, start_postman, turn_s, refusal
):
    cache.clear()
    sink.after_data = [refusal] if refusal else []  # what the sleeper hears when it wakes
    first = make_letter(make_person("Ada"))
    others = [make_letter(make_person("Bo")) for _ in range(3)]
    door = Doorkeeper(sink, str(first.message_id))
    command = [sys.executable, "-c", SLEEPER, str(turn_s)]
    sleeper = start(command, REDIS_URL="redis://127.0.0.1:1/0")
    assert door.came[0].wait(15)
    os.kill(sleeper.pid, signal.SIGSTOP)
    slept_of = Message.objects.get(pk=first.pk).claim
    time.sleep(1.5)  # three times the lease
    start_postman()
    assert door.came[1].wait(15)
    in_hand = Message.objects.get(pk=first.pk)
    assert in_hand.claim not in (None, slept_of)

    door.may_go[0].set()
    os.kill(sleeper.pid, signal.SIGCONT)
    assert door.left.wait(15), "the sleeper has gone on, and found nothing to do"
    if refusal:
        assert wait_until(pauses.because), "the refusal is noted"
    now = Message.objects.get(pk=first.pk)
    assert (now.state, now.claim, now.attempts) == ("waiting", in_hand.claim, 2)
    assert sleeper.poll() is None

    cache.clear()  # no pause, if the sleeper was refused
    door.may_go[1].set()
    assert wait_until(all_are_sent)
    assert sink.copies.total() == len(others) + (1 if refusal else 2)
    assert len(sink.copies) == len(others) + 1, "the second copy has the same Message-ID"
