"""A code is sent once and lets in once, however often the button is pressed."""

import re
from dataclasses import dataclass
from hashlib import sha256

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

from northstar.login import mails
from partners import patience
from partners.models import User
from partners.post import outbox


def send(request: HttpRequest, person: User | None, email: str) -> None:
    """Let whoever asks here log in with the code that is sent to *email*; None is sent nothing.

    A browser that asks again before the letter of this very moment has left waits for the same
    code: of two clicks at once nobody knows which answer it keeps. It costs the same work.
    """
    with transaction.atomic():
        patience.take_turn(f"login-code:{email}")
        code = mails.code_on_its_way(person)
        if _is_first(request, email) or not code:
            LoginCodeVerificationProcess.initiate(request=request, user=person, email=email)
            return
        with outbox.rehearsal():
            process = LoginCodeVerificationProcess.initiate(
                request=request, user=person, email=email
            )
        _expect(process, code)


def send_another(process: LoginCodeVerificationProcess) -> None:
    """Send a new code; where another click has just sent one, that is the new one."""
    with transaction.atomic():
        patience.take_turn(f"login-code:{process.state.get('email')}")
        code = mails.code_on_its_way(process.user)
        is_first = code == process.code and not process.state["resend_count"]
        if not code or is_first:
            process.resend()
            return
        with outbox.rehearsal():
            process.resend()
        _expect(process, code)


@dataclass(frozen=True)
class Given:
    """A right code, given in a login session that ends with it."""

    person: User
    email: str  # that the code was sent to


def _is_first(request: HttpRequest, email: str) -> bool:
    """Whether this browser asks for *email* the first time in a moment; without a cookie, yes."""
    names = (settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME)
    known_by = next((request.COOKIES[name] for name in names if request.COOKIES.get(name)), None)
    browser = known_by or get_random_string(32)
    key = f"login-asked:{sha256(f'{browser}:{email}'.encode()).hexdigest()}"
    return bool(cache.add(key, "", mails.MOMENT.total_seconds()))


def remember(session_key: str | None, code: str, given: Given) -> None:
    """Note for a moment that *code* was right in the browser of *session_key*."""
    kept = [given.person.pk, given.email, _digits(code)]
    cache.set(_given_in(session_key), kept, mails.MOMENT.total_seconds())


def given_before(session_key: str | None, code: str) -> Given | None:
    """What was noted of *code* a moment ago in the browser of *session_key*; None if nothing."""
    kept = cache.get(_given_in(session_key)) if session_key else None
    if kept is None or not constant_time_compare(kept[2], _digits(code)):
        return None
    person = User.objects.active().filter(pk=kept[0]).first()
    return Given(person, kept[1]) if person else None


def let_in(request: HttpRequest, given: Given) -> HttpResponse:
    """Log in who has *given* a right code."""
    record_authentication(request, given.person, method="code", email=given.email)
    login = Login(user=given.person, email=given.email)
    response: HttpResponse = perform_login(request, login)
    return response


def _given_in(session_key: str | None) -> str:
    return f"login-given:{sha256(str(session_key).encode()).hexdigest()}"


def _digits(code: str) -> str:
    """What is kept of a code: nothing it can be read from."""
    return salted_hmac("northstar.login.codes", re.sub(r"\D", "", code)).hexdigest()


def _expect(process: LoginCodeVerificationProcess, code: str) -> None:
    process.state["code"] = code
    process.persist()
