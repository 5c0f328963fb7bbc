"""What is asked of a coordinator who notes a contact, or changes what a reason counts."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.models import MOST_POINTS, CallReason
from partners.fields import CharField, DateField, IntegerField


class NoteForm(forms.Form):
    """What was said on a day, and when to be in touch again."""

    on = DateField(label=_("day"), error_messages={"required": _("Write the day.")})
    line = CharField(
        label=_("in one line"),
        max_length=200,
        help_text=_("A public record: anybody may ask to read it."),
        error_messages={"required": _("Write what was said, in one line.")},
    )
    next_on = DateField(label=_("be in touch again"), required=False)

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError(_("The day has not come yet. Choose today or earlier."))
        return day

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        day, next_day = said.get("on"), said.get("next_on")
        if day and next_day and next_day <= day:
            self.add_error("next_on", _("Choose a day after the day of the note."))
        return said


class PointsForm(forms.Form):
    """What each reason counts; nothing: it names nobody."""

    def __init__(self, data: Any, *, points: dict[str, int]) -> None:
        super().__init__(data, initial=points)
        for reason in CallReason:
            self.fields[reason.value] = IntegerField(
                label=reason.label,
                min_value=0,
                max_value=MOST_POINTS,
                error_messages={"required": _("Write a number; 0 if it is not to count.")},
            )
