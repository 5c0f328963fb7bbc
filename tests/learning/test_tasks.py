"""What the clock does around sessions: each task hands on one moment, and says that it worked."""

import pytest
from django.utils import timezone

from learning import tasks
from partners.models import ClockTick

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("task", "room", "work"),
    [
        ("remind", "running", "remind"),
        ("give_places_on", "leaving", "give_on"),
        ("ask_after", "asking", "ask"),
        ("sweep_material", "keeping", "sweep_orphans"),
        ("forget_visitors", "visiting", "forget"),
    ],
)
def test_a_task_does_its_work_at_one_moment_and_ticks(monkeypatch, task, room, work):
    moments = []
    monkeypatch.setattr(getattr(tasks, room), work, moments.append)
    began = timezone.now()

    getattr(tasks, task)()

    assert len(moments) == 1
    assert began <= moments[0] <= timezone.now()
    assert ClockTick.objects.get(task=task).ticked_at == moments[0]


@pytest.mark.parametrize("task", ["remind", "give_places_on", "ask_after", "sweep_material"])
def test_a_task_that_failed_does_not_tick(monkeypatch, task):
    def fail(now):
        raise RuntimeError

    monkeypatch.setattr(tasks.running, "remind", fail)
    monkeypatch.setattr(tasks.leaving, "give_on", fail)
    monkeypatch.setattr(tasks.asking, "ask", fail)
    monkeypatch.setattr(tasks.keeping, "sweep_orphans", fail)
    with pytest.raises(RuntimeError):
        getattr(tasks, task)()
    assert not ClockTick.objects.filter(task=task).exists()
