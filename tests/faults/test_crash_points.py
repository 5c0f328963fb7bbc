"""Row 14: a sender dies at each boundary it crosses, and the next one heals what it left."""

import contextlib
import itertools
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db.models.functions import Now
from django.utils import timezone

from partners.models import Message
from partners.post import claims, delivery
from partners.writing import sending
from tests.builders import make_letter, make_person
from tests.faults import sweeping

STEP = 3  # a sweep dies at every third boundary: each costs a process and a second sweep

# One round of `manage.py post`, over and over, each in a fork that dies at the boundary it is told:
# after a statement of SQL or a commit, after something is said to the mail server or heard from it.
SENDER = """
import os, smtplib, sys, threading
import django
from northstar import use_settings
use_settings()
django.setup()
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from partners.post import postman
from partners.writing import sending

crossed = 0

def die_after(owner, name, kind, last):
    inner = getattr(owner, name)
    def crossing(*args, **options):
        global crossed
        result = inner(*args, **options)
        crossed += 1
        if crossed == last:
            os.write(1, (kind + "\\n").encode())
            os._exit(9)
        return result
    setattr(owner, name, crossing)

class Once(threading.Event):
    def wait(self, timeout=None):
        self.set()

def post():
    postman.go_round(Once())

def sweep():
    from tests.faults import sweeping
    sending.BATCH = 2
    getattr(sweeping, sys.argv[1])(sweeping.MONDAY)

def round_that_dies_at(last):
    die_after(CursorWrapper, "_execute_with_wrappers", "sql", last)
    die_after(BaseDatabaseWrapper, "_commit", "commit", last)
    die_after(smtplib.SMTP, "send", "said", last)
    die_after(smtplib.SMTP, "getreply", "heard", last)
    sweep() if sys.argv[1:] else post()
    os.write(1, b"lived\\n")
    os._exit(0)

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        round_that_dies_at(int(line))
    os.waitpid(child, 0)
"""


def test_row_14_dying_after_any_step_loses_nothing_and_repeats_one_letter_at_most(
    by_smtp, sink, environment
):
    readers = [make_person(name) for name in ("Ada", "Bo", "Cai")]
    ends = Counter()
    with dying(environment) as die_at:
        for last in itertools.count(1):
            letters, obsolete = lay_out(readers, sink)
            end = die_at(last)
            ends[end] += 1
            if end == "lived":
                break
            heal(last)
            check(letters, obsolete, sink, last)
    assert min(ends["sql"], ends["said"], ends["heard"]) >= 10
    assert ends["commit"] >= 1


@contextlib.contextmanager
def dying(environment, *sweep):
    """What does one round in a fork that dies at the boundary it is told, and says how it ended."""
    with subprocess.Popen(
        [sys.executable, "-c", SENDER, *sweep],
        env=environment | {"REDIS_URL": "redis://127.0.0.1:1/0"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as sender:

        def die_at(last):
            sender.stdin.write(f"{last}\n")
            sender.stdin.flush()
            return sender.stdout.readline().strip()

        yield die_at
        sender.stdin.close()


@pytest.mark.parametrize("sweep", ["remind", "send_mailings", "gather"])
def test_row_14_a_sweep_that_died_at_any_step_is_done_once_by_the_next_one(
    environment, monkeypatch, sweep
):
    monkeypatch.setattr(sending, "BATCH", 2)
    people = sweeping.People()
    before = sweeping.picture()
    again = getattr(sweeping, sweep)
    again(people.now)
    undisturbed = sweeping.picture()
    assert undisturbed != before
    ends = Counter()
    with dying(environment, sweep) as die_at:
        for last in itertools.count(1, STEP):
            people.lay_out()
            end = die_at(last)
            ends[end] += 1
            for _ in range(20):  # until the database has noticed that the other one is dead
                again(people.now)
                if sweeping.picture() == undisturbed:
                    break
                time.sleep(0.05)
            assert sweeping.picture() == undisturbed, (last, end)
            if end == "lived":
                break
    assert ends["sql"] >= 10 // STEP


def lay_out(readers, sink):
    """Two letters, one that is refused for now, and one that is too late."""
    Message.objects.all().delete()
    cache.clear()
    sink.copies.clear()
    letters = [make_letter(reader) for reader in readers]
    sink.answers[readers[1].email] = ["450 not now"]
    return letters, make_letter(readers[0], useless_after=timezone.now() - timedelta(hours=1))


def heal(last):
    """The next sender comes when the lease and the waits are over, and no later."""
    claimed = Message.objects.exclude(claim=None)
    assert not claimed.filter(claimed_until=None).exists(), last
    assert not claimed.filter(claimed_until__gt=Now() + claims.LEASE).exists(), last
    claimed.update(claimed_until=Now() - timedelta(seconds=1))
    for _ in range(2):  # the second time for the letter that is refused for now
        Message.objects.filter(state="waiting").update(next_try_at=timezone.now())
        delivery.deliver_all()


def check(letters, obsolete, sink, last):
    states = dict(Message.objects.values_list("pk", "state"))
    assert states == {letter.pk: "sent" for letter in letters} | {obsolete.pk: "skipped"}, last
    assert not Message.objects.exclude(claim=None).exists(), last
    assert set(sink.copies) == {f"<{letter.message_id}@localhost>" for letter in letters}, last
    assert sink.copies.total() <= len(letters) + 1, last
