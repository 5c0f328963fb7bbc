"""How a reader narrows the list of letters."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.fields import CharField
from partners.models import UNWANTED, MessageState, MessageTime

STATES = [*MessageState.choices, (UNWANTED, _("marked as junk"))]  # what is looked for by it


class OutboxFilter(forms.Form):
    """Which letters to list."""

    q = CharField(required=False)
    state = forms.ChoiceField(required=False, choices=[("", ""), *STATES])
    when = forms.ChoiceField(required=False, choices=[("", ""), *MessageTime.choices])


class FoundLetters(forms.Form):
    """Those that a search found, up to the last there was."""

    q = CharField(required=False)
    last = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1)
