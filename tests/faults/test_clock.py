"""Beat stands still, and says nothing of it itself: the health of the clock does."""

import json
import signal
import sys
from datetime import timedelta

import time_machine
from django.core.cache import cache
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from northstar.celery import app
from northstar.desk.health_views import CLOCK_IS_LATE_AFTER
from partners.models import ClockTick
from tests.builders import make_letter, make_person
from tests.faults.conftest import wait_until

CELERY = [sys.executable, "-m", "celery", "-A", "northstar.celery"]


def health(later=timedelta(0)):
    """What the health page would say *later*, if nothing happened until then."""
    ClockTick.objects.update(ticked_at=F("ticked_at") - later)
    answer = Client().get(reverse("health_clock"))
    ClockTick.objects.update(ticked_at=F("ticked_at") + later)
    return answer.status_code, json.loads(answer.content)["clock"]


def last_tick():
    return ClockTick.objects.get(task="deliver").ticked_at


def ticks_go_on():
    last = last_tick()
    return wait_until(lambda: last_tick() > last, seconds=3)


def test_row_20_a_beat_that_stands_still_is_red_within_three_minutes(
    sink, start, start_postman, broker, tmp_path
):
    assert timedelta(minutes=3) >= CLOCK_IS_LATE_AFTER
    cache.clear()
    assert health() == (503, "late")
    shared = {"REDIS_URL": broker.url(), "BEAT_SCHEDULE_FILE": str(tmp_path / "beat")}
    start([*CELERY, "worker", "--concurrency=1", "--loglevel=WARNING"], **shared)
    beat = start([*CELERY, "beat", "--loglevel=WARNING"], **shared)
    start_postman()  # letters leave all the same, and that must not look like a clock
    assert wait_until(lambda: health() == (200, "ok"), seconds=30)
    assert ticks_go_on()

    beat.send_signal(signal.SIGSTOP)
    letter = make_letter(make_person("Ada"))
    assert wait_until(lambda: sink.takers[letter.recipient.email])
    assert wait_until(lambda: not ticks_go_on())  # but for what is in the queue
    assert health() == (200, "ok")
    assert health(later=timedelta(minutes=3)) == (503, "late")

    beat.send_signal(signal.SIGCONT)
    assert ticks_go_on()
    assert health() == (200, "ok")


def beat_sends(name, broker):
    """One sweep into the queue, as beat does it."""
    entry = app.conf.beat_schedule[name]
    with app.connection_for_write(broker.url()) as connection:
        app.send_task(entry["task"], connection=connection, **entry["options"])


def test_row_20_what_a_dead_beat_left_in_the_queue_is_no_pulse(start, broker):
    with time_machine.travel(timezone.now() - timedelta(minutes=10)):
        for _ in range(20):
            beat_sends("deliver letters", broker)
    beat_sends("remind of sessions", broker)

    start([*CELERY, "worker", "--concurrency=1", "--loglevel=WARNING"], REDIS_URL=broker.url())

    assert wait_until(lambda: ClockTick.objects.filter(task="remind").exists(), seconds=30)
    assert not ClockTick.objects.filter(task="deliver").exists()
    assert health() == (503, "late")
