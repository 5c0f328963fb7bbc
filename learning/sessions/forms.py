"""What people fill in about a session."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, URLValidator
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

LONG_TEXTS = ["summary_sv", "summary_en", "programme_sv", "programme_en"]
LONG_TEXTS += ["preparation_sv", "preparation_en", "directions_sv", "directions_en"]

NO_SAFE_LINK = _("Paste a link that begins with https://, or none.")


class MapField(WebAddressField):
    """An address of a map, which is only led to where nobody on the way can change it."""

    default_error_messages = {"invalid": NO_SAFE_LINK}
    default_validators = [URLValidator(schemes=["https"], message=NO_SAFE_LINK)]


@dataclass(frozen=True)
class Part:
    """An optional part of the form that opens; open from the start where something needs fixing."""

    title: str
    why: str
    fields: list[forms.BoundField]

    @property
    def is_open(self) -> bool:
        return any(field.errors for field in self.fields)

    @property
    def is_filled_in(self) -> bool:
        return any(field.value() for field in self.fields)


class SessionForm(forms.ModelForm):
    """The plan of a session; a day and two times rather than two moments."""

    template_name = "learning/sessions/session_fields.html"
    needed = ("series", "venue")  # unless a new series is named; unless it is online
    # Parts that open, each with what it is for and its fields.
    PARTS: ClassVar[list[tuple[Any, Any, list[str]]]] = [
        (
            _("Programme and preparation"),
            _("What happens when, and what people should bring or think of."),
            ["programme_sv", "programme_en", "preparation_sv", "preparation_en"],
        ),
        (
            _("How to get there"),
            _("Entrance, lift, hearing loop, bus: so that everybody finds the way in."),
            ["directions_sv", "directions_en", "map_url"],
        ),
        (
            _("When registration opens and closes"),
            _("It opens when the session is published and closes when it starts, if left out."),
            ["registration_opens_at", "registration_closes_at"],
        ),
    ]

    new_series = CharField(
        label=_("or a new series"),
        max_length=150,
        required=False,
        help_text=_("Only if the session begins a series that is not in the list."),
    )
    day = DateField(label=_("day"), error_messages={"required": _("Choose a day.")})
    starts = ClockField(
        label=_("starts at"),
        error_messages={"required": _("Write when it starts, for example 9.00.")},
    )
    ends = ClockField(
        label=_("ends at"),
        error_messages={"required": _("Write when it ends, for example 12.00.")},
    )

    map_url = MapField(
        label=_("link to a map"),
        help_text=_("Paste the address of the place in a map, if you want to."),
        required=False,
        max_length=500,
        assume_scheme="https",
    )
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
        *("summary_sv", "summary_en"),
        *(name for _title, _why, names in PARTS for name in names),
    ]

    class Meta:
        model = LearningSession
        fields = [
            "title_sv",
            "title_en",
            "summary_sv",
            "summary_en",
            *("programme_sv", "programme_en", "preparation_sv", "preparation_en"),
            *("directions_sv", "directions_en", "map_url"),
            "series",
            "mode",
            "venue",
            "meeting_url",
            "capacity",
            "registration_opens_at",
            "registration_closes_at",
            "audience",
        ]
        widgets = dict.fromkeys(LONG_TEXTS, forms.Textarea({"rows": 4}))
        field_classes = {
            **dict.fromkeys(("title_sv", "title_en", *LONG_TEXTS), CharField),
            "venue": CharField,
            "capacity": SeatsField,
            "registration_opens_at": DateTimeField,
            "registration_closes_at": DateTimeField,
        }
        error_messages = {
            "title_sv": {"required": _("Write what the session is called.")},
            "series": {"required": _("Choose a series, or name a new one.")},
            "mode": {"required": _("Choose how people meet.")},
            "audience": {"required": _("Choose for whom the session is.")},
        }
        labels = {"mode": _("how people meet")}
        help_texts = {
            "programme_sv": _("A line for each time, for example: 09.00 Role play: three houses"),
            "programme_en": _(
                "A line for each time (Swedish time), for example: 09:00 Role play: three houses"
            ),
            "preparation_sv": _("Leave empty if nobody needs to prepare anything."),
            "capacity": _("Leave empty if there is room for everybody."),
            "registration_opens_at": _("Leave empty to open when the session is published."),
            "registration_closes_at": _("Leave empty to close when the session starts."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["series"].required = False
        self.fields["series"].empty_label = "–"  # type: ignore[attr-defined]  # a choice of rows
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
        if cleaned.get("series") and cleaned.get("new_series"):
            text = _(
                "Choose one of them: set the list of series to “–”, or leave this field empty."
            )
            self.add_error("new_series", text)
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
            text = _("That day is past. A session that people can register for is "
                     "moved to a day to come; if it will not take place, cancel it.")  # fmt: skip
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
    def parts(self) -> list[Part]:
        return [
            Part(str(title), str(why), [self[name] for name in names])
            for title, why, names in self.PARTS
        ]

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
            "Shown in the e-mail to everybody who is registered, and on the page of the session."
        ),
    )
    sure = forms.BooleanField(
        label=_("Yes, the session is cancelled"),
        error_messages={"required": _("Tick the box if the session is to be cancelled.")},
    )
