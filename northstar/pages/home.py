"""Start pages per role: views that look into all apps."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from learning.models import LearningSession, SessionAudience
from measures.figures import charts
from measures.figures.summary import summary
from northstar.pages import home_member, home_staff
from partners.models import Organisation, User

FEW = 5  # rows of each list on a start page

Context = dict[str, object]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The public start page, or the reader's own."""
    user, now = request.user, timezone.now()
    if not isinstance(user, User):
        return render(request, "northstar/pages/home.html", _public(now))
    name, context = _own(user, request.GET.get("for", ""), now)
    context["invitations"] = user.invitations.pending(now)
    context["first_name"] = str(user).split(" ")[0]
    return render(request, f"northstar/pages/{name}.html", context)


def _own(user: User, asked: str, now: datetime) -> tuple[str, Context]:
    if user.is_coordinator:
        return "home_coordinator", home_staff.coordinator(now)
    if user.is_project_lead:
        return "home_lead", home_staff.lead(user, now)
    return home_member.of_partner(user, asked, now)


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
