"""How letters leave: held for a while, tried ever later, and left alone when we are refused."""

from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

import pytest
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from partners.models import Message, MessageState
from partners.post import delivery, outbox
from tests.builders import make_letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(monkeypatch):
    """A mail server that does what the test says while it takes a letter."""

    class Server(EmailBackend):
        def send_messages(self, messages):
            Server.does()
            return super().send_messages(messages)

        @staticmethod
        def does():
            pass

    monkeypatch.setattr(delivery, "get_connection", Server)
    return Server


def raising(error):
    def does():
        raise error

    return staticmethod(does)


def test_the_steps_of_the_ladder_and_of_the_pause_are_these():
    minute, hour = timedelta(minutes=1), timedelta(hours=1)
    assert [
        timedelta(seconds=10),
        minute,
        5 * minute,
        15 * minute,
        *(n * hour for n in (1, 4, 8, 12, 22, 24)),
    ] == delivery.LADDER
    assert delivery.PAUSES_S == [5, 15, 30, 60]


def test_a_batch_in_hand_is_nobody_elses_until_its_lease_ends(server, ada, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    make_letter(ada)
    make_letter(ada)
    leases, due = [], []

    def look():
        now = timezone.now()
        leases.append(set(Message.objects.exclude(claim=None).values_list("claimed_until")))
        due.append(list(Message.objects.due(now + delivery.LEASE)))

    server.does = staticmethod(look)
    assert delivery.deliver(timezone.now()) == 2
    assert leases == [{(timezone.now() + delivery.LEASE,)}] * 2
    assert due == [[], []]


def test_a_server_that_cannot_be_reached_costs_no_letter_a_try(server, ada, monkeypatch):
    letter = make_letter(ada)
    monkeypatch.setattr(server, "open", lambda self: (_ for _ in ()).throw(OSError("no route")))
    assert delivery.deliver(timezone.now()) == 0
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.claim) == (MessageState.WAITING, 0, None)
    assert "no route" in delivery.paused_because()


def test_a_letter_is_useless_from_the_moment_it_names(server, ada, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    late = make_letter(ada, useless_after=timezone.now())
    in_time = make_letter(ada, useless_after=timezone.now() + timedelta(microseconds=1))
    assert delivery.deliver(timezone.now()) == 1
    late.refresh_from_db()
    in_time.refresh_from_db()
    assert (late.state, in_time.state) == (MessageState.SKIPPED, MessageState.SENT)
    assert in_time.claim is None


def test_a_letter_overtaken_while_it_is_refused_stays_overtaken(server, ada):
    letter = make_letter(ada, key="learning.place:1:1:seat")

    def refuse():
        outbox.drop("learning.place:1:1:")
        raise SMTPRecipientsRefused({ada.email: (450, b"later")})

    server.does = staticmethod(refuse)
    delivery.deliver(timezone.now())
    letter.refresh_from_db()
    assert letter.state == MessageState.SKIPPED


@pytest.mark.parametrize("code", [530, 534, 535, 538])
def test_no_login_is_about_us_and_not_about_the_letter(server, ada, code):
    letter = make_letter(ada)
    server.does = raising(SMTPDataError(code, b"log in first"))
    delivery.deliver(timezone.now())
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (MessageState.WAITING, 0)
    assert delivery.paused_because() == f"{code} log in first"


@pytest.mark.parametrize(
    ("code", "state", "is_paused"),
    [
        (550, MessageState.WAITING, True),  # we may not send as this sender
        (553, MessageState.WAITING, True),
        (552, MessageState.FAILED, False),  # this letter is too large
        (450, MessageState.WAITING, False),  # this letter, later
    ],
)
def test_a_refused_sender_is_about_us_but_for_a_letter_that_is_too_large(
    server, ada, code, state, is_paused
):
    letter = make_letter(ada)
    server.does = raising(SMTPSenderRefused(code, b"no", "portal@umea.example"))
    delivery.deliver(timezone.now())
    letter.refresh_from_db()
    assert (letter.state, bool(delivery.paused_because())) == (state, is_paused)


def test_why_letters_wait_is_known_for_a_day(server, ada, time_machine):
    time_machine.move_to(timezone.now().replace(microsecond=0), tick=False)
    make_letter(ada)
    server.does = raising(SMTPDataError(530, b"log in first"))
    delivery.deliver(timezone.now())

    time_machine.shift(timedelta(hours=24, seconds=-1))
    assert cache.get(delivery.PAUSE_KEY)
    time_machine.shift(timedelta(seconds=2))
    assert cache.get(delivery.PAUSE_KEY) is None
