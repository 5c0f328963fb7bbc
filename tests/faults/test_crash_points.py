"""Row 14: a sender dies at each boundary it crosses, and the next one heals what it left."""

import itertools
import subprocess
import sys
from collections import Counter
from datetime import timedelta

from django.core.cache import cache
from django.db.models.functions import Now
from django.utils import timezone

from partners.models import Message
from partners.post import claims, delivery
from tests.builders import make_letter, make_person

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

def round_that_dies_at(last):
    die_after(CursorWrapper, "_execute_with_wrappers", "sql", last)
    die_after(BaseDatabaseWrapper, "_commit", "commit", last)
    die_after(smtplib.SMTP, "send", "said", last)
    die_after(smtplib.SMTP, "getreply", "heard", last)
    postman.go_round(Once())
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
    with subprocess.Popen(
        [sys.executable, "-c", SENDER],
        env=environment | {"REDIS_URL": "redis://127.0.0.1:1/0"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as sender:
        ends = Counter()
        for last in itertools.count(1):
            letters, obsolete = lay_out(readers, sink)
            sender.stdin.write(f"{last}\n")
            sender.stdin.flush()
            end = sender.stdout.readline().strip()
            ends[end] += 1
            if end == "lived":
                break
            heal(last)
            check(letters, obsolete, sink, last)
        sender.stdin.close()
    assert min(ends["sql"], ends["said"], ends["heard"]) >= 10
    assert ends["commit"] >= 1


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
