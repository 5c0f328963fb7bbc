"""Beat: in UTC, by intervals, and exact through both nights of the year that are not."""

from datetime import UTC, datetime, timedelta

import pytest

from northstar.celery import app

ENTRIES = sorted(app.conf.beat_schedule.items())


def test_the_clock_runs_in_utc():
    assert str(app.timezone) == "UTC"
    assert app.conf.enable_utc


@pytest.mark.parametrize(("name", "entry"), ENTRIES)
def test_every_task_exists_and_has_an_interval(name, entry):
    app.loader.import_default_modules()
    assert entry["task"] in app.tasks
    assert type(entry["schedule"]) is timedelta
    # So that old ones are no pulse: the health of the clock allows three minutes.
    assert 6 <= entry["options"]["expires"] <= max(30, entry["schedule"].total_seconds())


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
