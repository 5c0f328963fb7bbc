"""A storm: letters of all kinds leave by real workers, and all that can break breaks at random.

The suite has it at a small size, `make faults` at full size: see __main__.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from datetime import timedelta

import redis
from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from partners.models import ClockTick, Message
from partners.post import outbox
from tests.faults.conftest import Sink

MESSAGE_ID = re.compile(rb"^Message-ID: <([^@>]+)@", re.MULTILINE | re.IGNORECASE)

# A worker with its own beat, a clock that can be moved, and waits short enough for a storm.
WORKER = """
import os
from tests.faults import moved_clock
moved_clock.install(os.environ["MOVED_CLOCK"])
from datetime import timedelta
import django
from northstar.celery import SWEEP, app
django.setup()
from django.conf import settings
from partners import tasks
from partners.post import claims, pauses
settings.EMAIL_TIMEOUT = 2
claims.LEASE = timedelta(seconds=%d)
pauses.PAUSES_S = [0.5]
tasks.SENDS_FOR = timedelta(seconds=2)
for entry in app.conf.beat_schedule.values():
    if entry["schedule"] == SWEEP:
        entry["schedule"] = timedelta(seconds=1)
app.worker_main(["worker", "-B", "-c", "1", "--loglevel", "WARNING", "--without-mingle",
                 "--without-gossip"])
"""
LEASE_S = 3
WORKER = WORKER.replace("%d", str(LEASE_S))


def calmly(ask):
    """Do *ask*, again until the database answers."""

    deadline = time.monotonic() + 60
    while True:
        try:
            return ask()
        except (OperationalError, InterfaceError, ValidationError):
            if time.monotonic() > deadline:
                raise
            connection.close()
            time.sleep(0.1)


SWEEPS = ["remind", "gather", "send_mailings"]  # that write and move letters

MOST_S = 20  # between one thing that breaks and the next

MOST = 0.9  # of the letters have left when the storm is over


class Storm:
    """What breaks, and how often letters in hand may have come twice for it."""

    def __init__(self, work, sink, scissors, broker, clock, *, start, restart_database, dice):
        self.work, self.sink, self.scissors, self.broker = work, sink, scissors, broker
        self.clock, self.dice = clock, dice
        self.start, self.restart_database = start, restart_database
        self.workers = []
        self.in_hand = 0
        self.broke = defaultdict(int)
        self.says = lambda: None  # how far it is, after each round

    def start_worker(self):
        beat = tempfile.mktemp(prefix="storm-beat-")
        self.workers.append(
            self.start(
                [sys.executable, "-c", WORKER],
                REDIS_URL=self.broker.url(),
                BEAT_SCHEDULE_FILE=beat,
                MOVED_CLOCK=str(self.clock.path),
            )
        )

    def kill_worker(self):
        worker = self.workers.pop(self.dice.randrange(len(self.workers)))
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        self.in_hand += 1
        self.start_worker()

    def freeze_worker(self):
        """For longer than the lease: somebody else takes what it had."""
        worker = self.dice.choice(self.workers)
        os.killpg(worker.pid, signal.SIGSTOP)
        time.sleep(4)
        os.killpg(worker.pid, signal.SIGCONT)
        self.in_hand += 1

    def end_worker(self):
        """As in a deploy: told to stop it sends what it has in hand, and a new one comes."""
        worker = self.workers.pop(0)
        worker.send_signal(signal.SIGTERM)
        try:
            worker.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
            self.in_hand += 1
        self.start_worker()

    def kill_broker(self):
        self.broker.process.kill()
        self.broker.process.wait()
        self.broker.start()

    def flush_broker(self):

        redis.Redis.from_url(self.broker.url()).flushall()

    def break_database(self):
        self.in_hand += len(self.workers)
        self.restart_database()

    def refuse_all(self):
        self.answer("421 closing for now", 3)

    def refuse_for_now(self):
        self.answer("450 greylisted", 4)

    def refuse_for_good(self):
        self.answer("550 no such user", 2)

    def answer(self, words, number):
        """What so many people's next letters are answered."""
        for person in self.dice.sample(self.work.people, number):
            self.sink.answers[person.email] = [words]

    def refuse_content(self):
        self.sink.after_data = ["451 not now"]

    def stall(self):
        self.sink.hangs += 1
        self.in_hand += 1

    def cut(self):
        """In the middle of the next letter."""
        self.scissors.cuts = 0

    def jump(self):
        """An hour on, and back again: nothing may go twice."""
        self.clock.move(timedelta(hours=1))
        time.sleep(1.5)
        self.clock.move(timedelta(hours=-1))

    def all_that_breaks(self):
        return [
            self.kill_worker,
            self.end_worker,
            self.kill_broker,
            self.flush_broker,
            self.break_database,
            self.refuse_all,
            self.refuse_for_now,
            self.refuse_for_good,
            self.refuse_content,
            self.stall,
            self.cut,
            self.jump,
        ]

    def blow(self, breaks, *, expected, between, rounds=None):
        """Break one thing after the other, each once in *rounds*, and decide things meanwhile.

        Until most letters have left, where no *rounds* are given. After each some letters have to
        leave, *between* of them; or MOST_S go by.
        """
        decisions = self.work.decisions_to_come()
        step = MOST / (len(decisions) + 1)
        self.has_gone_on(1, 60)
        while rounds or (rounds is None and len(self.sink.came) < MOST * expected):
            rounds = rounds and rounds - 1
            for one in self.dice.sample(breaks, len(breaks)):
                left = MOST - len(self.sink.came) / expected
                if decisions and left < len(decisions) * step:
                    calmly(decisions.pop(0))
                self.broke[one.__name__] += 1
                calmly(one)
                self.has_gone_on(between, MOST_S)
            self.says()
            if self.is_over():
                break
        for decide in decisions:
            calmly(decide)

    def is_over(self):

        return calmly(lambda: self.work.is_over(timezone.now()))

    def has_gone_on(self, number, most_s):
        """Wait until so many more letters have come, or none is to come now."""
        deadline = time.monotonic() + most_s
        came = len(self.sink.came)
        while len(self.sink.came) < came + number and time.monotonic() < deadline:
            time.sleep(0.05)
            if self.is_over():
                return

    def calm(self, *, days=20):
        """Let everything be well, and days go by, until nothing waits."""

        self.sink.answers.clear()
        for _day in range(days):
            self.settle()
            if not calmly(lambda: Message.objects.filter(state="waiting").exists()):
                return
            self.clock.move(timedelta(days=1))

    def let_leases_end(self):
        """Wait for the leases of what somebody had in hand: only the killed leave claims."""
        time.sleep(LEASE_S + 1)

    def settle(self):
        """Wait until each sweep has been and nothing is to be done now."""

        began = timezone.now()
        ticked = ClockTick.objects.filter(task__in=SWEEPS, ticked_at__gte=began)
        deadline = time.monotonic() + 600
        while time.monotonic() < deadline:
            calmly(outbox.try_all_again)
            calmly(outbox.try_now)
            if calmly(ticked.count) == len(SWEEPS) and self.is_over():
                return
            time.sleep(0.2)


class Keeper(Sink):
    """A mail server that keeps of each letter its name and when it came."""

    def __init__(self):
        self.came = defaultdict(list)
        super().__init__()

    async def handle_DATA(self, server, session, envelope):
        time.sleep(self.pause_s)
        if self.after_data:
            return self.after_data.pop(0)
        found = MESSAGE_ID.search(envelope.content)
        self.came[found[1].decode()].append(time.monotonic())
        if self.hangs:
            self.hangs -= 1
            server.transport.pause_reading()
            time.sleep(2.5)
        return "250 taken"
