"""The next steps of a person and their organisations."""

from collections.abc import Iterable
from typing import NamedTuple

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


class Steps(NamedTuple):
    """Somebody's next steps of a page: what is still to be done, and what is not."""

    ahead: list[Intention]
    over: list[Intention]


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
    is_from_start = request.POST.get("from") == "start"
    status = IntentionStatus(form.cleaned_data["status"])
    try:
        activity.change_status(step, status, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
        return redirect("home" if is_from_start else "next_steps")
    if is_from_start:
        messages.success(request, _("The next step has been updated."))
        return redirect("home")
    page = pk_in(request.GET, "page")
    asked = f"page={page}&saved={pk}" if page else f"saved={pk}"
    return redirect(f"{reverse('next_steps')}?{asked}#step-{pk}")


def _page(request: Request, refused: NextStepStatusForm | None = None) -> HttpResponse:
    user = request.user
    found = Intention.objects.of(user).select_related("person", "organisation", "session")
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    saved = pk_in(request.GET, "saved")
    context = {
        "page": page,
        "own": _in_two(step for step in page if step.person_id == user.pk),
        "colleagues": _in_two(step for step in page if step.person_id != user.pk),
        "saved": saved,
        "is_saved_elsewhere": bool(saved) and all(step.pk != saved for step in page),
        "overdue": {step.pk for step in page if step.is_overdue(today)},
        "statuses": IntentionStatus.choices,
        "refused": refused,
    }
    return render(
        request, "learning/next_steps/next_steps.html", context, status=422 if refused else 200
    )


def _in_two(steps: Iterable[Intention]) -> Steps | None:
    """None where there are none."""
    told = Steps([], [])
    for step in steps:
        (told.ahead if step.is_to_do else told.over).append(step)
    return told if told.ahead or told.over else None
