"""A rule of reminders, in words: the day before at 9.00, to those who have a seat."""

from django.utils.dateformat import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.models import SessionReminder
from partners.models import ReminderRuleSide, ReminderRuleUnit

HOUR = 60  # minutes


def in_words(rule: SessionReminder) -> str:
    """When *rule* is due, and to whom it writes."""
    said = {"when": when(rule), "whom": rule.get_whom_display()}
    return _("%(when)s, to %(whom)s") % said


def letter_in_words(rule: SessionReminder) -> str:
    """Which letter *rule* writes, and to whom."""
    # Translators: as in “Reminder before the session, to those who have a seat”.
    said = {"letter": rule.get_letter_display(), "whom": rule.get_whom_display()}
    return _("%(letter)s, to %(whom)s") % said


def when(rule: SessionReminder) -> str:
    """The day before at 9.00; 2 hours after."""
    is_before = rule.side == ReminderRuleSide.BEFORE
    if rule.unit == ReminderRuleUnit.MINUTES or rule.clock is None:
        return _before(rule.amount) if is_before else _after(rule.amount)
    # Translators: a clock time, as in "16:00".
    said = {"n": rule.amount, "clock": time_format(rule.clock, _("H:i"))}
    if rule.amount == 0:
        return _("The same day at %(clock)s Swedish time") % said
    if is_before:
        words = ngettext(
            "The day before at %(clock)s Swedish time",
            "%(n)s days before at %(clock)s Swedish time",
            rule.amount,
        )
    else:
        words = ngettext(
            "The day after at %(clock)s Swedish time",
            "%(n)s days after at %(clock)s Swedish time",
            rule.amount,
        )
    return words % said


def _before(minutes: int) -> str:
    hours, rest = divmod(minutes, HOUR)
    if rest or not hours:
        words = ngettext("%(n)s minute before the start", "%(n)s minutes before the start", minutes)
        return words % {"n": minutes}
    words = ngettext("%(n)s hour before the start", "%(n)s hours before the start", hours)
    return words % {"n": hours}


def _after(minutes: int) -> str:
    hours, rest = divmod(minutes, HOUR)
    if rest or not hours:
        words = ngettext("%(n)s minute after the end", "%(n)s minutes after the end", minutes)
        return words % {"n": minutes}
    words = ngettext("%(n)s hour after the end", "%(n)s hours after the end", hours)
    return words % {"n": hours}
