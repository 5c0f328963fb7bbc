"""How a reader narrows the list of letters."""

from django import forms

from partners.models import MessageState


class OutboxFilter(forms.Form):
    """Which letters to list."""

    q = forms.CharField(required=False)
    state = forms.ChoiceField(required=False, choices=[("", ""), *MessageState.choices])
