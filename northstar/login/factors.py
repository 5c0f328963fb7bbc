"""What proves somebody beside the code: who must have it, what is right, what a login has shown."""

import logging
import struct
import time
from collections.abc import Callable
from hashlib import sha256

from allauth.account.internal.flows.login import (
    get_authentication_records,
    perform_login,
    record_authentication,
)
from allauth.account.models import Login
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from northstar.login import codes
from partners import patience
from partners.models import User

log = logging.getLogger(__name__)

ALONE = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]  # recovery codes come with these
FRESH_S = 15 * 60  # so long after showing who one is, one may change how one logs in
# What a made-up answer of a browser may end in, inside the library that takes it apart.
UNREADABLE = (AttributeError, IndexError, KeyError, TypeError, ValueError, struct.error)
WORTH_S = 3 * 60  # longer than a code of an app is good for


def must_have(user: User | AnonymousUser) -> bool:
    """Whether *user* gets nowhere without a second factor: who works for the portal."""
    if not settings.SECOND_FACTOR_REQUIRED or not isinstance(user, User):
        return False
    return user.is_staff_of_portal or user.is_staff or user.is_superuser


def has_any(person: User | AnonymousUser) -> bool:
    """Whether *person* has a factor beside the code. One query."""
    if not isinstance(person, User):
        return False
    return Authenticator.objects.filter(user_id=person.pk, type__in=ALONE).exists()


def is_proven(request: HttpRequest) -> bool:
    """Whether a second factor was shown in this login. No query."""
    return bool(_shown(request, {"mfa"}))


def is_fresh(request: HttpRequest) -> bool:
    """Whether who is logged in has shown a moment ago who they are.

    By their factor, if they have one: a code by mail is then not enough. One query.
    """
    enough = {"mfa"} if has_any(request.user) else {"mfa", "code"}
    return any(time.time() - moment < FRESH_S for moment in _shown(request, enough))


def note_shown(request: HttpRequest, person: User, kind: str) -> None:
    """Note in the login of *request* that *person* has shown a factor."""
    record_authentication(request, person, method="mfa", type=kind)


def _shown(request: HttpRequest, methods: set[str]) -> list[float]:
    if not request.user.is_authenticated:
        return []
    records = get_authentication_records(request, request.user)
    return [record["at"] for record in records if record["method"] in methods]


def right(person: User, code: str) -> Authenticator | None:
    """The factor of *person* that *code*, digits only, is right for; it is then used up."""
    with transaction.atomic():
        patience.take_turn(f"factor:{person.pk}")
        of_codes = Authenticator.objects.filter(user=person).exclude(
            type=Authenticator.Type.WEBAUTHN
        )
        for factor in of_codes:
            if _is_right(factor, code):
                factor.record_usage()
                return factor
    return None


def _is_right(factor: Authenticator, code: str) -> bool:
    try:
        is_right = factor.wrap().validate_code(code)
    except InvalidToken:  # sealed with a key that is neither SECRET_KEY nor a fallback
        log.error("second factor %d cannot be read: was SECRET_KEY changed?", factor.pk)
        return False
    # allauth forgets a used code before it has ceased to be good.
    said = sha256(f"{factor.pk}:{code}".encode()).hexdigest()
    return bool(is_right and cache.add(f"factor-code:{said}", "", WORTH_S))


def once(request: HttpRequest, given: codes.Given, code: str, ask: Callable[[], bool]) -> bool:
    """Whether *code* is right in the login that *request* goes on with, however often clicked.

    What is given comes with it; *ask* looks at the code, and uses it up.
    """
    key = f"{request.session.session_key}:factor"
    with transaction.atomic():
        patience.take_turn(f"factor:{given.person.pk}")
        if codes.given_before(key, code) is not None:
            return True
        if not ask():
            return False
        codes.remember(key, code, given)
    return True


def given_before(session_key: str | None, code: str) -> codes.Given | None:
    """What the first of two clicks gave in the browser of *session_key*; None if nothing."""
    return codes.given_before(f"{session_key}:factor", code) if session_key else None


def let_in(request: HttpRequest, given: codes.Given, way: str | None = None) -> HttpResponse:
    """Log in who has *given* both factors, and lead on to *way*."""
    record_authentication(request, given.person, method="code", email=given.email)
    note_shown(request, given.person, "factor")
    state = {"stages": {AuthenticateStage.key: {"handled": True}}}
    login = Login(user=given.person, email=given.email, redirect_url=way, state=state)
    response: HttpResponse = perform_login(request, login)
    return response
