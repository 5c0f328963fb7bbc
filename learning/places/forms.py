"""What people fill in to take a place, or to bring a colleague."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.fields import CharField, choices_of
from partners.models import Organisation, User, UserQuerySet

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
