"""The letter with the code: a row in the outbox like all letters, and first in line."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from partners.models import Language, User
from partners.post import outbox

LETTER = "northstar/login_code"


def login_code(person: User, code: str) -> None:
    """Write *code* to *person*; a former one that still waits is not sent."""
    _write(person, code)


def login_code_to_nobody(email: str) -> None:
    """Do all that login_code does, and keep nothing, so that its time tells nobody who is known."""
    nobody = User(pk=0, email=email, name=email, language=Language.SWEDISH)
    with outbox.rehearsal():
        _write(nobody, "0000 0000")
    cache.set("northstar.login.nobody", "", 60)  # what is kept costs a commit, too


def _write(person: User, code: str) -> None:
    former = f"northstar.login_code:{person.pk}:"
    outbox.drop(former)
    good_until = timezone.now() + timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
    context: dict[str, object] = {"code": code}
    key = f"{former}{uuid.uuid4().hex}"
    outbox.put_first(key, person, LETTER, context, useless_after=good_until)
