"""A letter as MIME: its parts, and the headers that every letter has."""

import uuid
from email.message import EmailMessage as Mime
from email.utils import formatdate
from functools import cached_property
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from partners.models import Message
from partners.post import sending_service, unsubscribing


class Mail(EmailMultiAlternatives):
    """A mail that is built once: whoever looks at it, and whoever sends it, has the same."""

    @cached_property
    def _built(self) -> Mime:
        built = super().message()
        # Chosen here, for whoever else chooses one looks for it in the whole text, part by part.
        unique = uuid.uuid4().hex
        for number, part in enumerate(built.walk()):
            if part.is_multipart():
                part.set_boundary(f"={unique}.{number}=")
        return built

    def message(self, *, policy: object = None) -> Mime:
        return self._built


def mail_of(message: Message, address: str) -> Mail:
    """Build *message* as mail to *address*.

    Raises whatever is wrong with a letter that cannot be mail.
    """
    mail = Mail(
        subject=message.subject,
        body=message.text,
        # Of the envelope: what comes back goes there. Readers see the sender in the head.
        from_email=settings.BOUNCE_ADDRESS or settings.DEFAULT_FROM_EMAIL,
        to=[address],
        reply_to=[message.reply_to or settings.CONTACT_EMAIL],
        headers=_headers(message),
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    if message.calendar:
        # What Google sends itself: the invitation as an alternative, for the mail program, and as
        # a file, for whoever opens it by hand. The method must be the one inside.
        method = message.calendar_method
        mail.attach_alternative(message.calendar, f"text/calendar; method={method}")
        mail.attach("invite.ics", message.calendar.encode(), "application/ics")
    mail.message()
    return mail


def _headers(message: Message) -> dict[str, str]:
    """Name the letter in the portal's domain, and ask machines not to answer it (RFC 3834).

    Exchange knows no Auto-Submitted, but X-Auto-Response-Suppress.
    """
    return {
        "From": settings.DEFAULT_FROM_EMAIL,
        "Message-ID": f"<{message.message_id}@{urlsplit(settings.SITE_URL).hostname}>",
        "Date": formatdate(timezone.now().timestamp()),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": message.language,
        **unsubscribing.headers(message),
        **sending_service.headers(settings.MAIL_SERVICE, message),
    }
