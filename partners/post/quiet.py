"""When a letter nobody asked for may leave: in working hours, by the clock on the wall in Umeå.

Arithmetic of moments, without rows. Whole days are days of the calendar there, so that none is
longer for the nights when the clocks change.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from holidays.countries import Sweden

from partners.models.moments import STOCKHOLM, at_clock

BEGINS, ENDS = time(8), time(17)  # of a working day: from the first, before the second

LATER_AT = time(9)  # when what fell in quiet hours goes, on the next working day

A_DAY = timedelta(days=1)

WEEK = 7  # days in a row that the weekly limit looks at, whichever day they begin on


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _days_off(day.year)


@lru_cache(maxsize=16)
def _days_off(year: int) -> frozenset[date]:
    """Red days of *year*, and the eves on which offices are shut: midsummer, Christmas, New Year.

    Those on which many leave at two are working days.
    """
    return frozenset(Sweden(years=year, include_sundays=False, categories=("public", "de_facto")))


def next_moment(moment: datetime) -> datetime:
    """When what is due at *moment* may leave: then, if that is in working hours.

    Else at nine, on the same day if its work has not begun, or on the next working day.
    """
    here = moment.astimezone(STOCKHOLM)
    if not is_working_day(here.date()) or here.time() >= ENDS:
        return first_after(here.date())
    return moment if here.time() >= BEGINS else at(here.date(), LATER_AT)


def first_after(day: date) -> datetime:
    """Nine o'clock on the first working day after *day*."""
    return at(_working_day_after(day), LATER_AT)


def next_free(moment: datetime, sent_on: Collection[date], a_day: int, a_week: int) -> datetime:
    """The first moment from *moment* on at which one more may leave to somebody.

    *sent_on* has the day of each that has left to them of late. No more than *a_day* on a day and
    *a_week* in seven days in a row; 0 is no limit.
    """
    free = next_moment(moment)
    while not _has_room(free.astimezone(STOCKHOLM).date(), sent_on, a_day, a_week):
        free = first_after(free.astimezone(STOCKHOLM).date())
    return free


def _has_room(day: date, sent_on: Collection[date], a_day: int, a_week: int) -> bool:
    first = day - (WEEK - 1) * A_DAY
    on_day = sum(sent == day for sent in sent_on)
    in_week = sum(first <= sent <= day for sent in sent_on)
    return (a_day <= 0 or on_day < a_day) and (a_week <= 0 or in_week < a_week)


def week_before(moment: datetime) -> datetime:
    """The beginning of the first day that the weekly limit looks at on the day of *moment*."""
    return at(moment.astimezone(STOCKHOLM).date() - (WEEK - 1) * A_DAY, time(0))


def working_day_before(moment: datetime) -> datetime:
    """When a reminder that is due at *moment* goes: then, or at the same time of day on the last
    working day before, if that day is none.
    """
    here = moment.astimezone(STOCKHOLM)
    day = here.date()
    if is_working_day(day):
        return moment
    while not is_working_day(day):
        day -= A_DAY
    return at(day, here.time())


def lapses_at(moment: datetime, days: int) -> datetime:
    """The end of work on the working day that is *days* after that of *moment*.

    A letter that is not on its way by then tells nothing new.
    """
    day = next_moment(moment).astimezone(STOCKHOLM).date()
    for _one in range(days):
        day = _working_day_after(day)
    return at(day, ENDS)


def _working_day_after(day: date) -> date:
    day += A_DAY
    while not is_working_day(day):
        day += A_DAY
    return day


def at(day: date, clock: time) -> datetime:
    """*clock* on the wall in Umeå on *day*, as at_clock, in the time of the place."""
    return at_clock(day, clock).astimezone(STOCKHOLM)
