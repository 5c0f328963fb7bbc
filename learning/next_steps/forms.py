"""How a next step goes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learning.models import (
    IntentionStatus,
)


class NextStepStatusForm(forms.Form):
    status = forms.ChoiceField(
        label=_("How does it go?"),
        choices=IntentionStatus.choices,
        error_messages={"required": _("Choose how it goes")},
    )
