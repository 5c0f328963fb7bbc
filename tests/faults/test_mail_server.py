"""Every answer a mail server may give, over real SMTP."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.core.cache import cache
from django.utils import timezone

from partners.models import Message
from partners.post import delivery, pauses
from tests.builders import make_letter, make_person


@pytest.fixture
def letters(by_smtp):
    """Three letters to three people; no pause is left from another test."""
    cache.clear()
    return [make_letter(make_person(name)) for name in ("Ada", "Bo", "Cai")]


def states():
    return list(Message.objects.order_by("pk").values_list("state", flat=True))


def later():
    """Deliver as if every wait were over."""
    Message.objects.filter(state="waiting").update(next_try_at=timezone.now())
    return delivery.deliver(timezone.now())


@pytest.mark.parametrize(
    ("asked_for", "sender"),
    [
        ("bounces@northstar.example", "bounces@northstar.example"),
        ("", "klimatfardplanen@umea.example"),
    ],
)
def test_what_comes_back_goes_where_it_is_asked_to_and_readers_see_the_sender(
    sink, letters, settings, asked_for, sender
):
    settings.BOUNCE_ADDRESS = asked_for
    assert delivery.deliver(timezone.now()) == 3
    assert sink.senders == {sender}
    for raw in sink.letters:
        letter = message_from_bytes(raw, policy=default)
        assert letter["From"] == "Klimatfärdplanen <klimatfardplanen@umea.example>"
        assert letter["Reply-To"] == "klimatfardplanen@umea.example"
        assert len(letter.get_all("From")) == 1


@pytest.mark.parametrize("answer", ["421 closing", "450 greylisted", "452 full for now"])
def test_row_21_and_22_not_now_is_asked_again_and_the_others_leave(sink, letters, answer):
    second = letters[1]
    sink.answers[second.recipient.email] = [answer]
    before = timezone.now()
    assert delivery.deliver(before) == 2
    second.refresh_from_db()
    assert second.state == "waiting"
    assert timedelta(seconds=9) < second.next_try_at - before < timedelta(seconds=15)
    assert later() == 1
    assert set(sink.copies.values()) == {1}
    assert len(sink.copies) == 3


@pytest.mark.parametrize("answer", ["550 no such user", "551 not here", "553 bad mailbox"])
def test_row_23_never_stops_one_letter_and_no_other(sink, letters, answer):
    sink.answers[letters[0].recipient.email] = [answer]
    assert delivery.deliver(timezone.now()) == 2
    assert states() == ["failed", "sent", "sent"]
    assert Message.objects.first().last_error == answer


@pytest.mark.parametrize(
    ("answer", "state"), [("554 refused", "failed"), ("451 try later", "waiting")]
)
def test_row_23_an_answer_to_the_content(sink, letters, answer, state):
    sink.after_data = [answer]
    assert delivery.deliver(timezone.now()) == 2
    assert states() == [state, "sent", "sent"]


def test_row_24_a_refused_login_fails_no_letter(sink, letters, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "portal", "changed"
    assert delivery.deliver(timezone.now()) == 0
    assert states() == ["waiting"] * 3
    assert set(Message.objects.values_list("attempts", "claim")) == {(0, None)}
    assert pauses.because()


def test_row_24_a_refused_sender_fails_no_letter(sink, letters):
    sink.refuses_login = True
    assert delivery.deliver(timezone.now()) == 0
    assert states() == ["waiting"] * 3
    assert pauses.because() == "530 authentication required"


def test_row_30_a_server_that_is_down_fails_no_letter(sink, letters, settings):
    settings.EMAIL_PORT = 1  # nobody listens there
    assert delivery.deliver(timezone.now()) == 0
    assert states() == ["waiting"] * 3
    assert "refused" in pauses.because()
    settings.EMAIL_PORT = sink.port
    assert delivery.deliver(timezone.now()) == 0  # left alone for a while
    cache.clear()
    assert delivery.deliver(timezone.now()) == 3


def test_row_25_silence_after_the_letter_is_asked_again_with_the_same_id(sink, letters):
    sink.hangs = 1
    assert delivery.deliver(timezone.now()) == 2
    assert states() == ["waiting", "sent", "sent"]
    assert later() == 1
    assert sorted(sink.copies.values()) == [1, 1, 2]  # one Message-ID twice: the reader sees one
