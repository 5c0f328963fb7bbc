"""How a reader narrows the list of letters."""

from django import forms

from partners.fields import CharField
from partners.models import MessageState


class OutboxFilter(forms.Form):
    """Which letters to list."""

    q = CharField(required=False)
    state = forms.ChoiceField(required=False, choices=[("", ""), *MessageState.choices])


class FoundLetters(forms.Form):
    """Those that a search found, up to the last there was."""

    q = CharField(required=False)
    last = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1)
