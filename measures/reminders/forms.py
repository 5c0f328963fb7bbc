"""What a coordinator fills in about a reminder of measures."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from measures.models import FEWEST_DAYS, FIRST_CLOCK, LAST_CLOCK, MOST_DAYS, MeasureReminder
from measures.reminders.rules import Said
from partners.fields import ClockField, IntegerField


class ReminderForm(forms.Form):
    """After how many days of silence, and at what time."""

    amount = IntegerField(
        label=_("Days without news"),
        min_value=FEWEST_DAYS,
        max_value=MOST_DAYS,
        help_text=_(
            "Between 14 and 730, from when the measure was last changed or told of as nothing new."
        ),
        error_messages={
            "required": _("Write a number of days, for example 180."),
            "invalid": _("Write a number of days, for example 180."),
            "unit": _("Write the number of days in figures alone, for example 180."),
            "range": _("Write one number of days, for example 180, not from one to another."),
            "min_value": _("Write 14 days at least."),
            "max_value": _("Write 730 days at most."),
        },
    )
    clock = ClockField(
        label=_("at what time (Swedish time)"),
        help_text=_("Between 8.00 and 16.59, on working days."),
        error_messages={"required": _("Write at what time, for example 9.00.")},
    )

    def clean_clock(self) -> time:
        clock: time = self.cleaned_data["clock"]
        if not FIRST_CLOCK <= clock <= LAST_CLOCK:
            raise forms.ValidationError(_("Choose a time between 8.00 and 16.59."))
        return clock.replace(second=0, microsecond=0)

    @property
    def said(self) -> Said:
        """What is filled in, of a valid form."""
        return Said(amount=self.cleaned_data["amount"], clock=self.cleaned_data["clock"])


def said_by(rule: MeasureReminder) -> dict[str, Any]:
    """What the form begins with, for a change of *rule*."""
    return {"amount": rule.amount, "clock": rule.clock}
