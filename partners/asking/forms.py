"""What people without an account write, and what coordinators note of it."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from partners.asking.addressees import addressee_with, addressees
from partners.fields import CharField, EmailField, NameField, OrgNumberField, PhoneField
from partners.models import EnquiryState
from partners.reading.names import has_link

LONGEST_QUESTION = 4_000
LONGEST_REASON = 500


class TrapInput(forms.TextInput):
    """A field that people neither see nor reach, and robots fill in."""

    template_name = "components/trap.html"

    @property
    def is_hidden(self) -> bool:
        """Drawn among the hidden ones, without the label and hint of a field."""
        return True


class OpenForm(forms.Form):
    """What both forms ask: who writes, and where the answer goes."""

    name = NameField(
        label=_("Your name"),
        error_messages={"required": _("Write your name, for example Karin Lund.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = EmailField(
        label=_("Your e-mail"),
        help_text=_("We mail you a link to confirm with. The answer comes here, too."),
        error_messages={
            "required": _("Write your e-mail address, for example karin.lund@example.se.")
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    # Not by a word a browser fills in by itself; whatever stands in it is no error.
    homepage = forms.Field(
        required=False,
        label=_("Leave this empty"),
        widget=TrapInput,
    )

    @property
    def is_from_a_robot(self) -> bool:
        return bool(self.cleaned_data["homepage"])

    @property
    def facts(self) -> dict[str, str]:
        """What is kept beside the address."""
        kept = self.cleaned_data.keys() - {"email", "homepage"}
        return {name: self.cleaned_data[name] or "" for name in kept}


class AskForm(OpenForm):
    """A question to somebody by name; whom to choose is asked only where there are several."""

    field_order = ("addressee", "name", "email", "text")

    addressee = forms.ChoiceField(
        label=_("Whom do you want to ask?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whom you want to ask.")},
    )
    text = CharField(
        label=_("Your question"),
        max_length=LONGEST_QUESTION,
        error_messages={"required": _("Write your question, in a sentence or a few.")},
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, data: QueryDict | None = None, *, to: str = "") -> None:
        super().__init__(data, initial={"addressee": addressee_with(to).key})
        offered = addressees()
        self.only = offered[0] if len(offered) == 1 else None
        if self.only:
            del self.fields["addressee"]
        else:
            choices = [(one.key, one.words) for one in offered]
            self.fields["addressee"].choices = choices  # type: ignore[attr-defined]

    @property
    def facts(self) -> dict[str, str]:
        chosen = self.only or addressee_with(self.cleaned_data["addressee"])
        return super().facts | {"addressee": chosen.name, "addressee_key": chosen.key}


class JoinForm(OpenForm):
    """An organisation that wants to be a partner."""

    field_order = ("organisation", "name", "email", "text", "phone", "org_number")

    organisation = CharField(
        label=_("Organisation"),
        max_length=200,
        error_messages={"required": _("Write the name of the organisation.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    text = CharField(
        label=_("Why do you want to join?"),
        help_text=_("One sentence is enough."),
        max_length=LONGEST_REASON,
        error_messages={
            "required": _("Write in a sentence why you want to join, for example what you work on.")
        },
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    phone = PhoneField(
        label=_("Telephone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    org_number = OrgNumberField(label=_("Organisation number"))

    def clean_organisation(self) -> str:
        name: str = self.cleaned_data["organisation"]
        if has_link(name):
            raise forms.ValidationError(
                _("Write the name alone, without a link or an address."), code="link"
            )
        return name

    @property
    def has_more(self) -> bool:
        """Whether the part that is folded holds something."""
        more = ("phone", "org_number")
        return any(self[name].errors or self[name].value() for name in more)


class AnsweringForm(forms.Form):
    """How far an enquiry is, and what is noted of it."""

    state = forms.ChoiceField(
        label=_("How far is it?"),
        choices=EnquiryState,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how far it is.")},
    )
    note = CharField(
        label=_("Note"),
        required=False,
        max_length=4_000,
        help_text=_("Only coordinators see it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=1_000_000)


class EnquiryFilter(forms.Form):
    """Which enquiries a coordinator wants to see; without a choice, those that are new."""

    ALL = "all"

    state = forms.ChoiceField(required=False, choices=[*EnquiryState.choices, (ALL, _("All"))])

    @property
    def chosen(self) -> str:
        """A state, or ALL; what is not understood is passed over."""
        said: Any = self.cleaned_data.get("state") if self.is_valid() else ""
        return str(said or EnquiryState.NEW)
