"""Times in the demo's data: rows keep the moments they are given, days are working days."""

import contextlib
import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import chain, count, cycle, islice, repeat
from typing import Any

from django.apps import apps
from django.utils import timezone

YEAR = 360  # about; what lies behind is spread over it
RED = {(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)}


@contextlib.contextmanager
def own_moments() -> Iterator[None]:
    """Within, fields that otherwise note the present moment keep what they are given."""
    noting: list[tuple[Any, str]] = []
    for model in apps.get_models():
        for field in model._meta.local_fields:
            for switch in ("auto_now", "auto_now_add"):
                if getattr(field, switch, False):
                    noting.append((field, switch))
    for field, switch in noting:
        setattr(field, switch, False)
    try:
        yield
    finally:
        for field, switch in noting:
            setattr(field, switch, True)


def working_day(now: datetime, in_days: int, hour: int, minute: int = 0) -> datetime:
    """The moment at *hour* local time on the first working day from *in_days* after *now*."""
    day = timezone.localtime(now).date() + timedelta(days=in_days)
    while day.weekday() > 4 or _is_holiday(day):
        day += timedelta(days=1)
    return datetime.combine(day, time(hour, minute), timezone.get_current_timezone())


def when_people_register(
    first: datetime, last: datetime, count: int, chance: random.Random
) -> list[datetime]:
    """When *count* people register between *first* and *last*: many at once, the rest by and by."""
    span = last - first
    found = []
    for _person in range(count):
        at = _at_daytime(first + span * chance.betavariate(0.6, 1.1), chance)
        is_within = first < at < last
        found.append(at if is_within else first + span * chance.uniform(0.01, 0.99))
    return sorted(found)


def _at_daytime(moment: datetime, chance: random.Random) -> datetime:
    """Some time between seven and eight in the evening of the day of *moment*, or of the Monday."""
    day = timezone.localtime(moment).date()
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    at = time(chance.choice([7, 8, 8, 9, 9, 10, 11, 13, 14, 15, 16, 19]), chance.randrange(60))
    return datetime.combine(day, at, timezone.get_current_timezone())


def meeting_days(now: datetime, past: int, coming: int) -> list[date]:
    """The days of *past* sessions and of *coming* ones, the oldest first, on days people meet."""
    today = timezone.localtime(now).date()
    back, ahead = [_earlier(today - timedelta(days=2))], list[date]()
    usual = max(13, YEAR // past)
    # Two of late, the others over the year, and not always on the same day of the week.
    gaps = chain([12], cycle([usual - 3, usual, usual + 3]))
    while len(back) < past:
        back.append(_earlier(back[-1] - timedelta(days=next(gaps))))
    for gap in islice(chain([4, 5, 6, 11, 21, 13], repeat(6)), coming):
        ahead.append(_later((ahead[-1] if ahead else today) + timedelta(days=gap)))
    return [*back[::-1], *ahead]


def _earlier(day: date) -> date:
    return next(filter(_people_meet, (day - timedelta(days=back) for back in count())))


def _later(day: date) -> date:
    return next(filter(_people_meet, (day + timedelta(days=ahead) for ahead in count())))


def _people_meet(day: date) -> bool:
    """No weekend, no summer holidays, not around Christmas, no holiday nor the day it bridges."""
    is_summer = (6, 18) <= (day.month, day.day) <= (8, 16)
    is_christmas = (day.month, day.day) >= (12, 21) or (day.month, day.day) <= (1, 10)
    is_bridge = day.weekday() == 4 and _is_holiday(day - timedelta(days=1))
    is_easter = -4 < (day - _easter(day.year)).days < 2
    is_off = is_summer or is_christmas or is_easter or is_bridge or _is_holiday(day)
    return day.weekday() < 5 and not is_off


def _is_holiday(day: date) -> bool:
    """A red day of Sweden, or an eve on which offices are shut."""
    from_easter = (day - _easter(day.year)).days
    if from_easter in {-2, 1, 39}:
        return True
    is_midsummer_eve = day.month == 6 and 19 <= day.day <= 25 and day.weekday() == 4
    return is_midsummer_eve or (day.month, day.day) in RED


@lru_cache
def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    epact = (
        19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)
