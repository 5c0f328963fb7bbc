"""Whom a lead looks for at the door."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.fields import CharField, EmailField, NameField, OrganisationField
from partners.models import Organisation


class SearchForm(forms.Form):
    name = CharField(
        label=_("name or organisation"),
        max_length=100,
        required=False,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "placeholder": _("Name or organisation"),
                "data-narrow": ".attendee",
                "enterkeyhint": "search",
            }
        ),
    )


class StrangerForm(forms.Form):
    """Somebody who came and whom the portal does not know."""

    full_name = NameField(label=_("name"))
    email = EmailField(label=_("e-mail"), required=False)
    organisation = OrganisationField(
        Organisation.objects.all(), label=_("organisation"), required=False
    )
