"""An organisation's promise for the term: read by its people, written by its contact persons."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from measures.challenges.versions import both
from measures.models import Challenge, ChallengeAdoption, CommitmentPeriod, OwnTarget, SharedReport
from measures.permissions import may_promise, may_see_promise
from measures.promise import adopting, report, showing
from measures.promise.forms import AchieveForm, DropForm, ReportForm, TargetForm
from partners.models import Organisation
from partners.permissions import require
from partners.requests import Request, do_or_say, pks_in


@require_safe
def promise_own(request: Request) -> HttpResponse:
    """One's own organisation's promise; who acts for several chooses for which."""
    own = list(Organisation.objects.of(request.user).in_order())
    if len(own) == 1:
        return redirect("promise", slug=own[0].slug)
    if not own and request.user.is_staff_of_portal:
        return redirect("challenge_list")
    return render(request, "measures/promise/promise_own.html", {"organisations": own})


@require_safe
def promise(request: Request, slug: str) -> HttpResponse:
    organisation = _organisation(request, slug)
    require(may_see_promise(request.user, organisation))
    context = {
        "organisation": organisation,
        "standing": report.standing(organisation),
        "may_promise": may_promise(request.user, organisation),
    }
    return render(request, "measures/promise/promise.html", context)


@require_POST
def promise_take_on(request: Request, slug: str) -> HttpResponse:
    organisation = _written(request, slug)
    chosen = Challenge.objects.filter(pk__in=pks_in(request.POST, "challenge"))
    period = CommitmentPeriod.objects.current().first()
    if period is None or not chosen:
        messages.error(request, _("Tick the challenges that you take on."))
        return redirect("promise", slug=slug)
    try:
        new = adopting.take_on(organisation, period, chosen, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        said = ngettext("You take on %(n)s challenge.", "You take on %(n)s challenges.", new)
        said = said if new else _("You have taken on these already.")
        messages.success(request, said % {"n": new})
    return redirect("promise", slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def promise_drop(request: Request, pk: int) -> HttpResponse:
    row = _adoption(request, pk)
    form = DropForm(_posted(request))
    said = _("The challenge is dropped. You can undo it here for 15 minutes.")
    return _ask(
        request,
        "promise_drop",
        row,
        form,
        lambda: adopting.drop(row, form.cleaned_data["reason"], by=request.user),
        said,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def promise_achieve(request: Request, pk: int) -> HttpResponse:
    row = _adoption(request, pk)
    form = AchieveForm(_posted(request))
    said = _("The challenge is achieved. You can undo it here for 15 minutes.")
    return _ask(
        request,
        "promise_achieve",
        row,
        form,
        lambda: adopting.achieve(row, form.cleaned_data["line"], by=request.user),
        said,
    )


@require_POST
def promise_undo(request: Request, pk: int) -> HttpResponse:
    row = _adoption(request, pk)
    said = _("It is undone. The challenge is taken on.")
    do_or_say(request, lambda: adopting.think_again(row, by=request.user), said)
    return redirect("promise", slug=row.organisation.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def promise_target(request: Request, slug: str) -> HttpResponse:
    organisation = _written(request, slug)
    known = OwnTarget.objects.filter(organisation=organisation).first()
    initial = showing.facts_of(known) | {"version": known.version if known else 0}
    form = TargetForm(_posted(request), initial=initial)
    context: dict[str, Any] = {"organisation": organisation, "form": form}
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            showing.aim(organisation, form.facts, version=version, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            if refusal.code == "changed":
                saved = OwnTarget.objects.get(organisation=organisation)
                context["differing"] = both(form, saved, showing.facts_of(saved))
        else:
            messages.success(request, _("Your target is saved."))
            return redirect("promise", slug=slug)
    return _page(request, "promise_target", context)


@require_http_methods(["GET", "HEAD", "POST"])
def promise_report(request: Request, slug: str) -> HttpResponse:
    organisation = _written(request, slug)
    form = ReportForm(_posted(request), initial={"year": timezone.localdate().year - 1})
    if form.is_valid():
        try:
            showing.share(organisation, form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            form.add_error("link" if refusal.code == "taken" else None, refusal)
        else:
            messages.success(request, _("Your report is shared."))
            return redirect("promise", slug=slug)
    return _page(request, "promise_report", {"organisation": organisation, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def promise_report_remove(request: Request, pk: int) -> HttpResponse:
    """GET asks, POST does: what was shared can be shared again."""
    rows = SharedReport.objects.visible_to(request.user).select_related("organisation")
    shared = get_object_or_404(rows, pk=pk)
    require(may_promise(request.user, shared.organisation))
    if request.method != "POST":
        context = {"report": shared, "organisation": shared.organisation}
        return render(request, "measures/promise/promise_report_remove.html", context)
    said = _("The report is taken away.")
    do_or_say(request, lambda: showing.take_away(shared, by=request.user), said)
    return redirect("promise", slug=shared.organisation.slug)


def _organisation(request: Request, slug: str) -> Organisation:
    return get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)


def _written(request: Request, slug: str) -> Organisation:
    organisation = _organisation(request, slug)
    require(may_promise(request.user, organisation))
    return organisation


def _adoption(request: Request, pk: int) -> ChallengeAdoption:
    rows = ChallengeAdoption.objects.visible_to(request.user)
    row = get_object_or_404(rows.select_related("organisation", "challenge"), pk=pk)
    require(may_promise(request.user, row.organisation))
    return row


def _posted(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _ask(
    request: Request,
    name: str,
    row: ChallengeAdoption,
    form: Form,
    operation: Callable[[], None],
    said: str,
) -> HttpResponse:
    if form.is_valid():
        do_or_say(request, operation, said)
        return redirect(reverse("promise", args=[row.organisation.slug]))
    context = {"organisation": row.organisation, "challenge": row.challenge, "row": row}
    return _page(request, name, {**context, "form": form})


def _page(request: Request, name: str, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].is_bound else 200
    return render(request, f"measures/promise/{name}.html", context, status=status)
