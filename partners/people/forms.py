"""What people write about themselves and their colleagues."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.differences import CorrectionForm
from partners.fields import (
    CharField,
    EmailField,
    NameField,
    OrganisationField,
    PhoneField,
)
from partners.models import (
    ColourScheme,
    Language,
    Membership,
    MembershipRole,
    Organisation,
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


class MoveForm(forms.Form):
    """The organisation a person should act for instead."""

    organisation = OrganisationField(
        Organisation.objects.all(),
        label=_("Organisation"),
        help_text=_("Write a part of its name."),
        error_messages={"required": _("Write a part of the name of the organisation.")},
    )
