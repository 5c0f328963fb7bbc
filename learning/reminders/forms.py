"""What a lead fills in about a reminder."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from learning.models import (
    LearningSession,
    SessionReminder,
    SessionReminderLetter,
    SessionReminderWhom,
)
from learning.reminders import due
from learning.reminders.rules import Said
from partners.fields import Card, ChoiceCards, ClockField, IntegerField
from partners.models import MOST_DAYS, MOST_MINUTES, ReminderRuleUnit, moment_in_words

HOURS = "hours"  # kept as minutes
UNITS = [
    (ReminderRuleUnit.DAYS.value, _("days")),
    (HOURS, _("hours")),
    (ReminderRuleUnit.MINUTES.value, _("minutes")),
]
LETTERS = [
    (
        SessionReminderLetter.REMINDER.value,
        Card(_("Reminder before the session"), _("Time, place, how to prepare, a link to cancel.")),
    ),
    (
        SessionReminderLetter.MATERIAL.value,
        Card(_("The material after the session"), _("Thank you, and a link to the material.")),
    ),
]
REACHED = {
    SessionReminderLetter.REMINDER.value: {
        SessionReminderWhom.CONFIRMED.value,
        SessionReminderWhom.WAITING.value,
        SessionReminderWhom.LEAD.value,
    },
    SessionReminderLetter.MATERIAL.value: {
        SessionReminderWhom.CONFIRMED.value,
        SessionReminderWhom.ATTENDED.value,
        SessionReminderWhom.ABSENT.value,
    },
}
NOBODY_YET = _("Before the session nobody knows who comes: choose those who have a seat, those "
               "in the queue or whoever leads it.")  # fmt: skip
NOT_AFTERWARDS = _(
    "After the session choose those who had a seat, those who came or those who did not."
)


class ReminderForm(forms.Form):
    """A reminder: before the start, or after the end, by what it tells."""

    needed = ("clock",)  # where it is days

    letter = forms.ChoiceField(
        label=_("which e-mail"),
        choices=LETTERS,
        widget=ChoiceCards,
        error_messages={"required": _("Choose which e-mail.")},
    )
    whom = forms.ChoiceField(
        label=_("to whom"),
        choices=[(value, capfirst(words)) for value, words in SessionReminderWhom.choices],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who gets it.")},
    )
    amount = IntegerField(
        label=_("how long before the start, or after the end"),
        min_value=0,
        help_text=_("60 days at most. 0 days is the same day."),
        error_messages={"required": _("Write a number, for example 1.")},
    )
    unit = forms.ChoiceField(
        label=_("days, hours or minutes"),
        choices=UNITS,
        error_messages={"required": _("Choose days, hours or minutes.")},
    )
    clock = ClockField(
        label=_("at what time (Swedish time)"),
        required=False,
        help_text=_("For days only, for example 9.00."),
    )

    def __init__(
        self,
        *args: Any,
        session: LearningSession | None = None,
        rule: SessionReminder | None = None,
        **kwargs: Any,
    ) -> None:
        """*session* is the one it is about; None for a series. *rule* is the one to change."""
        self.session, self.rule = session, rule
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        letter, whom = cleaned.get("letter"), cleaned.get("whom")
        if letter and whom and whom not in REACHED[letter]:
            is_before = letter == SessionReminderLetter.REMINDER
            self.add_error("whom", NOBODY_YET if is_before else NOT_AFTERWARDS)
        if cleaned.get("unit"):
            is_days = cleaned["unit"] == ReminderRuleUnit.DAYS
            self._clean_clock(cleaned, is_days=is_days)
            self._clean_amount(cleaned, is_days=is_days)
        if not self.errors and self.session is not None and not self._says_the_same():
            self._clean_moment(self.session, timezone.now())
        return cleaned

    def _clean_clock(self, cleaned: dict[str, Any], *, is_days: bool) -> None:
        clock = cleaned.get("clock")
        if is_days and clock is None and "clock" not in self.errors:
            self.add_error("clock", _("Write at what time, for example 9.00."))
        if not is_days and clock is not None:
            text = _("Leave the time empty: hours and minutes are counted from the session’s own.")
            self.add_error("clock", text)

    def _clean_amount(self, cleaned: dict[str, Any], *, is_days: bool) -> None:
        amount = cleaned.get("amount")
        if amount is None:
            return
        if self._counted() > (MOST_DAYS if is_days else MOST_MINUTES):
            self.add_error("amount", _("Write 60 days at most."))
        elif not amount and not is_days:
            self.add_error("amount", _("Write at least 1: at 0 the session begins or ends."))

    def _says_the_same(self) -> bool:
        facts = self.said.facts()
        return self.rule is not None and all(getattr(self.rule, n) == facts[n] for n in facts)

    def _counted(self) -> int:
        amount: int = self.cleaned_data["amount"]
        return amount * 60 if self.cleaned_data["unit"] == HOURS else amount

    def _clean_moment(self, session: LearningSession, now: datetime) -> None:
        rule = SessionReminder(**self.said.facts())
        at = due.due_at(rule, session)
        where = "clock" if self.cleaned_data["clock"] else "amount"
        if due.caught_up_until(rule, session) <= at:
            self.add_error(where, _("The session has begun by then. Choose an earlier time."))
        elif at < session.created_at:
            text = _("That would have been %(when)s, before the session was planned.")
            self.add_error("amount", text % {"when": moment_in_words(at)})
        elif at <= now:
            text = _("That time has already been: %(when)s. Choose a later one.")
            self.add_error("amount", text % {"when": moment_in_words(at)})

    @property
    def said(self) -> Said:
        """What is filled in, of a valid form."""
        is_hours = self.cleaned_data["unit"] == HOURS
        return Said(
            letter=self.cleaned_data["letter"],
            whom=self.cleaned_data["whom"],
            amount=self._counted(),
            unit=ReminderRuleUnit.MINUTES.value if is_hours else self.cleaned_data["unit"],
            clock=self.cleaned_data["clock"],
        )


def said_by(rule: SessionReminder) -> dict[str, Any]:
    """What the form begins with, for a change of *rule*."""
    is_hours = rule.unit == ReminderRuleUnit.MINUTES and rule.amount and rule.amount % 60 == 0
    return {
        "letter": rule.letter,
        "whom": rule.whom,
        "amount": rule.amount // 60 if is_hours else rule.amount,
        "unit": HOURS if is_hours else rule.unit,
        "clock": rule.clock,
    }
