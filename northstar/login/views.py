"""Logging in: ask for a code, give it, and a second factor. allauth works; these keep its word."""

import time
from hashlib import sha256
from typing import Any

from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.internal import auth as passkeys
from allauth.mfa.webauthn.internal import flows as passkey_flows
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.cache import cache
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View
from django.views.decorators.http import require_http_methods

from northstar.login import codes, factors, kept, mails
from northstar.login.forms import (
    NOT_THIS,
    FactorForm,
    LoginPasskeyForm,
    PasskeyForm,
    RequestCodeForm,
)
from partners import limits, patience
from partners.requests import Request


class LimitedByNetwork(View):
    """Refuses before anything is looked up: what is answered depends on the network alone."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not limits.may_ask_from_here(request):
            return render(request, "account/too_many.html", status=429)
        return super().dispatch(request, *args, **kwargs)


class RequestCode(LimitedByNetwork, RequestLoginCodeView):
    """One field: the address. Known or unknown, the answer and its time are the same."""

    def form_valid(self, form: RequestCodeForm) -> HttpResponse:
        email = form.cleaned_data["email"]
        if form._user is None:
            mails.login_code_to_nobody(email)
        codes.send(self.request, form._user, email)
        return redirect(self.get_success_url())

    def form_invalid(self, form: Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: object) -> None:
        return None  # whoever mistyped the address must be able to write it again


class GivenTwice(View):
    """Lets in also by a second click, whose login session has ended with the first.

    Else the answer to it would take away the login that the first one got.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        given = None
        if request.method == "POST" and not request.user.is_authenticated:
            asked_in = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
            given = codes.given_before(asked_in, request.POST.get("code", ""))
        if given is not None:
            return codes.let_in(request, given)
        return super().dispatch(request, *args, **kwargs)


class ConfirmCode(LimitedByNetwork, GivenTwice, ConfirmLoginCodeView):
    """One field: the code. Three guesses a letter, also when they come all at once."""

    def form_valid(self, form: Form) -> HttpResponse:
        if self._action == "verify":
            if not self._has_guesses_left():
                return self._too_many()
            self._remember(form.cleaned_data["code"])
        response: HttpResponse = super().form_valid(form)
        return response

    def _remember(self, code: str) -> None:
        """Before this login session ends, so that a second click finds either it or this."""
        person, email = self._process.user, str(self._process.state.get("email"))
        if person is not None:
            codes.remember(self.request.session.session_key, code, codes.Given(person, email))

    def form_invalid(self, form: Form) -> HttpResponse:
        if not form.has_error("code", "required") and not form.has_error("code", "invalid"):
            if not self._count_guess() or not self._process.record_invalid_attempt():
                return self._too_many()
            left = self._process.max_attempts - self._process.state["failed_attempts"]
            form.errors["code"] = form.error_class(
                [
                    ngettext(
                        "The code is not right. You have %(left)d try left, or ask for a new code.",
                        "The code is not right. You have %(left)d tries left, "
                        "or ask for a new code.",
                        left,
                    )
                    % {"left": left}
                ]
            )
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _resend_form_valid(self, form: Form) -> HttpResponse:
        email = str(self._process.state.get("email"))
        if not limits.may_have_code(email):
            messages.error(
                self.request, _("That was many attempts in a short time. Wait a few minutes.")
            )
            return redirect("account_confirm_login_code")
        if self._process.user is None:
            mails.login_code_to_nobody(email)
        # The new letter is good for ten minutes of its own; the guesses made so far still count.
        self._process.state.setdefault("first_at", self._process.state["at"])
        self._process.state["at"] = time.time()
        codes.send_another(self._process)
        messages.success(
            self.request, _("A new code is on its way. The earlier one no longer works.")
        )
        return redirect(self.passthrough_next_url(reverse("account_confirm_login_code")))

    def _count_guess(self) -> bool:
        """Count one guess where parallel requests cannot lose it; False when they are used up.

        allauth counts in the session, which twenty requests at once all read as "none yet".
        """
        with transaction.atomic():
            guesses = self._guesses() + 1
            cache.set(self._guesses_key, guesses, settings.ACCOUNT_LOGIN_TIMEOUT)
        return bool(guesses <= self._process.max_attempts)

    def _has_guesses_left(self) -> bool:
        """Whether the right code comes in time; given several times at once it is no guess."""
        with transaction.atomic():
            return bool(self._guesses() < self._process.max_attempts)

    def _guesses(self) -> int:
        """The wrong guesses so far; nobody else makes one until the transaction ends."""
        patience.take_turn(self._guesses_key)
        return int(cache.get(self._guesses_key, 0))

    @property
    def _guesses_key(self) -> str:
        state = self._process.state
        asked_at = state.get("first_at", state["at"])
        name = sha256(f"{state.get('email')}:{asked_at}".encode()).hexdigest()
        return f"login-guesses:{name}"

    def _too_many(self) -> HttpResponse:
        self._process.abort()
        messages.error(self.request, _("The code was wrong three times. Ask for a new one."))
        return redirect(self.passthrough_next_url(reverse("account_login")))


class SendAgain(View):
    """Ask whether to send what was sent after the login had ended, and send it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        what = kept.what_is_kept(request)
        if what is None:
            return redirect("home")
        return render(request, "account/send_again.html", {"kept": what})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Let the browser send the same form on to where it was meant for, or let it go."""
        what = kept.what_is_kept(request)
        kept.forget(request)
        if what is None or "let_go" in request.GET:
            return redirect("home")
        return HttpResponseRedirect(what.path, preserve_request=True)


class Authenticate(LimitedByNetwork, AuthenticateView):
    """After the code, what proves the same person a second time: an app, a passkey, a paper."""

    template_name = "account/factor.html"
    form_class = FactorForm
    webauthn_form_class = PasskeyForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        given = None
        if request.method == "POST" and not request.user.is_authenticated:
            asked_in = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
            given = factors.given_before(asked_in, request.POST.get("code", ""))
        if given is not None:  # a second click: the login it belonged to has ended with the first
            return factors.let_in(request, given)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        login, code = self.stage.login, request.POST.get("code")
        given = codes.Given(login.user, login.email or "")
        if code:
            is_right = factors.once(request, given, code, self.form.is_valid)
        else:
            is_right = self.form.is_valid()
        if not is_right:
            return self.form_invalid(self.form)
        return factors.let_in(request, given, login.redirect_url)

    def form_invalid(self, form: Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(), status=422)


class LoginWithPasskey(LimitedByNetwork, LoginWebAuthnView):
    """Log in by a passkey alone, which says whose it is; it is both factors at once."""

    form_class = LoginPasskeyForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not limits.may_ask_from_here(request):  # each asks for a row of its own
            return render(request, "account/too_many.html", status=429)
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def form_valid(self, form: LoginPasskeyForm) -> HttpResponse:
        found = form.cleaned_data["credential"]
        login = Login(user=found.user, redirect_url=get_next_redirect_url(self.request))
        response: HttpResponse = passkey_flows.perform_passwordless_login(
            self.request, found, login
        )
        return response

    def form_invalid(self, form: Form) -> HttpResponse:
        messages.error(self.request, NOT_THIS)
        way = get_next_redirect_url(self.request)
        return redirect(reverse("account_login", query={"next": way} if way else None))


@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: Request) -> HttpResponse:
    """Show once more who one is, before one changes how one logs in."""
    if not factors.has_any(request.user):
        return _prove_by_mail(request)
    form, passkey = FactorForm(user=request.user), PasskeyForm(user=request.user)
    if request.method == "POST":
        if "code" in request.POST:
            form = posted = FactorForm(request.POST, user=request.user)
        else:
            passkey = posted = PasskeyForm(request.POST, user=request.user)
        if posted.is_valid():
            factors.note_shown(request, request.user, "again")
            return redirect(_on_the_way_to(request))
    options = passkeys.begin_authentication(request.user)
    page = {"form": form, "webauthn_form": passkey, "js_data": {"request_options": options}}
    page |= {"next": _on_the_way_to(request), "has_factor": True}
    status = 422 if request.method == "POST" else 200
    return render(request, "account/prove.html", page, status=status)


def _prove_by_mail(request: Request) -> HttpResponse:
    """Who has the code alone gives a new one, at a login begun anew."""
    way = _on_the_way_to(request)
    if request.method != "POST":
        return render(request, "account/prove.html", {"next": way})
    person, email = request.user, str(request.user.email)
    if not limits.may_have_code(email):
        text = _("That was many attempts in a short time. Wait a few minutes.")
        messages.error(request, text)
        return redirect(reverse("prove", query={"next": way}))
    logout(request)
    codes.send(request, person, email)
    return redirect(reverse("account_confirm_login_code", query={"next": way}))


def _on_the_way_to(request: HttpRequest) -> str:
    """The page of ours that was asked for; the one of one's login when it was none."""
    way = str(request.POST.get("next") or request.GET.get("next", ""))
    if url_has_allowed_host_and_scheme(way, {request.get_host()}, request.is_secure()):
        return way
    return reverse("security")
