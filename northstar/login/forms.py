"""What one fills in to log in: an address, the code sent to it, and a second factor."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, LoginWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from northstar.login import factors
from partners import limits
from partners.fields import CodeField, EmailField
from partners.models import User

CODE_DIGITS = 8
NOT_THIS = _("The passkey did not work. Try again, or choose another way.")


class RequestCodeForm(RequestLoginCodeForm):
    """Where to send a code. The answer is the same whether the address is known or not."""

    email = EmailField(
        label=_("E-mail"),
        help_text=_("The address your invitation came to."),
        error_messages={
            "required": _("Enter your e-mail address."),
        },
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "enterkeyhint": "send", "spellcheck": "false"}
        ),
    )

    def clean_email(self) -> str:
        """Look the person up by the address they have now; former addresses open nothing."""
        email: str = self.cleaned_data["email"]
        if not limits.may_have_code(email):
            raise get_adapter().validation_error("too_many_login_attempts")
        self._user = User.objects.active().filter(email=email).first()
        return email


class ConfirmCodeForm(ConfirmLoginCodeForm):
    """The code from the letter; only its digits matter."""

    code = CodeField(
        label=_("Code from the e-mail"),
        max_length=40,
        error_messages={"required": _("Enter the code from the e-mail.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "enterkeyhint": "go",
                "autofocus": True,
                "spellcheck": "false",
            }
        ),
    )

    def clean_code(self) -> str:
        """Refuse what cannot be a code before it is compared: it costs no try."""
        if len(self.cleaned_data["code"]) != CODE_DIGITS:
            raise ValidationError(
                _("The code has eight digits, for example 12345678."), code="invalid"
            )
        code: str = super().clean_code()
        return code


class FactorForm(AuthenticateForm):
    """The code of an app, or one of the recovery codes; only its digits matter."""

    code = CodeField(
        label=_("Code from your app, or a recovery code"),
        max_length=40,
        error_messages={"required": _("Enter the code your app shows, or a recovery code.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "enterkeyhint": "go",
                "autofocus": True,
                "spellcheck": "false",
            }
        ),
    )

    def clean_code(self) -> str:
        """Find the factor the code is right for; it is then used up."""
        code: str = self.cleaned_data["code"]
        if not limits.may_try_factor(self.user):
            raise get_adapter().validation_error("rate_limited")
        found = factors.right(self.user, code)
        if found is None:
            text = _("The code is not right. An app shows a new one every half minute.")
            raise ValidationError(text, code="wrong")
        found.user = self.user
        self.authenticator = found
        return code


class PasskeyForm(AuthenticateWebAuthnForm):
    """What a browser answers with for a passkey of the person who is logging in."""

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()
        except factors.UNREADABLE as error:
            raise ValidationError(NOT_THIS, code="unreadable") from error


class LoginPasskeyForm(LoginWebAuthnForm):
    """What a browser answers with for a passkey that says itself whose it is."""

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()
        except factors.UNREADABLE as error:
            raise ValidationError(NOT_THIS, code="unreadable") from error
