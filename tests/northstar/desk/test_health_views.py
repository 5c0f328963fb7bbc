"""Machines are told at once that the clock does not run, and which task is late."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from northstar.celery import INTERVALS
from partners.ticks import tick
from tests.builders import make_letter

pytestmark = pytest.mark.django_db


def all_ticked(now):
    for task in INTERVALS:
        tick(task.rpartition(".")[2], now)


def test_a_clock_that_runs_is_well(client, ada, django_assert_num_queries):
    all_ticked(timezone.now())
    make_letter(ada, next_try_at=timezone.now() - timedelta(minutes=5))
    with django_assert_num_queries(2):
        answer = client.get(reverse("health_clock"))
    assert answer.status_code == 200
    found = answer.json()
    assert (found["clock"], found["late"]) == ("ok", [])
    assert 300 <= found["oldest_due_letter_s"] < 310


@pytest.mark.parametrize(
    ("task", "minutes", "late"),
    [("deliver", 4, []), ("remind", 11, ["remind"]), ("sweep", 131, ["sweep"])],
)
def test_one_task_that_is_late_is_told_by_name(client, task, minutes, late):
    now = timezone.now()
    all_ticked(now)
    tick(task, now - timedelta(minutes=minutes))
    answer = client.get(reverse("health_clock"))
    assert answer.status_code == 503
    assert (answer.json()["clock"], answer.json()["late"]) == ("late", late)


def test_a_portal_that_has_just_started_waits_for_its_first_sweep_only(client):
    assert client.get(reverse("health_clock")).status_code == 503
    tick("deliver", timezone.now())
    assert client.get(reverse("health_clock")).status_code == 200
