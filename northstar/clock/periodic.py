"""What the clock does again and again, when it last did, and whether that was too long ago."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partners.models import ClockTick

# Of silence, beside twice the time from one run to the next: whoever starts the clock anew begins
# all intervals anew.
LATE_AFTER = timedelta(minutes=10)

# By the last word of a task's name, as its pulse; in the order in which people ask.
WORDS: dict[str, str | Promise] = {
    "deliver": _("Sends e-mails"),
    "gather": _("Gathers surveys and news into one e-mail"),
    "send_mailings": _("Sends what somebody wrote to a group"),
    "remind": _("Writes reminders of sessions"),
    "remind_of_measures": _("Reminds partners of measures that nobody has told of"),
    "ask_after": _("Asks how a session was"),
    "give_places_on": _("Gives free places to the queue"),
    "tell_of_enquiries": _("Tells the coordinators of new questions"),
    "watch": _("Looks whether the clock has stood still"),
    "forget_visitors": _("Forgets visitors who did not say yes"),
    "forget_erased": _("Forgets the addresses of people who have been erased"),
    "sweep_material": _("Removes files that belong to nothing"),
    "sweep": _("Removes what has expired"),
}


@dataclass(frozen=True)
class Periodic:
    """One task of the clock."""

    key: str
    words: str
    often: str
    last: datetime | None  # None: not yet, which is no fault of a portal that has just started
    is_late: bool


def tasks(schedule: Mapping[str, timedelta], now: datetime) -> list[Periodic]:
    """The tasks of *schedule* (name → interval), the late ones first. One query."""
    last = dict(ClockTick.objects.values_list("task", "ticked_at"))
    found = []
    for task, every in schedule.items():
        key = task.rpartition(".")[2]
        ticked = last.get(key)
        is_late = ticked is not None and now - ticked > 2 * every + LATE_AFTER
        words = str(WORDS.get(key, key))
        found.append(Periodic(key, words, _often(every), ticked, is_late))
    order = list(WORDS)
    place = {key: at for at, key in enumerate(order)}
    return sorted(found, key=lambda one: (not one.is_late, place.get(one.key, len(order))))


def last_pulse(found: list[Periodic]) -> datetime | None:
    """When the clock last did anything; None: never."""
    return max((one.last for one in found if one.last is not None), default=None)


def stands_still(found: list[Periodic], now: datetime) -> bool:
    """Whether nothing has been done for LATE_AFTER: it is not one task, it is the clock."""
    last = last_pulse(found)
    return last is None or now - last > LATE_AFTER


def _often(every: timedelta) -> str:
    seconds = int(every.total_seconds())
    if seconds % 3600 == 0:
        text, n = ngettext("every hour", "every %(n)d hours", seconds // 3600), seconds // 3600
    elif seconds % 60 == 0:
        text, n = ngettext("every minute", "every %(n)d minutes", seconds // 60), seconds // 60
    else:
        text, n = ngettext("every second", "every %(n)d seconds", seconds), seconds
    return text % {"n": n}
