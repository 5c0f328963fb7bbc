"""How fast letters leave: the outbox beside writing and sending alone, two senders beside one.

Two that only write and send are measured too: where the machine has no more than two cores for the
senders, the database and the server that takes the letters, they are what two can gain at most.
"""

import os
import statistics
import subprocess
import sys
from contextlib import contextmanager

from django.db import connection
from django.utils import timezone

from learning.models import LearningSession
from learning.places import calendar
from partners.models import Message, User
from tests.benchmarks.results import Result

LETTERS = 1_200  # many batches: at the end one sender has the last of them alone
ROUNDS = 7
# In turns: the machine is faster at one moment than at the next, so one sender is measured before
# and after two.
TURNS = [("bare",), ("outbox",), ("outbox", "outbox"), ("outbox",), ("bare", "bare")]


def post():
    with server() as port:
        os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
        rounds = [tuple(per_second(*senders) for senders in TURNS) for _ in range(1 + ROUNDS)][1:]
    bare, before, two, after, _ = (statistics.median(part) for part in zip(*rounds, strict=True))
    against = statistics.median(one / bare for bare, one, *_rest in rounds)
    doubled = statistics.median(2 * two / (one + again) for _bare, one, two, again, _ in rounds)
    limit = statistics.median(bares / bare for bare, *_rest, bares in rounds)
    note = f"{before:.0f} a second, bare {bare:.0f}"
    yield Result("letters from the outbox", against, 0.7, "of bare", is_least=True, note=note)
    note = f"{two:.0f} a second, one {after:.0f}; two bare are {limit:.2f} × one bare"
    yield Result("two senders", doubled, 1.7, "× one", is_least=True, note=note)


def per_second(*senders):
    """Letters a second of *senders* together: they share LETTERS, of which nothing is left and each
    has left once; bare ones write as many each.
    """
    fill()
    with running(*senders) as processes:
        for process in processes:
            process.stdin.write("go\n")
            process.stdin.flush()
        times = [tuple(map(float, process.stdout.readline().split())) for process in processes]
    if senders[0] == "outbox":
        assert set(Message.objects.values_list("state", "attempts")) == {("sent", 1)}
    written = LETTERS * senders.count("bare") or LETTERS
    return written / (max(ended for _, ended in times) - min(began for began, _ in times))


def fill():
    """LETTERS waiting, each with an entry for the calendar, as most letters of the portal have."""
    reader = User.objects.filter(staff_role="").exclude(email=None).order_by("pk").first()
    session = LearningSession.objects.order_by("pk").first()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE partners_message CASCADE")
    entry = calendar.cancellation(session, reader)
    Message.objects.bulk_create(
        Message(
            key=f"bench:{number}",
            recipient=reader,
            letter="learning/session_cancelled",
            language=reader.language,
            subject="Inställd: Bygga om i stället för nytt, 3 december",
            text="Träffen är inställd.\n" * 12,
            html="<p>Träffen är inställd.</p>\n" * 40,
            calendar=entry,
            calendar_method="CANCEL",
            next_try_at=timezone.now(),
        )
        for number in range(LETTERS)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE partners_message")


@contextmanager
def running(*senders):
    processes = [process(one, str(LETTERS)) if one == "bare" else process(one) for one in senders]
    try:
        for one in processes:
            assert one.stdout.readline() == "ready\n"
        yield processes
    finally:
        for one in processes:
            one.communicate("end\n")


@contextmanager
def server():
    one = process("server")
    try:
        yield int(one.stdout.readline())
    finally:
        one.communicate("end\n")


def process(*arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.sender", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
