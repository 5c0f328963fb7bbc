"""The clock: every periodic task and its interval on one page.

Beat runs in UTC with intervals only: wall-clock rules live in rows, and a sweep asks what is due.
"""

from datetime import timedelta

from celery import Celery
from django.conf import settings

from northstar import use_settings

use_settings()

app = Celery("northstar")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

SWEEP = timedelta(seconds=settings.CLOCK_SWEEPS_EVERY_S)

app.conf.beat_schedule = {
    "deliver letters": {
        "task": "partners.tasks.deliver",
        "schedule": timedelta(seconds=2),
        "options": {"expires": 6},  # while much is sent, the beats in between are not kept
    },
    "remind of sessions": {"task": "learning.tasks.remind", "schedule": SWEEP},
    "give places on": {"task": "learning.tasks.give_places_on", "schedule": SWEEP},
    "ask after sessions": {"task": "learning.tasks.ask_after", "schedule": SWEEP},
    "sweep material": {"task": "learning.tasks.sweep_material", "schedule": timedelta(hours=1)},
    "sweep what has expired": {"task": "partners.tasks.sweep", "schedule": timedelta(hours=1)},
}
