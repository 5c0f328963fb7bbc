"""What people fill in to take a place, or to bring a colleague."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from partners.models import Organisation, User


class RegisterForm(forms.Form):
    """Whom somebody comes for: asked only of those who act for several organisations."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("you represent"), widget=forms.RadioSelect
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


class ColleagueForm(forms.Form):
    """A colleague of the reader to register; staff of the portal choose among everybody."""

    person = forms.ModelChoiceField(
        User.objects.none(), label=_("colleague"), empty_label=_("choose a colleague")
    )

    def __init__(self, people: QuerySet[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(people)

    def offer(self, people: QuerySet[User]) -> None:
        """Show *people* to choose from; what has been read from the form stays."""
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
