"""Workers, beats and the broker are killed: no letter is lost, none is sent twice but in flight."""

from django.core.cache import cache

from partners.models import Message
from tests.builders import make_letter, make_person
from tests.faults.conftest import kill, wait_until


def write(number):
    cache.clear()  # no pause is left from another test
    reader = make_person("Ada")
    return [make_letter(reader) for _ in range(number)]


def all_are_sent():
    return not Message.objects.exclude(state="sent").exists()


def test_killed_in_the_middle_nothing_is_lost(sink, start_worker):
    letters = write(150)
    sink.pause_s = 0.02
    kills = 0
    worker = start_worker()
    for mark in (20, 80):
        assert wait_until(lambda mark=mark: sink.copies.total() >= mark)
        kill(worker)
        kills += 1
        worker = start_worker()
    assert wait_until(all_are_sent)
    assert len(sink.copies) == len(letters)
    assert sink.copies.total() - len(letters) <= kills


def test_two_workers_and_two_beats_send_each_letter_once(sink, start_worker):
    letters = write(200)
    sink.pause_s = 0.005
    start_worker()
    start_worker()
    assert wait_until(all_are_sent)
    assert len(sink.copies) == len(letters)
    assert set(sink.copies.values()) == {1}


def test_work_goes_on_when_the_broker_comes_back_empty(sink, start_worker, broker):
    write(3)
    start_worker()
    assert wait_until(all_are_sent)
    broker.process.kill()
    broker.process.wait()
    late = write(5)
    broker.start()
    assert wait_until(all_are_sent)
    assert sink.copies.total() == 3 + len(late)
