"""What a mail server's refusal means: this letter, or all of them; now, or for good."""

from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

from django.utils.translation import gettext as _

from partners.reading.text import one_line


def is_final(error: Exception) -> bool:
    """A permanent refusal of this letter: of its recipient or of its content."""
    return isinstance(error, SMTPRecipientsRefused | SMTPDataError | SMTPSenderRefused) and all(
        code >= 500 for code in _codes(error)
    )


def concerns_all(error: Exception) -> bool:
    """We are refused, not this letter: no login, or we may not send as this sender."""
    if _codes(error) & {530, 534, 535, 538}:
        return True
    if not isinstance(error, SMTPSenderRefused):
        return False
    return error.smtp_code >= 500 and error.smtp_code != 552  # 552: this letter is too large


def words(error: Exception) -> str:
    """What the other side said, for people in charge."""
    if isinstance(error, SMTPRecipientsRefused):
        answers = list(error.recipients.values())
    elif hasattr(error, "smtp_error"):
        answers = [(getattr(error, "smtp_code", 0), error.smtp_error)]
    else:
        return one_line(f"{type(error).__name__}: {error}")[:500]
    said = [
        f"{code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"
        for code, text in answers
    ]
    return one_line("; ".join(said))[:500]


def meaning(said: str) -> str:
    """What it means, for people, that the server *said* this (see words); "" if unknown."""
    code = said[:3]
    if code in {"550", "551", "553"}:
        return _("There is no such address, or it accepts no e-mail from the portal.")
    if code == "552":
        return _("The mailbox is full, or the e-mail is too large for it.")
    if code.isdecimal() and code.startswith("4"):
        return _("The mail server was tried for three days, and never accepted the e-mail.")
    return ""


def _codes(error: Exception) -> set[int]:
    if isinstance(error, SMTPRecipientsRefused):
        return {code for code, _text in error.recipients.values()}
    return {getattr(error, "smtp_code", 0)}
