"""What a mail server's refusal means: this letter, or all of them; now, or for good."""

import re
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

from django.utils.translation import gettext as _

from partners.reading.text import one_line

# 5.x.x of RFC 3463: about the address and its mailbox, and the way there. The others are about the
# letter, or what the other side thinks of us.
OF_THE_ADDRESS = ("5.1.", "5.2.", "5.4.")
NOT_OF_THE_ADDRESS = {"5.2.3"}  # longer than the mailbox takes
NO_SUCH_ADDRESS = {"550", "551", "553"}  # where there is no more than the old numbers

_STATUS = re.compile(r"\b([45]\.\d{1,3}\.\d{1,3})\b")


def is_final(error: Exception) -> bool:
    """A permanent refusal of this letter: of its recipient or of its content."""
    return isinstance(error, SMTPRecipientsRefused | SMTPDataError | SMTPSenderRefused) and all(
        code >= 500 for code in _codes(error)
    )


def is_of_address(status: str, said: str) -> bool:
    """Whether a failure with this *status*, "" for none, is for good, and of the address.

    What is sent there next fails, too.
    """
    if status in {"", "5.0.0"}:
        return said[:3] in NO_SUCH_ADDRESS
    return status.startswith(OF_THE_ADDRESS) and status not in NOT_OF_THE_ADDRESS


def status_in(said: str) -> str:
    """The numbers of RFC 3463 in what a server *said*; "" if there are none."""
    found = _STATUS.search(said)
    return found.group(1) if found else ""


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


def meaning(said: str, *, came_back: bool = False) -> str:
    """What it means, for people, that the server *said* this (see words); "" if unknown.

    Said to us, or *came_back* from a server further on.
    """
    code, status = said[:3], _STATUS.search(said)
    if status and (told := _meaning_of_status(status.group(1), came_back=came_back)):
        return told
    if code in {"550", "551", "553"}:
        return _("There is no such address, or it accepts no e-mail from the portal.")
    if code == "552":
        return _("The mailbox is full, or the e-mail is too large for it.")
    if code.isdecimal() and code.startswith("4") and not came_back:
        return _("The mail server was tried for three days, and never accepted the e-mail.")
    return ""


def why(said: str, *, came_back: bool) -> str:
    """As meaning; where nobody knows it, what was *said*."""
    return meaning(said, came_back=came_back) or said


def _meaning_of_status(status: str, *, came_back: bool) -> str:
    """Of the numbers of RFC 3463; "" for those that say no more than the old ones."""
    if status.startswith("4."):
        given_up = _("The reader's mail server was tried again and again, and then given up.")
        return given_up if came_back else ""
    meanings = {
        "5.1.": _("There is no such address, or it accepts no e-mail from the portal."),
        "5.2.1": _("The mailbox is closed."),
        "5.2.2": _("The mailbox is full, or the e-mail is too large for it."),
        "5.2.3": _("The e-mail is too large for the mailbox."),
        "5.3.4": _("The e-mail is too large for the mailbox."),
        "5.4.": _("There is no way to the address: what stands after the @ may be wrong."),
        "5.7.": _("The reader's mail server refuses e-mails from the portal."),
    }
    kind = status[: status.rindex(".") + 1]
    return meanings.get(status) or meanings.get(kind, "")


def _codes(error: Exception) -> set[int]:
    if isinstance(error, SMTPRecipientsRefused):
        return {code for code, _text in error.recipients.values()}
    return {getattr(error, "smtp_code", 0)}
