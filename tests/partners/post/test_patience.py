"""A conversation has an end."""

import threading
import time

import pytest

from partners.post import patience


def test_what_takes_too_long_is_interrupted():
    with pytest.raises(TimeoutError), patience.at_most(0.05):
        time.sleep(5)


def test_what_is_done_in_time_is_left_alone():
    with patience.at_most(0.05):
        pass
    time.sleep(0.1)


def test_outside_the_main_thread_nothing_is_interrupted():
    done = []

    def talk():
        with patience.at_most(0.01):
            time.sleep(0.05)
        done.append(True)

    thread = threading.Thread(target=talk)
    thread.start()
    thread.join()
    assert done == [True]
