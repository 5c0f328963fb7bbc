"""When something is due: days by the clock on the wall in Umeå, minutes as they pass. No Django.

All moments are given in UTC: of the hour that comes twice one of Stockholm equals no other.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
_MINUTE = timedelta(minutes=1)


@lru_cache(maxsize=4096)  # the sweeps ask it of the same days again and again
def at_clock(day: date, clock: time) -> datetime:
    """The moment at which the clock on the wall shows *clock* on *day*.

    In the hour that is left out in spring it is the first time that exists after it; in the hour
    that comes twice in autumn the first of the two.
    """
    shown = datetime.combine(day, clock)
    moment = shown.replace(tzinfo=STOCKHOLM)
    while moment.astimezone(UTC).astimezone(STOCKHOLM).replace(tzinfo=None) != shown:
        shown = shown.replace(second=0, microsecond=0) + _MINUTE
        moment = shown.replace(tzinfo=STOCKHOLM)
    return moment.astimezone(UTC)


def by_days(moment: datetime, days: int, clock: time) -> datetime:
    """*clock* on the day that is *days* after the day of *moment*; before it where negative."""
    day = moment.astimezone(STOCKHOLM).date() + timedelta(days=days)
    return at_clock(day, clock)


def by_minutes(moment: datetime, minutes: int) -> datetime:
    """*minutes* after *moment*, as they pass whatever the clocks do; before it where negative."""
    return moment.astimezone(UTC) + timedelta(minutes=minutes)
