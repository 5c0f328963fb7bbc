"""The storm of `make faults`, at a size that fits in the suite."""

import random

from django.core.cache import cache
from django.utils import timezone

from tests.faults.doors import Scissors
from tests.faults.moved_clock import Clock
from tests.faults.storm import Keeper, Storm
from tests.faults.storm_work import LETTERS_EACH, Work, monday_morning
from tests.faults.test_database import drop_connections

PEOPLE = 40


def test_row_13_nothing_is_lost_or_untrue_while_everything_breaks(
    environment, start, broker, tmp_path, monkeypatch
):
    cache.clear()
    clock = Clock(tmp_path / "clock")
    clock.move(monday_morning(timezone.now()) - timezone.now())
    monkeypatch.setattr(timezone, "now", clock.now)
    sink = Keeper()
    sink.start()
    try:
        scissors = Scissors(sink.port, most=500, cuts=1)
        environment["EMAIL_URL"] = f"smtp://127.0.0.1:{scissors.port}"
        work = Work()
        work.lay_out(PEOPLE * LETTERS_EACH)
        storm = Storm(
            work,
            sink,
            scissors,
            broker,
            clock,
            start=start,
            restart_database=drop_connections,
            dice=random.Random(4),
        )
        for _ in range(2):
            storm.start_worker()
        sink.pause_s = 0.02
        storm.blow(storm.all_that_breaks(), expected=5 * PEOPLE, between=5, rounds=1)
        sink.pause_s = 0
        storm.calm()
        storm.let_leases_end()
        scissors.leave()
    finally:
        sink.stop()
    assert list(work.faults(sink.came, storm.in_hand)) == []
    assert len(sink.came) > 3 * PEOPLE
