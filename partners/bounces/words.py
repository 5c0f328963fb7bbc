"""What is said to whoever uses an address from which e-mails come back."""

from django.utils.translation import gettext as _

from partners.reading.addresses import readable


def bounced_words(address: str) -> str:
    return _(
        "E-mails to %(address)s have come back. Is it right? If you know that it works again, "
        "say so on the person's page."
    ) % {"address": readable(address)}
