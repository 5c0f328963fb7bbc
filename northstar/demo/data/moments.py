"""Times in the demo's data: rows keep the moments they are given, days are working days."""

import contextlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import chain, count, islice, repeat
from typing import Any

from django.apps import apps
from django.utils import timezone


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
    """The moment at *hour* local time on the first weekday from *in_days* days after *now*."""
    day = timezone.localtime(now).date() + timedelta(days=in_days)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return datetime.combine(day, time(hour, minute), timezone.get_current_timezone())


def meeting_days(now: datetime, past: int, coming: int) -> list[date]:
    """The days of *past* sessions and of *coming* ones, the oldest first, on days people meet."""
    today = timezone.localtime(now).date()
    back, ahead = [_earlier(today - timedelta(days=2))], list[date]()
    while len(back) < past:
        back.append(_earlier(back[-1] - timedelta(days=17)))
    for gap in islice(chain([4, 5, 6, 11, 21, 13], repeat(6)), coming):
        ahead.append(_later((ahead[-1] if ahead else today) + timedelta(days=gap)))
    return [*back[::-1], *ahead]


def _earlier(day: date) -> date:
    return next(filter(_people_meet, (day - timedelta(days=back) for back in count())))


def _later(day: date) -> date:
    return next(filter(_people_meet, (day + timedelta(days=ahead) for ahead in count())))


def _people_meet(day: date) -> bool:
    """No weekend, no summer holidays, not around Christmas, no holiday that is always one day."""
    is_summer = (6, 18) <= (day.month, day.day) <= (8, 16)
    is_christmas = (day.month, day.day) >= (12, 21) or (day.month, day.day) <= (1, 7)
    is_holiday = (day.month, day.day) in {(5, 1), (6, 6)}
    return day.weekday() < 5 and not (is_summer or is_christmas or is_holiday)
