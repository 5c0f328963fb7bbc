"""What a lead fills in about a file or a link."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learning.models import (
    MaterialAudience,
)
from partners.fields import CharField, WebAddressField
from partners.models import Language


class MaterialForm(forms.Form):
    title = CharField(label=_("title"), max_length=150)
    audience = forms.ChoiceField(
        label=_("who may read it"),
        choices=MaterialAudience,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who may read it.")},
    )
    language = forms.ChoiceField(
        label=_("language"),
        choices=Language,
        error_messages={"required": _("Choose a language.")},
    )

    field_order = ["file", "url", "title", "audience", "language"]


class FileForm(MaterialForm):
    file = forms.FileField(
        label=_("file"),
        help_text=_("PDF, Word, Excel, PowerPoint, OpenDocument, picture, film or text, to 50 MB."),
        max_length=400,
        error_messages={"required": _("Choose a file.")},
    )


class LinkForm(MaterialForm):
    url = WebAddressField(label=_("link"), max_length=500, assume_scheme="https")
