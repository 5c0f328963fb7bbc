"""What is asked of whoever writes a mailing, and of whoever sends it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.fields import CharField, DateTimeField
from partners.models.mailings import LONGEST_SUBJECT, LONGEST_TEXT
from partners.writing.drafting import FIELDS
from partners.writing.groups import Occasion, reach

NOW, LATER = "now", "later"


class LetterField(CharField):
    """A text of some paragraphs, its lines parted as the database keeps them."""

    def __init__(self, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 12, "spellcheck": "true"})
        super().__init__(max_length=LONGEST_TEXT, widget=widget, **options)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text


class MailingForm(forms.Form):
    """What a mailing says, and to whom."""

    groups = forms.MultipleChoiceField(
        label=_("To whom?"),
        help_text=_("Whoever is in several groups gets one e-mail."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one group.")},
    )
    subject_sv = CharField(
        label=_("subject in Swedish"),
        max_length=LONGEST_SUBJECT,
        error_messages={
            "required": _("Write what it is about, for example: Ny lokal för träffen på torsdag.")
        },
    )
    text_sv = LetterField(
        label=_("text in Swedish"),
        help_text=_(
            "Plain text, 5,000 characters at most. The greeting comes by itself, and below the "
            "text it says that you wrote it."
        ),
        error_messages={"required": _("Write what you want to say.")},
    )
    subject_en = CharField(
        label=_("subject in English"), max_length=LONGEST_SUBJECT, required=False
    )
    text_en = LetterField(
        label=_("text in English"),
        required=False,
        help_text=_("For those who read English. Left empty, they get the Swedish text."),
    )
    seen = forms.IntegerField(
        required=False, min_value=0, max_value=1_000_000, widget=forms.HiddenInput
    )

    def __init__(
        self, data: QueryDict | None, *, occasion: Occasion, initial: Mapping[str, Any]
    ) -> None:
        super().__init__(data, initial=dict(initial))
        choices = []
        for group in occasion.groups:
            told = [str(reach([group]).people), *filter(None, [group.but()])]
            choices.append((group.key, f"{group.name} ({', '.join(told)})"))
        field = self.fields["groups"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name, other in (("subject_en", "text_en"), ("text_en", "subject_en")):
            if said.get(other) and not said.get(name) and name not in self.errors:
                text = _("Write this in English, too, or leave both empty.")
                self.add_error(name, ValidationError(text, code="required"))
        return said

    @property
    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}


class SendForm(forms.Form):
    """When it is to leave."""

    when = forms.ChoiceField(
        label=_("When is it sent?"),
        choices=[(NOW, _("Now, in ten minutes")), (LATER, _("Later, at a time you choose"))],
        widget=forms.RadioSelect,
        initial=NOW,
        error_messages={"required": _("Choose when it is sent.")},
    )
    send_at = DateTimeField(
        label=_("day and time"),
        required=False,
        help_text=_("Swedish time. At most 60 days ahead. Only where you chose later."),
    )
    seen = forms.IntegerField(min_value=0, max_value=1_000_000, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        is_later = said.get("when") == LATER
        if is_later and not said.get("send_at") and "send_at" not in self.errors:
            text = _("Write the day and the time, for example %(when)s.")
            tomorrow = timezone.localdate() + timedelta(days=1)
            params = {"when": f"{tomorrow} 09:00"}
            self.add_error("send_at", ValidationError(text, code="required", params=params))
        if said.get("when") == NOW and said.get("send_at"):
            text = _("You chose now. Empty the day and the time, or choose later.")
            self.add_error("send_at", ValidationError(text, code="either"))
        return said
