"""The desk: what the clock did and will do, what waits and what failed, for coordinators."""

from collections.abc import Mapping
from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from northstar.clock import periodic
from northstar.desk import coming, state
from northstar.desk.forms import StopForm
from partners.models import ClockGap
from partners.permissions import may_see_outbox, require
from partners.post import main_stop, outbox
from partners.requests import Request

Schedule = Mapping[str, timedelta]

GAPS_SHOWN = 5


@require_safe
def desk(request: Request, schedule: Schedule) -> HttpResponse:
    """Fourteen queries, however much there is."""
    require(may_see_outbox(request.user))
    return render(request, "northstar/desk/desk.html", _page(schedule, StopForm()))


@require_POST
def desk_stop(request: Request, schedule: Schedule) -> HttpResponse:
    """Let no e-mail but codes leave."""
    require(may_see_outbox(request.user))
    form = StopForm(request.POST)
    if not form.is_valid():
        return render(request, "northstar/desk/desk.html", _page(schedule, form), status=422)
    try:
        is_new = main_stop.stop(form.cleaned_data["why"], by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        if is_new:
            messages.success(request, _("All e-mails wait now. Login codes are sent as usual."))
        else:
            messages.info(request, _("The e-mails were already stopped, so nothing was changed."))
    return redirect("desk")


@require_POST
def desk_start(request: Request) -> HttpResponse:
    """Let e-mails leave again."""
    require(may_see_outbox(request.user))
    try:
        was_held = main_stop.lift(by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        if was_held:
            messages.success(request, _("E-mails are sent again."))
        else:
            messages.info(request, _("The e-mails were not stopped, so nothing was changed."))
    return redirect("desk")


@require_POST
def desk_try_now(request: Request) -> HttpResponse:
    """Try at once what waits for its next try."""
    require(may_see_outbox(request.user))
    number = outbox.try_now()
    if number:
        text = ngettext("%(n)d e-mail is tried now.", "%(n)d e-mails are tried now.", number)
        messages.success(request, text % {"n": number})
    else:
        messages.info(request, _("No e-mail waits for another try."))
    return redirect("desk")


def _page(schedule: Schedule, form: StopForm) -> dict[str, object]:
    now = timezone.now()
    tasks = periodic.tasks(schedule, now)
    return {
        "tasks": tasks,
        "last": periodic.last_pulse(tasks),
        "stands_still": periodic.stands_still(tasks, now),
        "late": [one for one in tasks if one.is_late],
        "queue": state.queue(now),
        "stop": main_stop.standing(),
        "form": form,
        "coming": coming.coming(now),
        "gaps": ClockGap.objects.order_by("-began_at")[:GAPS_SHOWN],
    }
