"""What a refusal means."""

from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

import pytest
from django.utils import timezone

from partners.post import delivery, pauses, refusals
from tests.builders import put_letter


def test_a_refusal_of_the_sender_concerns_all_and_one_of_a_reader_does_not():
    assert refusals.concerns_all(SMTPSenderRefused(550, b"no", "a@b.example"))
    reader = SMTPRecipientsRefused({"a@b.example": (550, b"no")})
    assert refusals.is_final(reader)
    assert not refusals.concerns_all(reader)


def test_what_the_server_said_is_kept_in_one_line():
    assert refusals.words(SMTPDataError(554, b"not\r\nthis")) == "554 not this"


SENDER = "portal@people.example"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "state", "words"),
    [
        (SMTPDataError(554, b"content refused"), "failed", "554 content refused"),
        (SMTPDataError(500, "never heard of"), "failed", "500 never heard of"),
        (SMTPDataError(554, b"\xff odd"), "failed", "554 \ufffd odd"),
        (SMTPDataError(452, b"disk full"), "waiting", "452 disk full"),
        (SMTPSenderRefused(552, b"too large", SENDER), "failed", "552 too large"),
        (SMTPSenderRefused(451, b"later", SENDER), "waiting", "451 later"),
        (SMTPRecipientsRefused({"x": (500, b"what?")}), "failed", "500 what?"),
        (SMTPRecipientsRefused({"x": (450, b"busy")}), "waiting", "450 busy"),
        (OSError("no\r\nroute"), "waiting", "OSError: no route"),
    ],
)
def test_what_is_said_of_one_letter_concerns_it_alone(server, ada, bo, answer, state, words):
    refused, fine = put_letter(ada, key="a"), put_letter(bo, key="b")
    server.answers = {ada.email: answer}
    assert delivery.deliver(timezone.now()) == 1
    refused.refresh_from_db()
    fine.refresh_from_db()
    assert (refused.state, refused.last_error, refused.attempts) == (state, words, 1)
    assert (fine.state, fine.last_error) == ("sent", "")
    assert pauses.because() == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    "answer",
    [SMTPDataError(code, b"not you") for code in (530, 534, 535, 538)]
    + [SMTPSenderRefused(code, b"not you", SENDER) for code in (500, 550, 551, 553)],
    ids=lambda answer: f"{type(answer).__name__} {answer.smtp_code}",
)
def test_what_is_said_of_us_stops_every_letter_and_fails_none(server, ada, answer):
    letter = put_letter(ada)
    server.answers = {ada.email: answer}
    assert delivery.deliver(timezone.now()) == 0
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.last_error) == ("waiting", 0, "")
    assert pauses.because() == f"{answer.smtp_code} not you"


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("550 5.1.1 User unknown", "Adressen finns inte"),
        ("553 sorry", "Adressen finns inte"),
        ("552 5.2.2 Over quota", "Inkorgen är full"),
        ("450 4.2.0 later", "tre dygn"),
        ("given up", ""),
        ("", ""),
    ],
)
def test_what_the_server_said_is_told_in_words(said, means):
    told = refusals.meaning(said)
    assert means in told
    assert bool(told) == bool(means)
