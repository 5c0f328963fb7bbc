"""Sessions as a reader meets them: the list, one session, its calendar file."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from learning import calendar
from learning.models import LearningSession, Material, RegistrationState, Series
from learning.permissions import may_edit, may_plan
from learning.registration_views import seat_panel
from partners.models import User

PAGE_LENGTH = 20


@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    """Coming sessions, or the past ones; of one series if asked. Four queries."""
    now = timezone.now()
    is_past = request.GET.get("when") == "past"
    sessions = LearningSession.objects.visible_to(request.user).select_related("series")
    sessions = sessions.past(now) if is_past else sessions.coming(now)
    wanted = request.GET.get("series", "").replace("\0", "")
    if wanted:
        sessions = sessions.filter(series__slug=wanted)
    sessions = sessions.with_places()
    if isinstance(request.user, User):
        sessions = sessions.with_own_place(request.user)
    page = Paginator(sessions, PAGE_LENGTH).get_page(request.GET.get("page"))
    return render(
        request,
        "learning/session_list.html",
        {
            "page": page,
            "is_past": is_past,
            "all_series": list(Series.objects.all()),
            "wanted": wanted,
            "now": now,
            "may_plan": may_plan(request.user),
        },
    )


@require_safe
def session_detail(request: HttpRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(
        LearningSession.objects.visible_to(request.user)
        .with_places()
        .select_related("series", "lead"),
        pk=pk,
    )
    panel = seat_panel(request.user, session)
    editable = may_edit(request.user, session)
    has_seat = panel.place is not None and panel.place.state == RegistrationState.CONFIRMED
    return render(
        request,
        "learning/session_detail.html",
        {
            "session": session,
            "panel": panel,
            "may_edit": editable,
            "sees_link": editable or has_seat,
            "materials": list(Material.objects.visible_to(request.user).filter(session=session)),
            "has_begun": session.starts_at <= timezone.now(),
        },
    )


@require_safe
def session_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The session as a file for a calendar; without the meeting link for who has no seat."""
    session = get_object_or_404(LearningSession.objects.visible_to(request.user), pk=pk)
    assert isinstance(request.user, User)
    if not may_edit(request.user, session):
        seats = session.registrations.confirmed().filter(person=request.user)
        if not seats.exists():
            session.meeting_url = ""
    text = calendar.invitation(session, request.user).replace("METHOD:REQUEST", "METHOD:PUBLISH")
    name = f"{slugify(session.title)[:60] or 'session'}.ics"
    return HttpResponse(
        text,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
