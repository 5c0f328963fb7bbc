"""The clock looks whether it has stood still."""

from datetime import timedelta

import pytest
from django.utils import timezone

from northstar import tasks
from northstar.own_data import erasing
from partners.models import ClockGap, ClockTick, Message
from partners.ticks import tick

pytestmark = pytest.mark.django_db


def test_a_first_look_after_a_silence_notes_it_and_ticks(kim, time_machine):
    began = timezone.now() - timedelta(hours=2)
    tick("watch", began)
    tasks.watch()
    assert ClockGap.objects.get().began_at == began
    assert timezone.now() - ClockTick.objects.get(task="watch").ticked_at < timedelta(minutes=1)
    assert not kim.messages.exists()

    time_machine.move_to(timezone.now() + timedelta(minutes=3))
    tasks.watch()
    assert kim.messages.get().letter == "northstar/clock_stood_still"
    assert ClockGap.objects.count() == 1


def test_the_clock_forgets_the_addresses_of_the_erased(ada, kim):
    erasing.erase(erasing.ask(ada), by=kim)
    letters = Message.objects.filter(letter="northstar/person_erased")
    letters.update(state="sent", sent_at=timezone.now())
    tasks.forget_erased()
    assert letters.get().sent_to == ""
    assert ClockTick.objects.filter(task="forget_erased").exists()
