"""A list of addresses to invite, pasted and put right."""

import uuid
from hashlib import sha256
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partners.fields import CharField, EmailField, NameField
from partners.joining.inviting import MOST
from partners.joining.pasting import Entry, read_paste
from partners.models import Language

LONGEST = 40_000  # of a list
LOOK, SEND, BACK = "look", "send", "back"

WHY = {
    "no_at": _("There is no @ in it."),
    "letters": _("Before the @ only the letters a–z can be used."),
    "several": _("More than one address. Write one, or part them by a comma."),
    "invalid": _("It is not written as an address, such as karin.lund@example.se."),
}


class InviteManyForm(forms.Form):
    """Addresses in any of the usual forms; what is put right in the preview comes as `fix`."""

    addresses = CharField(
        label=_("E-mail addresses"),
        max_length=LONGEST,
        help_text=_(
            "Paste a list, as it is: one on each line, or with commas or semicolons between, with "
            "or without names. At most 200."
        ),
        error_messages={
            "required": _("Paste the addresses, for example karin.lund@example.se."),
            "max_length": _("That is too long. Paste at most 200 addresses at once."),
        },
        widget=forms.Textarea(
            attrs={
                "rows": 10,
                "autocomplete": "off",
                "spellcheck": "false",
                "autocapitalize": "off",
            }
        ),
    )
    language = forms.ChoiceField(
        label=_("Language of the invitation"),
        choices=Language,
        initial=Language.SWEDISH,
        widget=forms.RadioSelect,
        help_text=_("Whoever has chosen a language in the portal gets it in that one."),
        error_messages={"required": _("Choose a language.")},
    )
    page = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)
    seen = CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: QueryDict | None = None) -> None:
        if data is not None:
            data = data.copy()
            fixes = [fix for fix in data.getlist("fix") if fix.strip()]
            if fixes:
                data["addresses"] = "\n".join([data.get("addresses", ""), *fixes])
        super().__init__(data)

    def clean_addresses(self) -> str:
        text: str = self.cleaned_data["addresses"]
        self.entries = read_paste(text)
        if len(self.entries) > MOST:
            raise forms.ValidationError(
                ngettext(
                    "That is %(n)s address. At most %(most)s can be invited at once.",
                    "That is %(n)s addresses. At most %(most)s can be invited at once.",
                    len(self.entries),
                )
                % {"n": len(self.entries), "most": MOST},
                code="many",
            )
        if not self.entries:
            raise forms.ValidationError(
                self.fields["addresses"].error_messages["required"], code="required"
            )
        return text

    def clean_page(self) -> uuid.UUID:
        return self.cleaned_data["page"] or uuid.uuid4()

    @property
    def right(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.email]

    @property
    def seal(self) -> str:
        """Of the addresses as they are understood: what was shown is what is sent."""
        return sha256("\n".join(entry.email for entry in self.right).encode()).hexdigest()

    @property
    def is_as_shown(self) -> bool:
        return bool(self.cleaned_data["seen"] == self.seal)

    @property
    def kept(self) -> str:
        """The addresses that are right, as a list that is read again."""
        return "\n".join(entry.line for entry in self.right)

    @property
    def wrong(self) -> list[tuple[str, Any, str]]:
        """What is no address, why, and what was probably meant."""
        return [
            (entry.typed, WHY.get(entry.why, WHY["invalid"]), entry.meant)
            for entry in self.entries
            if not entry.email
        ]


class TrapInput(forms.TextInput):
    """A field that people neither see nor reach, and robots fill in."""

    template_name = "components/trap.html"

    @property
    def is_hidden(self) -> bool:
        return True


class AskToActForm(forms.Form):
    """Somebody who asks to act for an organisation."""

    name = NameField(
        label=_("Your name"),
        error_messages={"required": _("Write your name, for example Karin Lund.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = EmailField(
        label=_("Your work e-mail"),
        help_text=_("We mail you a link to confirm with. The answer comes here, too."),
        error_messages={
            "required": _("Write your e-mail address, for example karin.lund@example.se.")
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    text = CharField(
        label=_("What do you work with?"),
        help_text=_("One line, so that the contact person knows who you are."),
        required=False,
        max_length=200,
        error_messages={"max_length": _("Write at most 200 characters.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    # Not by a word a browser fills in by itself; whatever stands in it is no error.
    homepage = forms.Field(required=False, label=_("Leave this empty"), widget=TrapInput)

    @property
    def is_from_a_robot(self) -> bool:
        return bool(self.cleaned_data["homepage"])
