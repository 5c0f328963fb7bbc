"""The letter with the code: a row in the outbox like all letters, and first in line."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext_lazy

from partners.models import Language, User
from partners.post import outbox
from partners.wording.samples import About, Source, offer

MOMENT = timedelta(seconds=10)  # within it a code is asked for once, by however many clicks
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


def code_on_its_way(person: User | None) -> str:
    """The code of a letter to *person* that was written this moment and still waits; or "".

    The letter stays as it is until the transaction ends. One query.
    """
    written_since = timezone.now() - MOMENT
    return outbox.code_waiting(_prefix(person.pk if person else 0), since=written_since)


def _prefix(pk: int) -> str:
    return f"northstar.login_code:{pk}:"


def _write(person: User, code: str) -> None:
    former = _prefix(person.pk)
    outbox.drop(former)
    good_until = timezone.now() + timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
    context: dict[str, object] = {"code": code}
    key = f"{former}{uuid.uuid4().hex}"
    outbox.put_first(key, person, LETTER, context, useless_after=good_until)


offer(
    "3 login",
    Source(
        gettext_lazy("Login"),
        {
            LETTER: About(
                gettext_lazy("The login code"), gettext_lazy("when somebody wants to log in")
            )
        },
        list,
        lambda letter, key, language, reader: {"code": "1234 5678"},
    ),
)
