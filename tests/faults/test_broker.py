"""Rows 33 to 37: whatever becomes of the broker, letters leave once it is back, or without it."""

import contextlib
import os
import re
import signal
import sys
import time
from pathlib import Path

import redis
from django.core.cache import cache
from django.utils import timezone

from partners.models import ClockTick, Message
from tests.builders import make_letter, make_person
from tests.faults.conftest import wait_until
from tests.faults.doors import Slow

SOON_S = 30
CELERY = [sys.executable, "-m", "celery", "-A", "northstar.celery"]
COMPOSE = Path(__file__).resolve().parents[2] / "docker-compose.yml"


def test_row_33_to_36_letters_leave_when_the_broker_is_well_again(sink, start_worker, broker):
    cache.clear()
    reader = make_person("Ada")
    start_worker()

    def all_leave():
        letters = [make_letter(reader) for _ in range(3)]
        ours = Message.objects.filter(pk__in=[letter.pk for letter in letters])
        return wait_until(lambda: not ours.exclude(state="sent").exists(), seconds=SOON_S)

    assert all_leave()
    broker.process.kill()  # row 33
    broker.process.wait()
    broker.start()
    assert all_leave()
    os.kill(broker.process.pid, signal.SIGSTOP)  # row 34
    time.sleep(1)
    os.kill(broker.process.pid, signal.SIGCONT)
    assert all_leave()
    with contextlib.closing(redis.Redis.from_url(broker.url())) as within:
        within.flushall()  # row 35
        assert all_leave()
        within.config_set("maxmemory", 1)  # row 36
        time.sleep(1)
        within.config_set("maxmemory", 0)
    assert all_leave()
    assert set(sink.copies.values()) == {1}


def test_row_36_a_broker_that_may_not_be_written_to_or_has_another_password(
    sink, start_worker, broker
):
    cache.clear()
    reader = make_person("Ada")
    start_worker()

    def leaves(seconds=SOON_S):
        letter = make_letter(reader)
        ours = Message.objects.filter(pk=letter.pk, state="sent")
        return wait_until(ours.exists, seconds=seconds)

    def say(**options):
        for name, value in options.items():
            within.config_set(name.replace("_", "-"), value)
        within.client_kill_filter(_type="normal", skipme=True)  # so that all log in anew

    assert leaves()
    with contextlib.closing(redis.Redis.from_url(broker.url())) as within:
        within.replicaof("127.0.0.1", 1)  # a replica, which may only be read
        time.sleep(2)
        within.replicaof("NO", "ONE")
        assert leaves()
        say(requirepass="another")
        time.sleep(2)
        say(requirepass=broker.password)
        assert leaves()
    assert set(sink.copies.values()) == {1}


def test_row_37_letters_do_not_wait_for_a_slow_broker_and_the_clock_goes_on(
    sink, start, start_postman, broker, tmp_path
):
    """Each word is half a second late, each answer too. The worker runs as in production."""
    cache.clear()
    slow = Slow(broker.port, 0.5)
    shared = {"REDIS_URL": broker.url().replace(f":{broker.port}/", f":{slow.port}/")}
    shared["BEAT_SCHEDULE_FILE"] = str(tmp_path / "beat")
    start([*CELERY, *worker_of_production()], **shared)
    start([*CELERY, "beat"], **shared)
    start_postman()
    letter = make_letter(make_person("Ada"))
    assert wait_until(lambda: sink.takers[letter.recipient.email], seconds=SOON_S)
    began = timezone.now()
    sweeps = ClockTick.objects.filter(task__in=["remind", "gather"], ticked_at__gte=began)
    assert wait_until(lambda: sweeps.count() == 2, seconds=60)
    slow.leave()


def worker_of_production():
    """The words after `celery -A northstar.celery` that start the worker of docker-compose.yml."""
    said = re.search(r"command: \[celery, -A, northstar.celery, (worker.+)\]", COMPOSE.read_text())
    return said[1].split(", ")


def test_row_33_without_any_broker_the_postman_sends(sink, start_postman):
    cache.clear()
    letters = [make_letter(make_person("Ada")) for _ in range(3)]
    start_postman()
    assert wait_until(lambda: len(sink.copies) == len(letters))
