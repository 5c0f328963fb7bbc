"""What one fills in to take a second factor into use."""

from typing import Any

from allauth.mfa.totp.internal import auth as apps
from allauth.mfa.webauthn.internal import auth as passkeys
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from northstar.login.factors import UNREADABLE
from partners import limits
from partners.fields import CodeField
from partners.models import User


class AppForm(forms.Form):
    """The code that the app shows, which proves that it has the secret."""

    code = CodeField(
        label=_("Code that the app shows"),
        max_length=40,
        error_messages={"required": _("Enter the six digits that the app shows.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "enterkeyhint": "go",
                "spellcheck": "false",
            }
        ),
    )

    def __init__(self, *args: Any, person: User, secret: str, **kwargs: Any) -> None:
        self.person, self.secret = person, secret
        super().__init__(*args, **kwargs)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not limits.may_try_factor(self.person):
            raise ValidationError(
                _("That was many attempts in a short time. Wait a few minutes and try again."),
                code="rate_limited",
            )
        if not apps.validate_totp_code(self.secret, code):
            raise ValidationError(
                _("The code is not right. An app shows a new one every half minute."), code="wrong"
            )
        return code


class NewPasskeyForm(forms.Form):
    """What the browser says of a passkey it has just made."""

    credential = forms.JSONField(widget=forms.HiddenInput)

    def clean_credential(self) -> dict[str, Any]:
        """Refuse what was not made for this login, at this moment, by a person who was there."""
        made = self.cleaned_data["credential"]
        try:
            passkeys.parse_registration_response(made)
            is_verified = passkeys.complete_registration(made).is_user_verified()
        except UNREADABLE as error:
            raise ValidationError(NOT_MADE, code="unreadable") from error
        if not is_verified:
            raise ValidationError(NOT_MADE, code="unverified")
        return {**made, "id": str(made["id"])}


NOT_MADE = _("The passkey was not made. Try again, or use an app instead.")
