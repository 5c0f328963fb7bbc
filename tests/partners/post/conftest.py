"""A mail server that answers what a test says."""

import pytest
from django.core.mail.backends.locmem import EmailBackend

from partners.post import delivery


@pytest.fixture
def server(monkeypatch):
    """A mail server that answers what the test says: server.says(error) for each address."""

    class Server(EmailBackend):
        answers = {}

        def send_messages(self, messages):
            for message in messages:
                answer = self.answers.get(message.to[0])
                if answer:
                    raise answer
            return super().send_messages(messages)

    monkeypatch.setattr(delivery, "get_connection", Server)
    return Server


@pytest.fixture
def busy(server, monkeypatch):
    """A mail server that does what the test says while it has a letter in hand."""

    class Busy(server):
        def send_messages(self, messages):
            Busy.does()
            return super().send_messages(messages)

        @staticmethod
        def does():
            pass

    monkeypatch.setattr(delivery, "get_connection", Busy)
    return Busy
