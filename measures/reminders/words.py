"""A rule of reminders of measures, in words."""

from django.utils.dateformat import time_format
from django.utils.translation import gettext as _

from measures.models import MeasureReminder


def in_words(rule: MeasureReminder) -> str:
    """After 180 days without news, at 9.00."""
    # Translators: a clock time, as in "16:00".
    said = {"n": rule.amount, "clock": time_format(rule.clock, _("H:i")) if rule.clock else ""}
    return _("After %(n)s days without news, at %(clock)s Swedish time") % said
