"""What a refusal means."""

from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

from partners.post import refusals


def test_a_refusal_of_the_sender_concerns_all_and_one_of_a_reader_does_not():
    assert refusals.concerns_all(SMTPSenderRefused(550, b"no", "a@b.example"))
    reader = SMTPRecipientsRefused({"a@b.example": (550, b"no")})
    assert refusals.is_final(reader)
    assert not refusals.concerns_all(reader)


def test_what_the_server_said_is_kept_in_one_line():
    assert refusals.words(SMTPDataError(554, b"not\r\nthis")) == "554 not this"
