"""What people write about themselves and their colleagues."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from partners.fields import CharField, EmailField, NameField, PhoneField
from partners.models import (
    ColourScheme,
    FocusArea,
    Language,
    Membership,
    MembershipRole,
    Organisation,
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
        help_text=_("For the pages after login, and for the letters we send you."),
    )
    colour_scheme = forms.ChoiceField(
        label=_("Appearance"), choices=ColourScheme, widget=forms.RadioSelect
    )


class PartnerFilter(forms.Form):
    """Which partners to list."""

    q = CharField(label=_("Search"), required=False, max_length=100)
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    focus = forms.ModelChoiceField(
        FocusArea.objects.all(), label=_("Focus area"), required=False, to_field_name="key"
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.fields["sector"].choices = [("", _("All sectors")), *Sector.choices]  # type: ignore[attr-defined]
        self.fields["focus"].empty_label = _("All focus areas")  # type: ignore[attr-defined]


class PeopleState(forms.Form):
    """Which people a coordinator wants to see."""

    ALL, NOT_INVITED, INVITED, LOGGED_IN = "", "not_invited", "invited", "logged_in"

    q = CharField(label=_("Name, e-mail or organisation"), required=False, max_length=100)
    role = forms.ChoiceField(
        label=_("Role"),
        required=False,
        choices=[("", _("All roles")), *MembershipRole.choices],
    )
    state = forms.ChoiceField(
        label=_("Login"),
        required=False,
        choices=[
            (ALL, _("All")),
            (NOT_INVITED, _("not invited")),
            (INVITED, _("invited, has not logged in")),
            (LOGGED_IN, _("has logged in")),
        ],
    )


class OrganisationChoice(forms.Form):
    """The organisation a coordinator adds somebody to."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.in_order(),
        label=_("Organisation"),
        to_field_name="slug",
        empty_label=_("Choose an organisation"),
    )
