"""How a reader narrows the list of letters."""

from django import forms

from partners.fields import CharField
from partners.models import MessageState


class OutboxFilter(forms.Form):
    """Which letters to list."""

    q = CharField(required=False)
    state = forms.ChoiceField(required=False, choices=[("", ""), *MessageState.choices])
