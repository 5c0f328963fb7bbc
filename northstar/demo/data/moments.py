"""Times in the demo's data: rows keep the moments they are given, days are working days."""

import contextlib
from collections.abc import Iterator
from datetime import datetime, time, timedelta
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
