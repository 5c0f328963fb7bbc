"""Sessions of 2024, and the moment from which the tests look back on them."""

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from learning.participation.rows import Period
from tests.builders import make_session

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))
NOW = datetime(2025, 2, 1, tzinfo=UTC)


def session_on(year, month, day, hour=9, **fields):
    start = timezone.make_aware(datetime(year, month, day, hour))
    return make_session(starts_at=start, published_at=start - timedelta(days=30), **fields)
