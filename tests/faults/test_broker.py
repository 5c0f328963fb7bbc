"""Rows 33 to 36: whatever becomes of the broker, letters leave once it is back, or without it."""

import contextlib
import os
import signal
import time

import redis
from django.core.cache import cache

from partners.models import Message
from tests.builders import make_letter, make_person
from tests.faults.conftest import wait_until

SOON_S = 30


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


def test_row_33_without_any_broker_the_postman_sends(sink, start_postman):
    cache.clear()
    letters = [make_letter(make_person("Ada")) for _ in range(3)]
    start_postman()
    assert wait_until(lambda: len(sink.copies) == len(letters))
