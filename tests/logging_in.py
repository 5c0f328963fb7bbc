"""Asking for a login code and giving it, as somebody does who sits at the page."""

import re

from django.core import mail
from django.urls import reverse

from partners.post import delivery


def code_in(letter):
    return re.search(r"\d{4} \d{4}", letter.body).group()


def sent():
    """The letters that have left, once the outbox has been emptied."""
    delivery.deliver_all()
    return mail.outbox


def ask(client, email, **query):
    return client.post(reverse("account_login", query=query or None), {"email": email})


def confirm(client, code, **data):
    return client.post(reverse("account_confirm_login_code"), {"code": code, **data})
