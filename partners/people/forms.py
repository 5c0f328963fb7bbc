"""What people write about themselves and their colleagues."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partners.fields import (
    CharField,
    DateField,
    EmailField,
    NameField,
    OrganisationField,
    OrgNumberField,
    PhoneField,
    WebAddressField,
)
from partners.models import (
    ColourScheme,
    FocusArea,
    Language,
    Membership,
    MembershipRole,
    Organisation,
    OrganisationStatus,
    Sector,
    User,
)

ROLE_WORDS = [
    (MembershipRole.MEMBER, _("Member: registers for sessions and reports measures")),
    (MembershipRole.CONTACT_PERSON, _("Contact person: also invites and removes colleagues")),
]


class InviteForm(forms.Form):
    """A colleague to invite to an organisation."""

    name = NameField(
        label=_("Name"),
        error_messages={"required": _("Enter the name of the person.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = EmailField(
        label=_("E-mail"),
        help_text=_("The invitation is sent here, and later the login codes."),
        error_messages={"required": _("Enter an e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=ROLE_WORDS,
        initial=MembershipRole.MEMBER,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a role.")},
    )


class RoleForm(forms.ModelForm):
    """Another role in the organisation."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=ROLE_WORDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a role.")},
    )

    class Meta:
        model = Membership
        fields = ["role"]


class ProfileForm(forms.ModelForm):
    """What a person says about themselves."""

    class Meta:
        model = User
        fields = ["name", "phone", "language", "colour_scheme"]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        }
        field_classes = {"name": NameField, "phone": PhoneField}
        error_messages = {"name": {"required": _("Enter your name.")}}

    language = forms.ChoiceField(
        label=_("Language"),
        choices=Language,
        widget=forms.RadioSelect,
        help_text=_("The language of the pages after login, and of the e-mails we send you."),
        error_messages={"required": _("Choose a language.")},
    )
    colour_scheme = forms.ChoiceField(
        label=_("Appearance"),
        choices=ColourScheme,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the portal looks.")},
    )


class PeopleState(forms.Form):
    """Which people a coordinator wants to see."""

    ALL, NOT_INVITED, INVITED, LOGGED_IN = "", "not_invited", "invited", "logged_in"
    BOUNCED = "bounced"
    NOBODY = "none"  # as role: who acts for no organisation

    q = CharField(label=_("Name, e-mail or organisation"), required=False, max_length=100)
    role = forms.ChoiceField(
        label=_("Role"),
        required=False,
        choices=[
            ("", _("All roles")),
            *MembershipRole.choices,
            (NOBODY, _("without an organisation")),
        ],
    )
    state = forms.ChoiceField(
        label=_("Login"),
        required=False,
        choices=[
            (ALL, _("All")),
            (NOT_INVITED, _("not invited")),
            (INVITED, _("invited, has not logged in")),
            (LOGGED_IN, _("has logged in")),
            (BOUNCED, _("the address does not work")),
        ],
    )

    @property
    def asks_for_nobodys(self) -> bool:
        """Only those who act for no organisation."""
        return self.is_valid() and self.cleaned_data["role"] == self.NOBODY

    @property
    def asks_for_everybody(self) -> bool:
        """Somebody by name or address, whether they act for an organisation or not."""
        return self.is_valid() and bool(self.cleaned_data["q"]) and not self.cleaned_data["role"]


class OrganisationSearch(forms.Form):
    """Which organisation a coordinator adds somebody to, by a part of its name."""

    organisation = CharField(
        label=_("Organisation"),
        max_length=100,
        help_text=_("Write a part of its name."),
        error_messages={"required": _("Write a part of the name of the organisation.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search"}),
    )
    person = CharField(widget=forms.HiddenInput, required=False)  # the key of somebody known


class CorrectionForm(forms.Form):
    """Facts as they were shown, to be corrected; seen is the seal of what was shown."""

    seen = CharField(widget=forms.HiddenInput, required=False)

    @property
    def facts(self) -> dict[str, Any]:
        """What was written, without the seal."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class PersonForm(CorrectionForm):
    """A person's name and address."""

    name = NameField(
        label=_("Name"), error_messages={"required": _("Enter the name of the person.")}
    )
    email = EmailField(
        label=_("E-mail"),
        required=False,
        empty_value=None,
        help_text=_("Login codes and e-mails go here. The earlier address is told of the change."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class OrganisationForm(CorrectionForm):
    """An organisation's name and facts, and whether it is a partner."""

    name = CharField(
        label=_("Name"),
        max_length=200,
        error_messages={"required": _("Enter the name of the organisation.")},
    )
    org_number = OrgNumberField(label=_("Organisation number"))
    sector = forms.ChoiceField(
        label=_("Sector"), required=False, choices=[("", _("not known")), *Sector.choices]
    )
    website = WebAddressField(label=_("Website"), required=False, assume_scheme="https")
    focus_areas = forms.ModelMultipleChoiceField(
        FocusArea.objects.all(),
        label=_("Focus areas"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    status = forms.ChoiceField(
        label=_("In the partnership"),
        choices=OrganisationStatus,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether the organisation is a partner.")},
    )
    joined_on = DateField(label=_("Joined on"), required=False)
    left_on = DateField(
        label=_("Leaves on"),
        required=False,
        help_text=_("From that day its people see nothing that is for the partners."),
    )

    def clean_focus_areas(self) -> list[FocusArea]:
        return list(self.cleaned_data["focus_areas"])

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if {"status", "left_on", "joined_on"} <= facts.keys():
            self._settle_leaving(facts)
        return facts

    def _settle_leaving(self, facts: dict[str, Any]) -> None:
        """A day to come is a partner until then; a day that has come is one that has left."""
        today = timezone.localdate()
        if facts["status"] == OrganisationStatus.LEFT:
            had_left = self.initial.get("status") == OrganisationStatus.LEFT
            if facts["left_on"] is None and not had_left:
                facts["left_on"] = today
            elif facts["left_on"] is not None and facts["left_on"] > today:
                facts["status"] = OrganisationStatus.ACTIVE.value
        if facts["left_on"] is not None and (problem := _why_not_then(facts, today)):
            self.add_error("left_on", str(problem))


class OwnWordsForm(CorrectionForm):
    """Who an organisation is, as it says it itself."""

    description_sv = CharField(
        label=_("Who are you? In Swedish"),
        required=False,
        max_length=400,
        help_text=_(
            "One to three sentences. For example: We build and renovate homes in Umeå. Our aim "
            "is to halve the emissions of our sites by 2030."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    description_en = CharField(
        label=_("Who are you? In English"),
        required=False,
        max_length=400,
        help_text=_("Without it, the English page shows the Swedish words."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _why_not_then(facts: dict[str, Any], today: date) -> str | Promise:
    """What is wrong with the day on which an organisation leaves; "" if nothing is."""
    if facts["status"] == OrganisationStatus.PROSPECT:
        return _("Only a partner can leave. Take the day away.")
    if facts["status"] == OrganisationStatus.ACTIVE and facts["left_on"] <= today:
        return _("That day has come. Choose “has left”, or write a later day.")
    if facts["joined_on"] is not None and facts["left_on"] < facts["joined_on"]:
        return _("An organisation cannot leave before it joined.")
    return ""


class MoveForm(forms.Form):
    """The organisation a person should act for instead."""

    organisation = OrganisationField(
        Organisation.objects.all(),
        label=_("Organisation"),
        help_text=_("Write a part of its name."),
        error_messages={"required": _("Write a part of the name of the organisation.")},
    )
