"""What people fill in to take a place, or to bring a colleague."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.fields import CharField, EmailField, NameField, choices_of
from partners.models import Organisation, User, UserQuerySet
from partners.reading.names import has_link

MOST_SHOWN = 50  # people to choose from; beyond them a reader searches


class RegisterForm(forms.Form):
    """Whom somebody comes for: asked only of those who act for several organisations."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("you represent"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose which organisation you represent.")},
    )

    def __init__(self, organisations: list[Organisation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(organisations) > 1:
            field = self.fields["organisation"]
            field.queryset = Organisation.objects.filter(  # type: ignore[attr-defined]
                pk__in=[organisation.pk for organisation in organisations]
            ).in_order()
            field.empty_label = None  # type: ignore[attr-defined]
        else:
            del self.fields["organisation"]


class TrapInput(forms.TextInput):
    """A field that people neither see nor reach, and robots fill in."""

    template_name = "components/trap.html"

    @property
    def is_hidden(self) -> bool:
        """Drawn among the hidden ones, without the label and hint of a field."""
        return True


class VisitorForm(forms.Form):
    """Who comes to an open session without an account."""

    full_name = NameField(
        label=_("Your name"),
        error_messages={"required": _("Write your name, for example Karin Lund.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    organisation = CharField(
        label=_("Organisation"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = EmailField(
        label=_("Your e-mail"),
        help_text=_("We mail you a link to confirm with."),
        error_messages={
            "required": _("Write your e-mail address, for example karin.lund@example.se.")
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    # Not by a word a browser fills in by itself; whatever stands in it is no error.
    homepage = forms.Field(
        required=False,
        label=_("Leave this empty"),
        widget=TrapInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    @property
    def is_from_a_robot(self) -> bool:
        return bool(self.cleaned_data["homepage"])

    def clean_organisation(self) -> str:
        name: str = self.cleaned_data["organisation"]
        if has_link(name):
            raise forms.ValidationError(
                _("Write the name alone, without a link or an address."), code="link"
            )
        return name


class ColleagueSearch(forms.Form):
    """Whom a reader looks for among those they may register."""

    name = CharField(label=_("Name"), max_length=100, required=False)

    @property
    def sought(self) -> str:
        return self.cleaned_data["name"] if self.is_valid() else ""


class ColleagueForm(forms.Form):
    """A colleague of the reader to register; staff of the portal choose among everybody.

    Any of *people* may be sent. The list shows the first of the *free* ones who have all the
    *sought* words in their name or address.
    """

    person = forms.ModelChoiceField(
        User.objects.none(),
        label=_("colleague"),
        error_messages={"required": _("Choose a colleague.")},
    )

    def __init__(
        self, people: UserQuerySet, free: UserQuerySet, sought: str, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        found = list(free.matching(sought)[: MOST_SHOWN + 1])
        self.shown, self.is_cut = found[:MOST_SHOWN], len(found) > MOST_SHOWN
        field = choices_of(self, "person")
        field.queryset = people
        field.choices = [
            ("", _("choose a colleague")),
            *((person.pk, str(person)) for person in self.shown),
        ]
