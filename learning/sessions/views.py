"""Sessions as a reader meets them: the list, one session, its calendar file."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Window
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from learning.finding import visible_session
from learning.models import (
    LearningSession,
    LearningSessionQuerySet,
    Material,
    RegistrationState,
    Series,
)
from learning.permissions import may_edit, may_plan
from learning.places import calendar
from learning.places.panel import HEADINGS, seat_panel
from learning.places.registration import Situation, situation
from partners.reading.text import one_line
from partners.requests import Request, pk_in

ROWS_A_PAGE = 20
FARTHEST_PAGE = 100_000  # looked for: the database cannot count to where later ones begin

SHOWN = ["series_id", "title_sv", "title_en", "starts_at", "ends_at", "venue", "mode"]
SHOWN += ["published_at", "cancelled_at", "capacity"]
SHOWN += ["registration_opens_at", "registration_closes_at"]
TOLD = ["summary_sv", "summary_en", "meeting_url", "audience", "lead__name", "lead__email"]
TOLD += ["cancelled_because"]
TOLD += ["series__title_sv", "series__title_en", "series__slug"]


@dataclass(frozen=True)
class SessionRow:
    """What the list prints of one session; the same row is rendered once and remembered."""

    pk: int
    title: str
    series: str
    starts_at: datetime
    ends_at: datetime
    venue: str
    mode: str
    is_past: bool
    is_draft: bool
    is_cancelled: bool
    own_state: str
    shut: str  # says that nobody can register now; "" while they can
    seats_left: int | None
    queued_count: int | None


def _row(session: LearningSession, series: Series, now: datetime) -> SessionRow:
    state = situation(session, None, now)
    return SessionRow(
        pk=session.pk,
        title=session.title,
        series=series.title,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        venue=session.venue,
        mode=session.get_mode_display(),
        is_past=session.ends_at <= now,
        is_draft=session.published_at is None,
        is_cancelled=session.cancelled_at is not None,
        own_state=getattr(session, "own_state", ""),
        shut=str(HEADINGS[state]) if state in {Situation.NOT_YET, Situation.CLOSED} else "",
        seats_left=session.seats_left,
        queued_count=session.queued_count,
    )


def _page(sessions: LearningSessionQuerySet, number: int) -> tuple[list[LearningSession], Page]:
    """The sessions of one page, counted in the same query; beyond the last page is the first."""
    counted: QuerySet = sessions.annotate(total=Window(Count("pk")))
    first = min(max(0, number - 1), FARTHEST_PAGE) * ROWS_A_PAGE
    found = list(counted[first : first + ROWS_A_PAGE])
    if first and not found:
        return _page(sessions, 1)
    every = Paginator(range(found[0].total if found else 0), ROWS_A_PAGE)
    return found, every.page(first // ROWS_A_PAGE + 1)


@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    """Coming sessions, or the past ones; of one series if asked. Two queries."""
    now = timezone.now()
    is_past = request.GET.get("when") == "past"
    sessions = LearningSession.objects.visible_to(request.user)
    sessions = sessions.past(now) if is_past else sessions.coming(now)
    all_series = {series.pk: series for series in Series.objects.all()}
    wanted = one_line(request.GET.get("series", ""))
    if wanted:
        sessions = sessions.filter(series__slug=wanted)
    sessions = sessions.only(*SHOWN).with_places(request.user)
    found, page = _page(sessions, pk_in(request.GET, "page") or 1)
    return render(
        request,
        "learning/sessions/session_list.html",
        {
            "page": page,
            "rows": [_row(each, all_series[each.series_id], now) for each in found],
            "is_past": is_past,
            "all_series": all_series.values(),
            "wanted": wanted,
            "may_plan": may_plan(request.user),
        },
    )


def _unknown(request: HttpRequest) -> HttpResponse:
    """Nothing that this reader may see; letters lead here, and who reads one may be logged out."""
    if request.user.is_authenticated:
        raise Http404
    return redirect_to_login(request.get_full_path(), reverse("account_login"))


@require_safe
def session_detail(request: HttpRequest, pk: int) -> HttpResponse:
    sessions = LearningSession.objects.visible_to(request.user).select_related("series", "lead")
    sessions = sessions.only(*SHOWN, *TOLD).with_places(request.user).with_material()
    session = next(iter(sessions.filter(pk=pk).order_by()), None)  # first() would order one row
    if session is None:
        return _unknown(request)
    materials: list[Material] = []
    if session.has_material:
        materials = list(Material.objects.visible_to(request.user).filter(session=session))
    panel = seat_panel(request.user, session)
    editable = may_edit(request.user, session)
    has_seat = panel.place is not None and panel.place.state == RegistrationState.CONFIRMED
    now = timezone.now()
    return render(
        request,
        "learning/sessions/session_detail.html",
        {
            "session": session,
            "panel": panel,
            "may_edit": editable,
            "sees_link": editable or has_seat,
            "materials": materials,
            "has_begun": session.starts_at <= now,
            "is_over": session.ends_at <= now,
        },
    )


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
