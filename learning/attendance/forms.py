"""Whom a lead looks for at the door."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import Organisation


class SearchForm(forms.Form):
    name = forms.CharField(label=_("name"), max_length=100, required=False)


class StrangerForm(forms.Form):
    """Somebody who came and whom the portal does not know."""

    full_name = forms.CharField(label=_("name"), max_length=150)
    email = forms.EmailField(label=_("e-mail"), required=False)
    organisation = forms.ModelChoiceField(
        Organisation.objects.in_order(), label=_("organisation"), required=False
    )
