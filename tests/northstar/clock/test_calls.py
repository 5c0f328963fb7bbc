"""The broker's queue: what waits in it is not called again, and what was taken is."""

import contextlib
import json

import redis

from northstar.celery import app


def call(broker, name, times=1):
    with app.connection_for_write(broker.url()) as connection:
        for _ in range(times):
            app.send_task(name, connection=connection)


def waiting(within):
    return [json.loads(one)["headers"]["task"] for one in within.lrange("celery", 0, -1)][::-1]


def test_no_task_waits_twice_and_each_keeps_its_turn(broker):
    with contextlib.closing(redis.Redis.from_url(broker.url())) as within:
        call(broker, "learning.tasks.remind", times=3)
        call(broker, "partners.tasks.gather", times=2)
        call(broker, "learning.tasks.remind")
        assert waiting(within) == ["learning.tasks.remind", "partners.tasks.gather"]
        within.rpop("celery")  # a worker has come by
        call(broker, "learning.tasks.remind", times=2)
        assert waiting(within) == ["partners.tasks.gather", "learning.tasks.remind"]
        within.flushall()
        call(broker, "partners.tasks.gather")
        assert waiting(within) == ["partners.tasks.gather"]
