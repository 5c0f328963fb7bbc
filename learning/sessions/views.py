"""Sessions as a reader meets them: the list, and a session as a file for a calendar."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from learning.finding import visible_session
from learning.models import LearningSession, Series
from learning.permissions import may_edit, may_plan
from learning.places import calendar
from learning.sessions import listing
from partners.requests import Request, pk_in


@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    """Coming sessions, or the past ones; those that are looked for. Two queries."""
    now = timezone.now()
    all_series = {series.pk: series for series in Series.objects.all()}
    tools = listing.tools(request.GET, request.user, all_series.values())
    sessions = listing.looked_for(request.user, tools, now)
    number = pk_in(request.GET, "page") or 1
    found, page = listing.page_of(sessions, tools.words, number, request.user)
    modes = dict(tools.modes)
    context = {
        "page": page,
        "rows": [listing.row(each, all_series[each.series_id], modes, now) for each in found],
        "tools": tools,
        "may_plan": may_plan(request.user),
        "for_partners": 0 if found or request.user.is_authenticated else _held(now),
    }
    return render(request, "learning/sessions/session_list.html", context)


def _held(now: datetime) -> int:
    """How many sessions the partners have had. One query."""
    return LearningSession.objects.live().past(now).count()


@require_safe
def session_calendar(request: Request, pk: int) -> HttpResponse:
    """The session as a file for a calendar; without the meeting link for who has no seat."""
    session = visible_session(request.user, pk)
    if not may_edit(request.user, session):
        seats = session.registrations.confirmed().filter(person=request.user)
        if not seats.exists():
            session.meeting_url = ""
    text = calendar.file_for(session, request.user)
    name = f"{slugify(session.title)[:60] or 'session'}.ics"
    return HttpResponse(
        text,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
