"""What coordinators write of a challenge, and of what the city promises back for it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from measures.challenges import keeping, promising_back
from measures.models import CounterCommitmentState
from partners.fields import CharField, DateField
from partners.models import FocusArea


class ChallengeForm(forms.Form):
    """A challenge in both languages."""

    focus_area = forms.ModelChoiceField(
        FocusArea.objects.all(),
        label=_("Focus area"),
        empty_label=_("Choose a focus area"),
        error_messages={"required": _("Choose the focus area it belongs to.")},
    )
    title_sv = CharField(
        label=_("title in Swedish"),
        max_length=150,
        help_text=_("Write what is to be done, for example: Fossilfria leveranser"),
        error_messages={"required": _("Write what the challenge is called.")},
    )
    title_en = CharField(label=_("title in English"), max_length=150, required=False)
    meaning_sv = CharField(
        label=_("what taking it on means, in Swedish"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What an organisation binds itself to, in a few sentences."),
    )
    meaning_en = CharField(
        label=_("what taking it on means, in English"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1)

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in keeping.FACTS}


class CounterCommitmentForm(forms.Form):
    """What is promised back, by whom and until when."""

    text_sv = CharField(
        label=_("what is promised, in Swedish"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what is promised.")},
    )
    text_en = CharField(
        label=_("what is promised, in English"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    owner = CharField(
        label=_("who answers for it"),
        max_length=150,
        help_text=_("The part of the city, or the company, for example: Umeå Energi"),
        error_messages={"required": _("Write who answers for it.")},
    )
    state = forms.ChoiceField(
        label=_("state"),
        choices=CounterCommitmentState,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how far it has come.")},
    )
    due_on = DateField(
        label=_("by"),
        required=False,
        help_text=_("The last day on which it is to be kept. Leave it empty if none is set."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1)

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in promising_back.FACTS}
