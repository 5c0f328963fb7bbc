"""The two fields of logging in: an address, and the code sent to it."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partners import limits
from partners.fields import CodeField, EmailField
from partners.models import User

CODE_DIGITS = 8


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
