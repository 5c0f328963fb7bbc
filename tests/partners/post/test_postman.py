"""The loop that sends letters with the database alone."""

import threading

import pytest
from django.core import mail
from django.db import OperationalError
from django.utils import timezone

from partners.models import ClockTick, Message
from partners.post import delivery, postman
from tests.builders import make_letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def rounds(monkeypatch):
    """A stop that comes after so many looks."""

    class Stop(threading.Event):
        left = 1

        def wait(self, timeout=None):
            self.left -= 1
            if self.left <= 0:
                self.set()
            return self.is_set()

    monkeypatch.setattr(postman, "close_old_connections", lambda: None)
    return Stop()


def test_what_is_due_is_sent_and_the_pulse_is_noted(rounds, ada):
    make_letter(ada)
    before = timezone.now()
    postman.go_round(rounds)
    assert len(mail.outbox) == 1
    assert ClockTick.objects.get(task="post").ticked_at >= before


def test_a_database_that_is_gone_for_a_while_is_said_once(rounds, ada, monkeypatch, caplog):
    make_letter(ada)
    answers = iter([OperationalError("gone"), OperationalError("gone"), None])
    send = delivery.deliver_all

    def deliver(stop):
        error = next(answers)
        if error:
            raise error
        return send(stop)

    monkeypatch.setattr(delivery, "deliver_all", deliver)
    monkeypatch.setattr(postman.connection, "close", lambda: None)
    rounds.left = 3
    postman.go_round(rounds)
    assert [line.levelname for line in caplog.records if "gone" in line.getMessage()] == ["ERROR"]
    assert Message.objects.get().state == "sent"


def test_a_round_that_fails_is_not_the_last(rounds, ada, monkeypatch):
    def fail(stop):
        raise RuntimeError("a bug")

    monkeypatch.setattr(delivery, "deliver_all", fail)
    rounds.left = 2
    postman.go_round(rounds)
    assert rounds.is_set()


def test_told_to_stop_before_it_begins_it_sends_nothing(rounds, ada):
    make_letter(ada)
    rounds.set()
    postman.go_round(rounds)
    assert mail.outbox == []
