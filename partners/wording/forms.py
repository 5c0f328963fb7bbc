"""What is asked of whoever writes what a letter says."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from partners.fields import CharField
from partners.models.wording import LONGEST_SUBJECT, LONGEST_TEXT
from partners.post import texts
from partners.post.texts import Words
from partners.wording.samples import Thing

MARKS = _(
    "((…)) is a placeholder; a line whose placeholder has nothing to say is left out. "
    ">> words | address is a button, [words | address] a link, == begins a heading. "
    "At most 10,000 characters."
)


class TextField(CharField):
    """A text of some paragraphs, its lines parted as the database keeps them."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return texts.plain_lines(text).strip("\n") if isinstance(text, str) else text


class TextForm(forms.Form):
    """What a letter says in one language."""

    subject = CharField(
        label=_("subject"),
        max_length=LONGEST_SUBJECT,
        error_messages={"required": _("Write what the e-mail is about.")},
    )
    text = TextField(
        label=_("text"),
        max_length=LONGEST_TEXT,
        help_text=MARKS,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "true"}),
        error_messages={"required": _("Write what the e-mail says.")},
    )
    about = forms.ChoiceField(
        label=_("Show it with"),
        required=False,
        help_text=_("For the preview and the test only."),
    )
    seen = forms.IntegerField(
        required=False, min_value=0, max_value=1_000_000, widget=forms.HiddenInput
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        letter: str,
        language: str,
        things: Sequence[Thing],
        initial: Mapping[str, Any],
    ) -> None:
        super().__init__(data, initial=dict(initial))
        self.letter, self.language = letter, language
        field = self.fields["about"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(thing.key, thing.name) for thing in things]
        if not things:
            del self.fields["about"]
        for name in ("subject", "text"):
            self.fields[name].widget.attrs["lang"] = language

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "subject" in said and "text" in said:
            found = texts.faults(self.letter, self.language, said["subject"], said["text"])
            for name, faults in found.items():
                for fault in faults:
                    self.add_error(name, fault)
        return said

    @property
    def words(self) -> Words:
        """What was written, once it is valid."""
        own = texts.original(self.letter, self.language)
        return texts.edited(own, self.cleaned_data["subject"], self.cleaned_data["text"])
