"""What coordinators write about the project, the people who lead it, and who pays."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from partners.fields import CharField, EmailField, NameField, PhoneField, WebAddressField
from partners.models import Funder, Leader
from partners.telling.markdown import LONGEST
from partners.telling.pictures import read_picture
from partners.telling.writing import FIELDS, IS_A_LIST

MARKS = _(
    "Marks: ## for a heading, - for a point, **for weight**, *for italics*, and "
    "[words](https://…) for a link. "
    "At most 20,000 characters."
)
LINES = _(
    "One line for each, its parts apart by |, for example: June 2023 | The project begins | "
    "54 organisations take part."
)


class LinesField(CharField):
    """A long text, its lines parted as the database keeps them and not as browsers send them."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 16, "spellcheck": "true"}))
        super().__init__(max_length=LONGEST, required=False, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text


class ContentForm(forms.Form):
    """What a page says, in both languages."""

    title_sv = CharField(
        label=_("title in Swedish"),
        max_length=150,
        error_messages={"required": _("Write what the page is called, for example Om oss.")},
    )
    title_en = CharField(label=_("title in English"), max_length=150, required=False)
    lead_sv = CharField(label=_("first sentence in Swedish"), max_length=400, required=False)
    lead_en = CharField(label=_("first sentence in English"), max_length=400, required=False)
    body_sv = LinesField(label=_("text in Swedish"))
    body_en = LinesField(label=_("text in English"))
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, key: str, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("body_sv", "body_en"):
            self.fields[name].help_text = LINES if key in IS_A_LIST else MARKS

    @property
    def said(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in FIELDS}


class _BehindForm(forms.ModelForm):
    """A row with a picture that is kept in the row."""

    upload = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("PNG, JPEG or WebP, at most 300 kB. It is shown small."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    without_picture = forms.BooleanField(label=_("Take the picture away"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.instance.picture_type:
            del self.fields["without_picture"]

    def clean_upload(self) -> tuple[bytes, str] | None:
        upload = self.cleaned_data["upload"]
        return read_picture(upload) if isinstance(upload, UploadedFile) else None

    @property
    def facts(self) -> dict[str, Any]:
        """The fields of the row, and its picture where that is another one now."""
        names = set(self.cleaned_data) - {"upload", "without_picture"}
        said = {name: self.cleaned_data[name] for name in names}
        if picture := self.cleaned_data.get("upload"):
            return said | {"picture": picture[0], "picture_type": picture[1]}
        if self.cleaned_data.get("without_picture"):
            return said | {"picture": None, "picture_type": ""}
        return said


class LeaderForm(_BehindForm):
    """One who leads the project."""

    class Meta:
        model = Leader
        fields = [
            *["name", "organisation", "role_sv", "role_en", "asks_sv", "asks_en"],
            *["email", "phone", "picture_alt_sv", "picture_alt_en"],
        ]
        field_classes = {
            **dict.fromkeys(fields, CharField),
            "name": NameField,
            "email": EmailField,
            "phone": PhoneField,
        }
        error_messages = {"name": {"required": _("Write the name, for example Karin Lund.")}}
        help_texts = {
            "role_sv": _("For example: projektledare."),
            "asks_sv": _("Ends the sentence “Ask about …”, for example: lärandeträffarna."),
            "email": _("Shown to everybody. Leave it empty if nobody should write there."),
            "picture_alt_sv": _("What it shows, for who cannot see it. Needed with a picture."),
        }

    field_order = [
        *["name", "organisation", "role_sv", "role_en", "asks_sv", "asks_en", "email", "phone"],
        *["upload", "without_picture", "picture_alt_sv", "picture_alt_en"],
    ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        kept = self.instance.picture_type and not said.get("without_picture")
        if (said.get("upload") or kept) and not said.get("picture_alt_sv"):
            text = _("Say in words what the picture shows, for example: Porträtt av Karin Lund.")
            self.add_error("picture_alt_sv", ValidationError(text, code="required"))
        return said


class FunderForm(_BehindForm):
    """One who pays for the project."""

    link = WebAddressField(
        label=_("web address"),
        required=False,
        assume_scheme="https",
        help_text=_("For example: https://netzerocities.eu/"),
    )

    class Meta:
        model = Funder
        fields = ["name", "link", "sentence_sv", "sentence_en", "picture_alt_sv", "picture_alt_en"]
        field_classes = dict.fromkeys(fields, CharField)
        error_messages = {"name": {"required": _("Write the name, for example Net Zero Cities.")}}
        help_texts = {
            "sentence_sv": _("Shown at the foot of every page, and on what is printed."),
            "picture_alt_sv": _("Leave it empty where the emblem only repeats the name."),
        }

    field_order = [
        *["name", "link", "sentence_sv", "sentence_en"],
        *["upload", "without_picture", "picture_alt_sv", "picture_alt_en"],
    ]
