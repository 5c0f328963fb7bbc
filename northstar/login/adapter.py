"""How people get in: by invitation, with a code sent by mail."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from northstar.login import codes, mails, sealing
from partners.bounces import noting
from partners.models import Language, User
from partners.people import invitations, membership
from partners.people.invitations import SAID_YES


class Adapter(DefaultAccountAdapter):
    """People come by invitation only; each is met in their own language."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": gettext_lazy(
            "That was many attempts in a short time. Wait a few minutes and ask for a new code."
        ),
        "rate_limited": gettext_lazy(
            "That was many attempts in a short time. Wait a few minutes and try again."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Only the portal's own addresses are followed after login."""
        return url_has_allowed_host_and_scheme(
            url, {self.request.get_host()}, require_https=self.request.is_secure()
        )

    def generate_login_code(self) -> str:
        return super().generate_login_code().replace("-", " ")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put the code in the outbox. No page waits for a mail server, or tells of it.

        Raises LookupError for a letter the portal does not write.
        """
        if template_prefix != "account/email/login_code":
            raise LookupError(template_prefix)
        mails.login_code(User.objects.with_address(email).get(), context["code"])

    def ask_for_code(self, person: User) -> None:
        """Send *person* a code, for rooms that know nothing of login but its adapter."""
        codes.send(self.request, person, str(person.email))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Start in the reader's own language; a page they were on its way to keeps its own."""
        language = getattr(request.user, "language", Language.SWEDISH)
        with translation.override(language):
            return reverse("home")

    def pre_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse | None:
        """A code opens nothing once the address it was sent to is no longer the person's."""
        email = details.get("email")
        if email and email != user.email:
            clear_login(request)
            messages.error(request, _("The code did not work. Ask for a new one."))
            return redirect("account_login")
        return super().pre_login(request, user, **details)

    def post_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse:
        membership.accept(user)
        shown = get_authentication_records(request, user)
        if any(record["method"] == "code" for record in shown):
            noting.works_again(user.email, by=user)  # the code was sent there, and has arrived
        said_yes = request.session.pop(SAID_YES, None)
        if said_yes is not None and not invitations.agree_at_login(said_yes, by=user):
            text = _("The invitation you said yes to is over, or was for another address.")
            messages.warning(request, text)
        return super().post_login(request, user, **details)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        messages.error(request, _("The code did not work. Ask for a new one."))
        return redirect("account_login")


class SecondFactors(DefaultMFAAdapter):
    """Second factors in the portal's words, their secrets sealed."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("That did not work. Try again, or choose another way."),
    }

    def encrypt(self, text: str) -> str:
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal(encrypted_text)

    def _get_site_name(self) -> str:
        return str(settings.PORTAL_NAME)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        return str(_("Passkey"))
