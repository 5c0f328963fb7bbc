"""Beat: in UTC, by intervals, and exact through both nights of the year that are not."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import takewhile

import pytest
from celery.beat import PersistentScheduler

from northstar.celery import SWEEP, app

ENTRIES = sorted(app.conf.beat_schedule.items())
HOUR = timedelta(hours=1)


def test_the_clock_runs_in_utc():
    assert str(app.timezone) == "UTC"
    assert app.conf.enable_utc


@pytest.mark.parametrize(("name", "entry"), ENTRIES)
def test_every_task_exists_and_has_an_interval(name, entry):
    app.loader.import_default_modules()
    assert entry["task"] in app.tasks
    assert type(entry["schedule"]) is timedelta
    # So that old ones are no pulse: the health of the clock allows three minutes.
    assert 30 <= entry["options"]["expires"] <= max(60, entry["schedule"].total_seconds())


@pytest.mark.parametrize("night", ["2027-03-28", "2027-10-31"])
def test_row_51_a_minute_is_a_minute_in_the_nights_when_the_clocks_change(night, time_machine):
    entry = (
        app.Beat(app=app, quiet=True)
        .Service(app=app)
        .scheduler_cls.Entry(name="x", task="x", schedule=timedelta(minutes=1), app=app)
    )
    moment = datetime.fromisoformat(night).replace(tzinfo=UTC)
    ticks = 0
    for _ in range(6 * 60 * 4):  # six hours, each quarter of a minute
        moment += timedelta(seconds=15)
        time_machine.move_to(moment, tick=False)
        is_due, wait_s = entry.is_due()
        assert 0 <= wait_s <= 60
        if is_due:
            ticks += 1
            entry = next(entry)
    assert ticks in {359, 360}


@pytest.mark.parametrize("night", ["2027-03-28", "2027-10-31"])
def test_row_51_begun_at_any_quarter_of_those_nights_beat_neither_floods_nor_waits(
    night, time_machine, tmp_path
):
    """A new beat, without notes, and one that reads what another wrote a minute before it."""
    for quarter in range(6 * 4):
        began = datetime.fromisoformat(night).replace(tzinfo=UTC) + quarter * QUARTER
        notes = tmp_path / f"notes-{quarter}"
        assert sent_in_ten_minutes(began - timedelta(minutes=11), notes, time_machine) in FEW
        assert sent_in_ten_minutes(began, notes, time_machine) in FEW


QUARTER = timedelta(minutes=15)

# In ten minutes, of what goes every twenty seconds. What goes once an hour goes once at most.
FEW = range(29, 32)


def sent_in_ten_minutes(began, notes, time_machine):
    """How often a beat that begins then sends what goes every twenty seconds."""
    time_machine.move_to(began, tick=False)
    sent = Counter()
    scheduler = PersistentScheduler(app=app, schedule_filename=str(notes), lazy=True)
    scheduler.setup_schedule()
    scheduler.apply_async = lambda entry, **_: sent.update([entry.name])
    for seconds in range(0, 600, 2):
        time_machine.move_to(began + timedelta(seconds=seconds), tick=False)
        ticks = sum(1 for _ in takewhile(lambda wait_s: wait_s == 0, iter(scheduler.tick, None)))
        assert ticks <= len(ENTRIES)
    scheduler.close()
    assert max(sent[name] for name, entry in ENTRIES if entry["schedule"] == HOUR) <= 1
    [number] = {sent[name] for name, entry in ENTRIES if entry["schedule"] == SWEEP}
    return number
