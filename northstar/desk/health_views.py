"""Is the web up, does it reach the database, does the clock run? For machines, not people."""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from northstar.clock import periodic
from partners.models import Message

CLOCK_IS_LATE_AFTER = timedelta(minutes=3)


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, and which version asks. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"database": "ok", "version": settings.VERSION})


@require_safe
def health_clock(request: HttpRequest, schedule: Mapping[str, timedelta]) -> HttpResponse:
    """503 when the outbox has not been swept for three minutes, or a task is overdue by ten.

    Names the tasks that are late. Two queries.
    """
    now = timezone.now()
    tasks = {one.key: one for one in periodic.tasks(schedule, now)}
    swept = tasks["deliver"].last
    late = swept is None or now - swept > CLOCK_IS_LATE_AFTER
    overdue = sorted(key for key, one in tasks.items() if one.is_late)
    oldest = Message.objects.due(now).first()
    waiting = int((now - oldest.next_try_at).total_seconds()) if oldest else 0
    is_well = not late and not overdue
    body = {"clock": "ok" if is_well else "late", "late": overdue, "oldest_due_letter_s": waiting}
    return JsonResponse(body, status=200 if is_well else 503)
