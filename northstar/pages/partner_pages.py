"""A partner's public page: who they are, what they do, and how they take part."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from learning.models import Attendance
from measures.models import Measure
from partners.models import Organisation
from partners.permissions import is_coordinator, may_correct


@require_safe
def partner_detail(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    is_own = Organisation.objects.of(request.user).filter(pk=organisation.pk).exists()
    measures = (
        Measure.objects.published()
        .filter(organisation=organisation)
        .select_related("focus_area")
        .order_by("focus_area__position", "title", "pk")
    )
    attended = Attendance.objects.present().filter(organisation=organisation)
    context = {
        "organisation": organisation,
        "focus_areas": organisation.focus_areas.all(),
        "measures": measures,
        "sessions_attended": attended.values("session").distinct().count(),
        "may_correct": may_correct(request.user),
        "may_see_people": is_own or is_coordinator(request.user),
    }
    return render(request, "northstar/pages/partner_detail.html", context)
