"""The conversation with the mail server: whom we trust, and that it comes to an end.

Django asks for TLS before anything else is said where EMAIL_URL says so, and gives up where there
is none. Which certificate is good enough is decided here.
"""

import ssl
from functools import cached_property
from smtplib import SMTPException

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend

from partners.post import patience

GOODBYE_S = 3  # for the last words: nothing depends on the answer


class Connection(EmailBackend):
    """As Django's, but for an authority of one's own, and a goodbye that holds nobody up."""

    @cached_property
    def ssl_context(self) -> ssl.SSLContext:
        """Trust whom the system trusts, and the authority of EMAIL_CA; the name must be right."""
        context = ssl.create_default_context()
        if settings.EMAIL_CA:
            context.load_verify_locations(cadata=settings.EMAIL_CA)
        return context

    def close(self) -> None:
        """End the conversation, whatever the other side makes of that."""
        half_open = getattr(self, "_partial_connection", None)  # Django keeps it to itself
        spoken_to = [self.connection, half_open]
        try:
            with patience.at_most(GOODBYE_S):
                super().close()
        except (SMTPException, OSError):
            for line in filter(None, spoken_to):
                line.close()
