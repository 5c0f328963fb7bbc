"""The letter with the code."""

import pytest

from northstar.login import mails
from partners.models import Message

pytestmark = pytest.mark.django_db


def test_the_letter_waits_first_in_line_and_is_a_secret(ada):
    mails.login_code(ada, "1234 5678")
    letter = Message.objects.get()
    assert (letter.urgent, letter.secret, letter.state) == (True, True, "waiting")
    assert "1234 5678" in letter.text
    assert "1234" not in letter.subject, "the outbox shows subjects"


def test_nobody_gets_nothing():
    mails.login_code_to_nobody("nobody@people.example")
    assert not Message.objects.exists()
