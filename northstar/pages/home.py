"""Start pages per role: views that look into all apps."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from northstar.pages import home_member, home_staff
from northstar.pages.front import front
from partners.models import JoinRequest, User

Context = dict[str, object]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The public start page, or the reader's own."""
    user, now = request.user, timezone.now()
    if not isinstance(user, User):
        return render(request, "northstar/pages/home.html", front(now))
    name, context = _own(user, request.GET.get("for", ""), now)
    context["invitations"] = user.invitations.pending(now)
    context["join_requests"] = JoinRequest.objects.waits_for(user)
    context["first_name"] = str(user).split(" ")[0]
    return render(request, f"northstar/pages/{name}.html", context)


def _own(user: User, asked: str, now: datetime) -> tuple[str, Context]:
    if user.is_coordinator:
        return "home_coordinator", home_staff.coordinator(now)
    if user.is_project_lead:
        return "home_lead", home_staff.lead(user, now)
    return home_member.of_partner(user, asked, now)
