"""What people fill in about a session."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.models import (
    LearningSession,
    SessionMode,
)
from learning.sessions.scheduling import Plan
from partners.fields import (
    CharField,
    ClockField,
    DateField,
    DateTimeField,
    SeatsField,
    WebAddressField,
)


class SessionForm(forms.ModelForm):
    """The plan of a session; a day and two times rather than two moments."""

    template_name = "learning/sessions/session_fields.html"
    needed = ("series", "new_series", "venue")  # one of the two; a place unless it is online

    new_series = CharField(
        label=_("or a new series"),
        max_length=150,
        required=False,
        help_text=_("Only if the session begins a series that is not in the list."),
    )
    day = DateField(label=_("day"))
    starts = ClockField(label=_("starts at"))
    ends = ClockField(label=_("ends at"))

    meeting_url = WebAddressField(
        label=_("meeting link"),
        help_text=_("Only those who have a seat see the link."),
        required=False,
        max_length=200,
        assume_scheme="https",
    )

    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1)

    # The errors are summed up in the order the page shows the fields.
    field_order = [
        "title_sv",
        "title_en",
        "summary_sv",
        "summary_en",
        "series",
        "new_series",
        "day",
        "starts",
        "ends",
        "mode",
        "venue",
        "meeting_url",
        "audience",
        "capacity",
        "registration_opens_at",
        "registration_closes_at",
    ]

    class Meta:
        model = LearningSession
        fields = [
            "title_sv",
            "title_en",
            "summary_sv",
            "summary_en",
            "series",
            "mode",
            "venue",
            "meeting_url",
            "capacity",
            "registration_opens_at",
            "registration_closes_at",
            "audience",
        ]
        widgets = {
            "summary_sv": forms.Textarea({"rows": 4}),
            "summary_en": forms.Textarea({"rows": 4}),
        }
        field_classes = {
            **dict.fromkeys(("title_sv", "title_en", "summary_sv", "summary_en"), CharField),
            "venue": CharField,
            "capacity": SeatsField,
            "registration_opens_at": DateTimeField,
            "registration_closes_at": DateTimeField,
        }
        error_messages = {
            "series": {"required": _("Choose a series, or name a new one.")},
            "mode": {"required": _("Choose how people meet.")},
            "audience": {"required": _("Choose for whom the session is.")},
        }
        help_texts = {
            "capacity": _("Leave empty if there is room for everybody."),
            "registration_opens_at": _("Leave empty to open when the session is published."),
            "registration_closes_at": _("Leave empty to close when the session starts."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["series"].required = False
        self.fields["capacity"].validators = [
            MinValueValidator(1, _("Enter at least one seat, or leave the field empty."))
        ]
        if self.instance.pk is None:
            del self.fields["version"]
        else:
            self.initial["version"] = self.instance.version
        starts_at, ends_at = self.instance.starts_at, self.instance.ends_at
        if starts_at and ends_at:
            self.initial.setdefault("day", timezone.localtime(starts_at).date())
            self.initial.setdefault("starts", timezone.localtime(starts_at).time())
            self.initial.setdefault("ends", timezone.localtime(ends_at).time())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("series") and not cleaned.get("new_series"):
            self.add_error("series", _("Choose a series, or name a new one."))
        if cleaned.get("mode") != SessionMode.ONLINE and not cleaned.get("venue"):
            self.add_error("venue", _("Enter where the session takes place."))
        self._clean_times(cleaned)
        self._clean_window(cleaned)
        return cleaned

    def _clean_times(self, cleaned: dict[str, Any]) -> None:
        day, starts, ends = (cleaned.get(name) for name in ("day", "starts", "ends"))
        if not (day and starts and ends):
            return
        if ends <= starts:
            self.add_error("ends", _("The end is before the start. Change one of them."))
            return
        try:
            cleaned["starts_at"] = from_current_timezone(datetime.combine(day, starts))
            cleaned["ends_at"] = from_current_timezone(datetime.combine(day, ends))
        except ValidationError as error:
            self.add_error("starts", error)
            return
        if self._is_moved_into_the_past(cleaned["ends_at"]):
            text = _("The day has been. A session that people can register for is moved to a day to"
                     " come; if there will be none, cancel it.")  # fmt: skip
            self.add_error("day", text)
            del cleaned["starts_at"], cleaned["ends_at"]  # they say nothing of the other fields
            return
        self.instance.starts_at, self.instance.ends_at = cleaned["starts_at"], cleaned["ends_at"]

    def _is_moved_into_the_past(self, ends_at: datetime) -> bool:
        """Whether a session that people know and wait for would be over once this is saved."""
        session, now = self.instance, timezone.now()
        return bool(session.pk and session.is_live and session.ends_at > now >= ends_at)

    def _clean_window(self, cleaned: dict[str, Any]) -> None:
        opens, closes = (cleaned.get(f"registration_{edge}_at") for edge in ("opens", "closes"))
        if opens and closes and closes <= opens:
            self.add_error(
                "registration_closes_at",
                _("Registration closes before it opens. Change one of them."),
            )
        starts_at = cleaned.get("starts_at")
        if opens and starts_at and opens >= starts_at:
            self.add_error(
                "registration_opens_at", _("Registration must open before the session starts.")
            )

    @property
    def plan(self) -> Plan:
        """The session as filled in, of a valid form; a new series is its title."""
        said = {name: self.cleaned_data[name] for name in Plan.__annotations__}
        said["series"] = self.cleaned_data["new_series"] or said["series"]
        return Plan(**said)  # type: ignore[typeddict-item]  # made of its own names


class CancelForm(forms.Form):
    text = CharField(
        label=_("why, and what there is instead"),
        widget=forms.Textarea({"rows": 4}),
        max_length=1000,
        required=False,
        help_text=_(
            "Stands in the letter to everybody who is registered, and on the page of the session."
        ),
    )
    sure = forms.BooleanField(
        label=_("Yes, the session is cancelled"),
        error_messages={"required": _("Tick the box if the session is to be cancelled.")},
    )
