"""The clock: every periodic task and its interval on one page.

Beat runs in UTC with intervals only: wall-clock rules live in rows, and a sweep asks what is due.
"""

from datetime import timedelta
from typing import Any

from celery import Celery
from django.conf import settings

from northstar import use_settings
from northstar.clock import calls

use_settings()
calls.use()

app = Celery("northstar")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

SWEEP = timedelta(seconds=settings.CLOCK_SWEEPS_EVERY_S)

# What nobody has begun by then is dropped: the pulse of a dead beat must not go on. That worker and
# broker are slow is no reason to drop anything, for no task waits twice (calls).
KEEPS = timedelta(minutes=1)


def _every(interval: timedelta, task: str) -> dict[str, Any]:
    expires = max(interval, KEEPS).total_seconds()
    return {"task": task, "schedule": interval, "options": {"expires": expires}}


app.conf.beat_schedule = {
    "deliver letters": _every(timedelta(seconds=2), "partners.tasks.deliver"),
    "gather unasked letters": _every(SWEEP, "partners.tasks.gather"),
    "remind of sessions": _every(SWEEP, "learning.tasks.remind"),
    "remind of measures": _every(SWEEP, "measures.tasks.remind_of_measures"),
    "give places on": _every(SWEEP, "learning.tasks.give_places_on"),
    "ask after sessions": _every(SWEEP, "learning.tasks.ask_after"),
    "tell of enquiries": _every(SWEEP, "partners.tasks.tell_of_enquiries"),
    "send mailings": _every(SWEEP, "partners.tasks.send_mailings"),
    "watch the clock": _every(SWEEP, "northstar.tasks.watch"),
    "forget the erased": _every(timedelta(hours=1), "northstar.tasks.forget_erased"),
    "forget visitors": _every(timedelta(hours=1), "learning.tasks.forget_visitors"),
    "sweep material": _every(timedelta(hours=1), "learning.tasks.sweep_material"),
    "sweep what has expired": _every(timedelta(hours=1), "partners.tasks.sweep"),
}

# How often each task is begun, by its name.
INTERVALS: dict[str, timedelta] = {
    entry["task"]: entry["schedule"] for entry in app.conf.beat_schedule.values()
}
