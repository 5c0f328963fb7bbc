"""What the clock does about measures: the task hands on one moment, and says that it worked."""

import pytest
from django.utils import timezone

from measures import tasks
from partners.models import ClockTick

pytestmark = pytest.mark.django_db


def test_the_task_does_its_work_at_one_moment_and_ticks(monkeypatch):
    moments = []
    monkeypatch.setattr(tasks.running, "remind", moments.append)
    began = timezone.now()
    tasks.remind_of_measures()
    assert len(moments) == 1
    assert began <= moments[0] <= timezone.now()
    assert ClockTick.objects.get(task="remind_of_measures").ticked_at == moments[0]


def test_it_does_not_tick_when_it_failed(monkeypatch):
    def fail(now):
        raise RuntimeError

    monkeypatch.setattr(tasks.running, "remind", fail)
    with pytest.raises(RuntimeError):
        tasks.remind_of_measures()
    assert not ClockTick.objects.exists()
