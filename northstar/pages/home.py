"""Start pages per role: views that look into all apps."""

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from learning.models import (
    Attendance,
    Intention,
    LearningSession,
    LearningSessionQuerySet,
    Registration,
    SessionAudience,
    SurveyInvitation,
)
from measures.figures import charts
from measures.figures.summary import summary
from measures.models import Measure, MeasureQuerySet, MeasureStatus
from partners.models import Membership, Message, MessageState, Organisation, User

FEW = 5  # rows of each list on a start page
MANY = 50  # names that a start page lists at most
STALE = timedelta(days=120)  # a measure nobody has touched for so long is asked about
SEEN = timedelta(days=365)  # a partner from which nobody came for so long has gone quiet
LATELY = timedelta(days=30)  # most partners have sent somebody since

Context = dict[str, object]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The public start page, or the reader's own."""
    user, now = request.user, timezone.now()
    if not isinstance(user, User):
        return render(request, "northstar/pages/home.html", _public(now))
    asked: Context = {"invitations": user.invitations.pending(now)}
    if user.is_coordinator:
        return render(request, "northstar/pages/home_coordinator.html", asked | _coordinator(now))
    if user.is_project_lead:
        return render(request, "northstar/pages/home_lead.html", asked | _lead(now))
    return render(request, "northstar/pages/home_member.html", asked | _member(user, now))


def _public(now: datetime) -> Context:
    """Four queries; two more where a measure has changed."""
    open_sessions = LearningSession.objects.live().filter(audience=SessionAudience.PUBLIC)
    figures = summary(timezone.localdate().year)
    return {
        "partners": Organisation.objects.partners().count(),
        "measures": {"count": figures.expected.count, "effect_t": figures.expected.tonnes},
        "years_chart": charts.years(figures.years, timezone.localdate().year),
        "undated": figures.undated,
        "sessions_held": LearningSession.objects.live().past(now).count(),
        "coming": open_sessions.coming(now)[:FEW],
    }


def _member(user: User, now: datetime) -> Context:
    """Six queries; two more for who acts for nobody."""
    organisations = list(Organisation.objects.of(user).in_order())
    steps = Intention.objects.ahead().filter(person=user)
    waiting = SurveyInvitation.objects.filter(person=user, completed_at=None, closes_at__gt=now)
    former = None if organisations else Membership.objects.latest_former(user)
    return {
        "organisations": organisations,
        "former": former,
        "registrations": _places(user, now)[:FEW],
        "open_sessions": LearningSession.objects.open_to(user, now).coming(now)[:FEW],
        "measures": _unfinished_measures(organisations)[:FEW],
        "stale_before": now - STALE,
        "steps": steps.select_related("session").order_by("due_on", "pk")[:FEW],
        "surveys": waiting.select_related("session").order_by("closes_at", "pk")[:FEW],
    }


def _places(user: User, now: datetime) -> QuerySet[Registration]:
    """Seats, and places in queues, in sessions that are not over."""
    own = Registration.objects.staying().filter(person=user)
    ahead = own.filter(session__ends_at__gt=now, session__cancelled_at=None)
    return ahead.select_related("session").order_by("session__starts_at", "pk")


def _unfinished_measures(organisations: list[Organisation]) -> MeasureQuerySet:
    """Those longest without news first."""
    over = [MeasureStatus.COMPLETED, MeasureStatus.CANCELLED]
    found = Measure.objects.filter(organisation__in=organisations).exclude(status__in=over)
    return found.select_related("organisation").order_by("updated_at", "pk")


def _lead(now: datetime) -> Context:
    """Four queries."""
    return {
        "answered": LearningSession.objects.live().asked_about().past(now)[:FEW],
        "coming": LearningSession.objects.live().with_places().coming(now)[:FEW],
        "attendance_missing": _attendance_missing(now)[:FEW],
        "drafts": LearningSession.objects.filter(published_at=None, cancelled_at=None).order_by(
            "starts_at", "pk"
        )[:FEW],
    }


def _attendance_missing(now: datetime) -> LearningSessionQuerySet:
    return LearningSession.objects.live().filter(attendance_taken_at=None).past(now)


def _coordinator(now: datetime) -> Context:
    """Nine queries."""
    partners = Organisation.objects.partners()
    return _lead(now) | {
        **Membership.objects.contact_persons().how_far(),
        "without_contact": partners.without_contact_person().count(),
        "failed_letters": Message.objects.filter(state=MessageState.FAILED).count(),
        "without_attendance": LearningSession.objects.live()
        .filter(attendance_taken_at=None, ends_at__lte=now)
        .count(),
        **_quiet(now),
    }


def _quiet(now: datetime) -> Context:
    """Partners from which nobody came for a year: how many, and the first of them. One query.

    Most came lately, and are found together; only of the others each is looked for by itself.
    """
    present = Attendance.objects.present().exclude(organisation=None)
    lately = present.filter(session__starts_at__gt=now - LATELY)
    seen = present.filter(organisation=OuterRef("pk"), session__starts_at__gt=now - SEEN)
    partners = Organisation.objects.partners().exclude(pk__in=lately.values("organisation"))
    quiet = list(partners.filter(~Exists(seen)).in_order().values("name", "slug"))
    year = {"start": (now - SEEN).date().isoformat(), "end": now.date().isoformat()}
    return {"quiet": quiet[:MANY], "quiet_count": len(quiet), "year": urlencode(year)}
