"""Reading the challenges, who has taken them on, and what the city promises back."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from measures.challenges import report
from measures.models import Challenge
from measures.permissions import may_keep_challenges
from partners.requests import OpenRequest


@require_safe
def challenge_list(request: OpenRequest) -> HttpResponse:
    period = report.term()
    areas = report.by_area(period, timezone.now())
    context = {
        "period": period,
        "areas": areas,
        "number": sum(one.challenge.retired_at is None for area in areas for one in area.lines),
        "may_keep": may_keep_challenges(request.user),
    }
    return render(request, "measures/challenges/challenge_list.html", context)


@require_safe
def challenge_detail(request: OpenRequest, pk: int) -> HttpResponse:
    rows = Challenge.objects.visible_to(request.user).select_related("focus_area")
    challenge = get_object_or_404(rows, pk=pk)
    period = report.term()
    doing = report.of_one(challenge, period, timezone.now())
    context = {
        "challenge": challenge,
        "period": period,
        "line": doing.line,
        "others": doing.others,
        "may_keep": may_keep_challenges(request.user),
    }
    return render(request, "measures/challenges/challenge_detail.html", context)
