"""Waiting letters become mail: once, in turn, and none is lost."""

import email
import time
from datetime import timedelta
from smtplib import (
    SMTPRecipientsRefused,
    SMTPServerDisconnected,
)

import psycopg
import pytest
from django.core import mail
from django.db import connection
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from partners.models import BouncedAddress, Message, MessageState
from partners.post import claims, delivery, outbox, pauses
from tests.builders import make_letter, make_person, put_letter

pytestmark = pytest.mark.django_db


def test_a_letter_is_sent_once_with_its_headers(ada):
    message = put_letter(ada)
    assert delivery.deliver(timezone.now()) == 1
    assert delivery.deliver(timezone.now()) == 0
    [sent] = mail.outbox
    raw = email.message_from_bytes(sent.message().as_bytes())
    assert raw["Message-ID"] == f"<{message.message_id}@localhost>"
    assert raw["Auto-Submitted"] == "auto-generated"
    assert raw["Reply-To"] == "klimatfardplanen@umea.example"
    assert raw["To"] == ada.email
    message.refresh_from_db()
    assert (message.state, message.sent_to, message.attempts) == ("sent", ada.email, 1)


def test_an_invitation_is_an_alternative_and_a_file(ada):
    put_letter(ada, calendar="BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\n", calendar_method="REQUEST")
    delivery.deliver(timezone.now())
    raw = email.message_from_bytes(mail.outbox[0].message().as_bytes())
    parts = {part.get_content_type(): part for part in raw.walk()}
    alternative = parts["text/calendar"]
    assert alternative.get_param("method") == "REQUEST"
    assert alternative.get_content_charset() == "utf-8"
    assert parts["application/ics"].get_filename() == "invite.ics"
    assert list(parts)[:4] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"is_active": False}, "log in"), ({"email": None}, "no address")],
)
def test_row_32_who_left_in_the_meantime_gets_no_letter(ada, change, reason):
    message = put_letter(ada)
    type(ada).objects.filter(pk=ada.pk).update(**change)
    delivery.deliver(timezone.now())
    message.refresh_from_db()
    assert message.state == MessageState.SKIPPED
    assert reason in message.last_error
    assert mail.outbox == []


def test_a_letter_that_would_tell_nothing_new_is_not_sent(ada):
    message = put_letter(ada, useless_after=timezone.now() - timedelta(seconds=1))
    delivery.deliver(timezone.now())
    message.refresh_from_db()
    assert message.state == MessageState.SKIPPED


def test_a_dropped_letter_is_not_sent_and_its_neighbour_is(ada):
    put_letter(ada, key="learning.seat:5:1")
    put_letter(ada, key="learning.seat:51:1")
    assert outbox.drop("learning.seat:5:") == 1
    assert delivery.deliver(timezone.now()) == 1


def test_a_refused_address_stops_its_letter_and_no_other(server, ada, bo):
    refused, fine = put_letter(ada, key="a"), put_letter(bo, key="b")
    server.answers = {ada.email: SMTPRecipientsRefused({ada.email: (550, b"no such user")})}
    assert delivery.deliver(timezone.now()) == 1
    refused.refresh_from_db()
    fine.refresh_from_db()
    assert (refused.state, refused.last_error) == ("failed", "550 no such user")
    assert fine.state == "sent"


@pytest.mark.parametrize(
    ("answer", "is_marked"),
    [
        ((550, b"no such user"), True),
        ((550, b"5.1.1 User unknown"), True),
        ((552, b"5.2.3 too large"), False),
        ((554, b"5.7.1 we think it is spam"), False),
    ],
)
def test_an_address_that_is_refused_is_marked_as_if_the_letter_had_come_back(
    server, ada, answer, is_marked
):
    letter = put_letter(ada)
    server.answers = {ada.email: SMTPRecipientsRefused({ada.email: answer})}
    delivery.deliver(timezone.now())
    mark = BouncedAddress.objects.of(ada.email)
    assert (mark.letter == letter) if is_marked else mark is None


def test_a_failed_letter_can_be_tried_again(server, ada):
    message = put_letter(ada)
    server.answers = {ada.email: SMTPRecipientsRefused({ada.email: (550, b"no such user")})}
    delivery.deliver(timezone.now())
    server.answers = {}
    assert outbox.try_again(message)
    assert not outbox.try_again(message)
    assert delivery.deliver(timezone.now()) == 1


def test_a_busy_server_is_asked_again_ever_later_and_then_no_more(server, ada, time_machine):
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    message = put_letter(ada)
    server.answers = {ada.email: SMTPRecipientsRefused({ada.email: (450, b"later")})}
    waits = []
    for _ in range(len(delivery.LADDER)):
        delivery.deliver(timezone.now())
        message.refresh_from_db()
        assert message.state == MessageState.WAITING
        waits.append(message.next_try_at - timezone.now())
        assert delivery.deliver(message.next_try_at - timedelta(seconds=1)) == 0
        time_machine.move_to(message.next_try_at, tick=False)
    delivery.deliver(timezone.now())
    message.refresh_from_db()
    assert message.state == MessageState.FAILED
    minute, hour = timedelta(minutes=1), timedelta(hours=1)
    first = [timedelta(seconds=10), minute, 5 * minute, 15 * minute]
    assert waits == [*first, *(n * hour for n in (1, 4, 8, 12, 22, 24))]
    assert sum(waits, timedelta()) > timedelta(hours=71)


def test_a_cut_line_is_no_refusal(server, ada):
    message = put_letter(ada)
    server.answers = {ada.email: SMTPServerDisconnected("gone")}
    delivery.deliver(timezone.now())
    message.refresh_from_db()
    assert (message.state, message.claim) == (MessageState.WAITING, None)


def test_row_31_a_letter_that_cannot_be_written_stops_alone(ada, bo, monkeypatch):
    poison, fine = put_letter(ada, key="a"), put_letter(bo, key="b")
    Message.objects.filter(pk=poison.pk).update(calendar="x", calendar_method="\r\nBcc: x")
    assert delivery.deliver(timezone.now()) == 1
    poison.refresh_from_db()
    fine.refresh_from_db()
    assert (poison.state, fine.state) == ("failed", "sent")


def test_row_31_a_letter_whose_sender_dies_each_time_is_given_up(ada):
    message = put_letter(ada)
    Message.objects.update(attempts=len(delivery.LADDER) + 1)
    delivery.deliver(timezone.now())
    message.refresh_from_db()
    assert message.state == MessageState.FAILED


def test_a_claimed_letter_is_left_alone_until_its_lease_ends(ada):
    put_letter(ada)
    lease = {"claim": "6f1c7f3c-3e3c-4f0e-8a9c-0123456789ab"}
    Message.objects.update(**lease, claimed_until=Now() + timedelta(seconds=30))
    assert delivery.deliver(timezone.now()) == 0
    Message.objects.update(**lease, claimed_until=Now() - timedelta(milliseconds=1))
    assert delivery.deliver(timezone.now()) == 1


@pytest.mark.parametrize("off", [timedelta(hours=1), timedelta(hours=-1)])
def test_row_49_a_sender_whose_clock_is_wrong_leaves_the_letters_of_others_alone(
    ada, time_machine, off
):
    put_letter(ada)
    lease = {"claim": "6f1c7f3c-3e3c-4f0e-8a9c-0123456789ab"}
    Message.objects.update(**lease, claimed_until=Now() + timedelta(seconds=30))
    time_machine.move_to(timezone.now() + off)
    assert not Message.objects.due(timezone.now() + timedelta(hours=2)).exists()
    assert delivery.deliver(timezone.now() + timedelta(hours=2)) == 0


def test_a_sender_that_slept_does_not_mark_anothers_letter(server, ada):
    message = put_letter(ada)
    other = "6f1c7f3c-3e3c-4f0e-8a9c-0123456789ab"

    class Slept(server):
        def send_messages(self, messages):
            Message.objects.update(claim=other, claimed_until=timezone.now())
            raise SMTPRecipientsRefused({ada.email: (550, b"no")})

    delivery.get_connection = Slept
    delivery.deliver(timezone.now())
    message.refresh_from_db()
    assert (message.state, str(message.claim)) == ("waiting", other)


class Clock:
    """The clocks of the outbox, moved by hand."""

    def __init__(self):
        self.now = 1000.0

    def monotonic(self):
        return self.now

    def time(self):
        return self.now


def test_row_29_a_slow_batch_stops_before_its_lease_ends_and_lets_the_rest_go(
    server, ada, monkeypatch
):
    letters = [put_letter(ada, key=f"test:{number}") for number in range(5)]
    clock = Clock()
    monkeypatch.setattr(delivery, "time", clock)

    class Slow(server):
        def send_messages(self, messages):
            clock.now += 12  # of a lease of 30: the third begins at the last moment, 24
            return super().send_messages(messages)

    monkeypatch.setattr(delivery, "get_connection", Slow)
    assert delivery.deliver(timezone.now()) == 3
    waiting = Message.objects.filter(state="waiting")
    assert [letter.pk for letter in waiting.order_by("pk")] == [one.pk for one in letters[3:]]
    assert set(waiting.values_list("claim", "claimed_until", "attempts")) == {(None, None, 0)}
    assert delivery.deliver(timezone.now()) == 2


def test_the_lease_is_whole_again_before_each_letter(server, ada, monkeypatch):
    for number in range(3):
        put_letter(ada, key=f"test:{number}")
    left = []

    class Slow(server):
        def send_messages(self, messages):
            in_hand = Message.objects.annotate(left=F("claimed_until") - Now())
            left.append(in_hand.get(state="waiting", attempts=1).left.total_seconds())
            # Seven seconds pass by the database's clock.
            seven = timedelta(seconds=7)
            Message.objects.filter(attempts=0).update(claimed_until=F("claimed_until") - seven)
            return super().send_messages(messages)

    monkeypatch.setattr(delivery, "get_connection", Slow)
    assert delivery.deliver(timezone.now()) == 3
    assert left == [pytest.approx(30, abs=1)] * 3


@pytest.mark.django_db(transaction=True)
def test_what_another_sender_is_claiming_is_passed_over_without_waiting():
    theirs, ours = (put_letter(make_person(name), key=name) for name in ("Ada", "Bo"))
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("SELECT 1 FROM partners_message WHERE id = %s FOR UPDATE", [theirs.pk])
        assert delivery.deliver(timezone.now()) == 1
    ours.refresh_from_db()
    assert ours.state == "sent"
    assert delivery.deliver(timezone.now()) == 1


def test_a_letter_dropped_while_its_batch_is_being_sent_stays_unsent(server, ada, monkeypatch):
    put_letter(ada, key="test:1:")
    overtaken = put_letter(ada, key="test:2:")

    class Meanwhile(server):
        def send_messages(self, messages):
            outbox.drop("test:2:")
            return super().send_messages(messages)

    monkeypatch.setattr(delivery, "get_connection", Meanwhile)
    assert delivery.deliver(timezone.now()) == 1
    overtaken.refresh_from_db()
    assert (overtaken.state, overtaken.attempts) == (MessageState.SKIPPED, 0)


def test_a_batch_in_hand_is_nobody_elses_until_its_lease_ends(busy, ada):
    make_letter(ada)
    make_letter(ada)
    leases, due = [], []

    def look():
        held = Message.objects.exclude(claim=None).annotate(left=F("claimed_until") - Now())
        leases.append([letter.left.total_seconds() for letter in held])
        due.append(list(Message.objects.due(timezone.now() + claims.LEASE)))

    busy.does = staticmethod(look)
    assert delivery.deliver(timezone.now()) == 2
    assert leases == [[pytest.approx(30, abs=1)] * 2, [pytest.approx(30, abs=1)]]
    assert due == [[], []]


def test_a_server_that_cannot_be_reached_costs_no_letter_a_try(busy, ada, monkeypatch):
    letter = make_letter(ada)
    monkeypatch.setattr(busy, "open", lambda self: (_ for _ in ()).throw(OSError("no route")))
    assert delivery.deliver(timezone.now()) == 0
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.claim) == (MessageState.WAITING, 0, None)
    assert "no route" in pauses.because()


def test_a_letter_is_useless_from_the_moment_it_names(busy, ada, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    late = make_letter(ada, useless_after=timezone.now())
    in_time = make_letter(ada, useless_after=timezone.now() + timedelta(microseconds=1))
    assert delivery.deliver(timezone.now()) == 1
    late.refresh_from_db()
    in_time.refresh_from_db()
    assert (late.state, in_time.state) == (MessageState.SKIPPED, MessageState.SENT)
    assert in_time.claim is None


def test_a_letter_overtaken_while_it_is_refused_stays_overtaken(busy, ada):
    letter = make_letter(ada, key="learning.place:1:1:seat")

    def refuse():
        outbox.drop("learning.place:1:1:")
        raise SMTPRecipientsRefused({ada.email: (450, b"later")})

    busy.does = staticmethod(refuse)
    delivery.deliver(timezone.now())
    letter.refresh_from_db()
    assert letter.state == MessageState.SKIPPED


def test_the_last_step_of_the_ladder_is_still_tried(ada):
    letter = make_letter(ada, attempts=len(delivery.LADDER))
    assert delivery.deliver(timezone.now()) == 1
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == ("sent", len(delivery.LADDER) + 1)


def test_a_sender_that_died_keeps_its_letters_for_half_a_minute():
    assert timedelta(seconds=30) == claims.LEASE


def test_the_line_to_the_server_is_closed_after_the_batch(busy, ada, monkeypatch):
    closed = []
    monkeypatch.setattr(busy, "close", lambda self: closed.append(True))
    make_letter(ada)
    assert delivery.deliver(timezone.now()) == 1
    assert closed == [True]


def test_letters_are_sent_until_none_is_due(ada, monkeypatch):
    monkeypatch.setattr(claims, "BATCH", 2)
    for _ in range(5):
        make_letter(ada)
    assert delivery.deliver_all() == 5


def test_told_to_stop_the_letter_in_hand_is_finished_and_the_rest_let_go(ada):
    for _ in range(5):
        make_letter(ada)
    assert delivery.deliver_all(stop=lambda: len(mail.outbox) == 2) == 2
    waiting = Message.objects.filter(state="waiting")
    assert list(waiting.values_list("claim", "attempts")) == [(None, 0)] * 3


def test_a_server_that_never_ends_its_answer_costs_one_step_of_the_ladder(
    busy, ada, bo, monkeypatch
):
    monkeypatch.setattr(delivery, "LETTER_S", 0.2)
    slow, fine = make_letter(ada), make_letter(bo)
    pit = iter([5])
    busy.does = staticmethod(lambda: time.sleep(next(pit, 0)))
    began = time.monotonic()
    assert delivery.deliver_all() == 1
    assert time.monotonic() - began < 5
    slow.refresh_from_db()
    fine.refresh_from_db()
    assert (slow.state, slow.attempts, fine.state) == ("waiting", 1, "sent")
    assert slow.next_try_at > timezone.now() + timedelta(seconds=5)


def test_who_waits_for_a_code_is_looked_for_after_each_second(server, ada, bo, monkeypatch):
    """A code asked for while a hundred letters are in hand does not wait for all of them."""
    monkeypatch.setattr(delivery, "TURN_S", 0)
    for _ in range(3):
        make_letter(ada)
    waited = []

    class Asked(server):
        def send_messages(self, messages):
            if not waited:
                waited.append(make_letter(bo, urgent=True))
            return super().send_messages(messages)

    monkeypatch.setattr(delivery, "get_connection", Asked)
    assert delivery.deliver_all() == 4
    assert [letter.to for letter in mail.outbox] == [[p.email] for p in (ada, bo, ada, ada)]
