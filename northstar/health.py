"""Is the web up, does it reach the database, does the clock run? For machines, not people."""

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from partners.models import ClockTick, Message

CLOCK_IS_LATE_AFTER = timedelta(minutes=3)


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, and which version asks. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"database": "ok", "version": settings.VERSION})


@require_safe
def health_clock(request: HttpRequest) -> HttpResponse:
    """503 when the outbox has not been swept for three minutes. Two queries."""
    now = timezone.now()
    tick = ClockTick.objects.filter(task="deliver").first()
    late = tick is None or now - tick.ticked_at > CLOCK_IS_LATE_AFTER
    oldest = Message.objects.due(now).first()
    waiting = int((now - oldest.next_try_at).total_seconds()) if oldest else 0
    body = {"clock": "late" if late else "ok", "oldest_due_letter_s": waiting}
    return JsonResponse(body, status=503 if late else 200)
