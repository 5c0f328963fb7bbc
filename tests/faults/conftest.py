"""A mail server that says what a test wants, and real workers that can be killed."""

import itertools
import logging
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from email import message_from_bytes
from urllib.parse import quote

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from django.db import connection

# A worker with its own beat, and a lease short enough for a test to wait for.
WORKER = """
from datetime import timedelta
import django
from northstar.celery import app
django.setup()
from partners.post import claims
claims.LEASE = timedelta(seconds=3)
app.worker_main(["worker", "-B", "-c", "1", "--loglevel", "WARNING", "--without-mingle",
                 "--without-gossip"])
"""


def pytest_collection_modifyitems(items):
    here = os.path.dirname(__file__)
    for item in items:
        if str(item.path).startswith(here):
            # Real commits; the flush afterwards would take the focus areas with it.
            item.add_marker(pytest.mark.django_db(transaction=True))


class Sink(Controller):
    """Takes letters over real SMTP, counts copies, and refuses as told.

    answers: address -> list of answers to RCPT, one used at each try; after_data the same for DATA.
    """

    def __init__(self):
        self.copies = Counter()  # by Message-ID
        self.takers = Counter()  # by address
        self.letters = []  # as they came
        self.senders = set()  # on the envelopes
        self.answers, self.after_data = {}, []
        self.pause_s = 0.0
        self.hangs = 0  # how many letters are taken without an answer
        self.refuses_login = False
        super().__init__(self, hostname="127.0.0.1", port=0)

    def factory(self):
        return SMTP(self, enable_SMTPUTF8=True)

    def _trigger_server(self):  # the parent probes port 0, which is not where it listens
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        return [*responses[:-1], "250-AUTH PLAIN", responses[-1]]

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.refuses_login:
            return "530 authentication required"
        envelope.mail_from = address
        self.senders.add(address)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        script = self.answers.get(address)
        if script:
            return script.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        time.sleep(self.pause_s)
        if self.after_data:
            return self.after_data.pop(0)
        letter = message_from_bytes(envelope.content)
        self.letters.append(envelope.content)
        self.copies[letter["Message-ID"]] += 1
        self.takers[letter["To"]] += 1
        if self.hangs:
            self.hangs -= 1
            server.transport.pause_reading()
            time.sleep(1.6)
        return "250 taken"


@pytest.fixture
def sink():
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    server = Sink()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def by_smtp(sink, settings):
    """This process, too, sends over real SMTP to the sink."""
    settings.EMAIL_BACKEND = "partners.post.connection.Connection"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", sink.port, 1


@pytest.fixture
def environment(sink):
    """Of a process of the product on the test's database, its letters going to the sink."""
    database = connection.settings_dict
    host, name = quote(database["HOST"], safe=""), database["NAME"]
    login = f"{quote(database['USER'])}:{quote(database['PASSWORD'] or '')}"
    port = f":{database['PORT']}" if database["PORT"] else ""
    return os.environ | {
        "DATABASE_URL": f"postgres://{login}@{host}{port}/{name}",
        "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
        "DATABASE_POOL": "0",
    }


@pytest.fixture
def start(environment, tmp_path):
    """Start a process of the product; it is killed with all its children."""
    started = []

    def start_one(command, **more):
        with (tmp_path / f"process-{len(started)}.log").open("wb") as log:
            process = subprocess.Popen(
                command,
                env=environment | more,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        started.append(process)
        return process

    yield start_one
    for process in started:
        kill(process)


@pytest.fixture
def start_worker(start, broker, tmp_path):
    """Start a worker with its own beat."""
    numbers = itertools.count()

    def start_one():
        beat = str(tmp_path / f"beat-{next(numbers)}")
        command = [sys.executable, "-c", WORKER]
        return start(command, REDIS_URL=broker.url(), BEAT_SCHEDULE_FILE=beat)

    return start_one


@pytest.fixture
def start_postman(start):
    """Start the loop that needs the database alone; its broker is an address nobody listens at."""
    command = [sys.executable, "manage.py", "post"]
    return lambda: start(command, REDIS_URL="redis://127.0.0.1:1/0")


def kill(worker):
    """SIGKILL to a worker and its children, as when a container is killed."""
    if worker.poll() is None:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


def wait_until(is_so, seconds=15.0):
    """Wait for something to become true; whether it did."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_so():
            return True
        time.sleep(0.05)
    return is_so()
