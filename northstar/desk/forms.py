"""What is asked of somebody who stops all e-mails."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.fields import CharField


class StopForm(forms.Form):
    why = CharField(
        label=_("Why"),
        required=False,
        max_length=200,
        help_text=_("The other coordinators read it on this page."),
    )
