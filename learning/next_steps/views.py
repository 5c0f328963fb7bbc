"""The next steps of a person and their organisations."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from learning.models import Intention, IntentionStatus
from learning.next_steps import following as activity
from learning.next_steps.forms import NextStepStatusForm
from learning.permissions import may_change_next_step
from partners.permissions import require
from partners.requests import Request, pk_in

ROWS_A_PAGE = 20


@require_safe
def next_steps(request: Request) -> HttpResponse:
    return _page(request)


@require_POST
def next_step_status(request: Request, pk: int) -> HttpResponse:
    """Say how a next step goes."""
    steps = Intention.objects.visible_to(request.user).select_related("organisation")
    step = get_object_or_404(steps, pk=pk)
    require(may_change_next_step(request.user, step))
    form = NextStepStatusForm(request.POST)
    if not form.is_valid():
        return _page(request, refused=form)
    status = IntentionStatus(form.cleaned_data["status"])
    try:
        activity.change_status(step, status, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The next step has been updated."))
    if request.POST.get("from") == "start":
        return redirect("home")
    page = pk_in(request.GET, "page")
    return redirect(reverse("next_steps") + (f"?page={page}" if page else ""))


def _page(request: Request, refused: NextStepStatusForm | None = None) -> HttpResponse:
    user = request.user
    found = Intention.objects.of(user).select_related("person", "organisation", "session")
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {
        "page": page,
        "own": [step for step in page if step.person_id == user.pk],
        "colleagues": [step for step in page if step.person_id != user.pk],
        "overdue": {step.pk for step in page if step.is_overdue(today)},
        "statuses": IntentionStatus.choices,
        "refused": refused,
    }
    return render(
        request, "learning/next_steps/next_steps.html", context, status=422 if refused else 200
    )
