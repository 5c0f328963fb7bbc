"""Telling how a measure goes."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from measures.models import Measure
from measures.permissions import may_edit
from measures.planning.pages import form_page, found_measure, posted
from measures.planning.panel import understood
from measures.progress import reporting
from measures.progress.forms import ProgressForm
from partners.permissions import require
from partners.requests import Request, offer_undo, pk_in


@require_http_methods(["GET", "HEAD", "POST"])
def measure_report(request: Request, pk: int) -> HttpResponse:
    measure = found_measure(request, pk)
    require(may_edit(request.user, measure))
    form = ProgressForm(posted(request), measure=measure)
    page = "measures/progress/measure_report.html"
    context = {"form": form, "measure": measure}
    if request.htmx and request.method == "POST":
        context["understood"] = understood(form)
        return render(request, "measures/planning/_understood.html", context)
    if request.POST.get("then") == "count":
        form.keep_to_the_effect()
        context["understood"] = understood(form)
        return render(request, page, context, status=422 if form.errors else 200)
    if form.is_valid():
        try:
            reporting.report_progress(measure, form.progress, form.barriers, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            said = form.understood(_("Thank you. The progress report is saved."))
            messages.success(request, said)
            return redirect("measure_detail", pk=measure.pk)
    return form_page(request, page, context | {"understood": understood(form)})


@require_http_methods(["GET", "HEAD", "POST"])
def measure_nothing_new(request: Request, pk: int) -> HttpResponse:
    """GET asks, where a link of an e-mail leads; POST says it."""
    measure = found_measure(request, pk)
    require(may_edit(request.user, measure))
    if request.method != "POST":
        page = "measures/progress/measure_nothing_new.html"
        return render(request, page, {"measure": measure})
    own_page = reverse("measure_detail", args=[measure.pk])
    back = _back(request)
    try:
        report = reporting.no_news(measure, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        if back == own_page:  # which has the way back as long as there is one
            messages.success(request, _noted(measure))
        else:
            undo = reverse("measure_nothing_new_undo", args=[measure.pk])
            hidden = {"report": report.pk, "back": back}
            until = report.undo_until
            offer_undo(request, _noted(measure), until=until, action=undo, hidden=hidden)
    return redirect(back)


@require_POST
def measure_nothing_new_undo(request: Request, pk: int) -> HttpResponse:
    measure = found_measure(request, pk)
    require(may_edit(request.user, measure))
    try:
        reporting.take_back(measure, pk_in(request.POST, "report") or 0, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("It is undone. Nothing is said about %s today.") % measure)
    return redirect(_back(request))


def _noted(measure: Measure) -> str:
    return _("Noted: nothing new about %(measure)s today.") % {"measure": measure}


def _back(request: Request) -> str:
    """The page somebody came from, if it is one of ours."""
    back = request.POST.get("back", "")
    return back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else reverse("home")
