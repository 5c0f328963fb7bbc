"""Writing measures down: new, changed, published, and how they go."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from learning.models import Intention, LearningSession
from measures.models import Measure
from measures.permissions import may_create, may_edit
from measures.planning import beginnings, planning
from measures.planning.forms import NewMeasureForm, SavedMeasureForm
from measures.planning.pages import form_page, found_measure, posted
from partners.differences import differing
from partners.permissions import require
from partners.requests import Request, pk_in


@require_http_methods(["GET", "HEAD", "POST"])
def measure_create(request: Request) -> HttpResponse:
    require(may_create(request.user))
    form = NewMeasureForm(posted(request), user=request.user, initial=_prefilled(request))
    if form.is_valid():
        keep, message = _button(request)
        try:
            measure = keep(
                form.cleaned_data["organisation"],
                form.plan,
                form.barriers,
                by=request.user,
                intention=form.cleaned_data["intention"],
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, form.understood(message))
            return redirect("measure_detail", pk=measure.pk)
    return form_page(request, "measures/planning/measure_create.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def measure_edit(request: Request, pk: int) -> HttpResponse:
    measure = found_measure(request, pk)
    require(may_edit(request.user, measure))
    form = SavedMeasureForm(posted(request), user=request.user, measure=measure)
    context: dict[str, Any] = {"form": form, "measure": measure}
    if form.is_valid():
        try:
            planning.update(
                measure,
                form.plan,
                form.barriers,
                version=form.cleaned_data["version"] or 0,
                by=request.user,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
            if refusal.code == "changed":
                context |= _both_versions(request, form)
        else:
            messages.success(request, form.understood(_("The changes are saved.")))
            return redirect("measure_detail", pk=measure.pk)
    return form_page(request, "measures/planning/measure_edit.html", context)


@require_POST
def measure_publish(request: Request, pk: int) -> HttpResponse:
    measure = found_measure(request, pk)
    require(may_edit(request.user, measure))
    done = _("The measure is published. Everybody can read it now.")
    return _carry_out(request, planning.publish, measure, done)


@require_POST
def measure_unpublish(request: Request, pk: int) -> HttpResponse:
    measure = found_measure(request, pk)
    require(may_edit(request.user, measure))
    done = _("The measure is a draft again. Only your organisation sees it.")
    return _carry_out(request, planning.unpublish, measure, done)


def _carry_out(
    request: Request, operation: Callable[..., Measure], measure: Measure, done: str
) -> HttpResponse:
    try:
        operation(measure, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, done)
    return redirect("measure_detail", pk=measure.pk)


def _prefilled(request: Request) -> dict[str, Any]:
    """Values from the next step or the session in the address; what is not theirs is ignored."""
    if step := pk_in(request.GET, "intention"):
        found = Intention.objects.visible_to(request.user).filter(pk=step).first()
        if found is not None:
            return beginnings.of_next_step(found)
    if session := pk_in(request.GET, "session"):
        seen = LearningSession.objects.visible_to(request.user)
        return {"origin_session": seen.filter(pk=session).values_list("pk", flat=True).first()}
    return {}


def _button(request: Request) -> tuple[Callable[..., Measure], str]:
    """The two buttons of the form: publish at once, or keep as a draft."""
    if request.POST.get("then") == "publish":
        return (
            planning.create_published,
            _("The measure is published. Everybody can read it now."),
        )
    return planning.create, _("The draft is saved. Only your organisation sees it.")


def _both_versions(request: Request, form: SavedMeasureForm) -> dict[str, Any]:
    """What is saved now beside what was typed; saving again is then a decision, not an accident."""
    saved = found_measure(request, form.measure.pk)
    form.data = cast(QueryDict, form.data).copy()
    form.data["version"] = str(saved.version)
    return {"measure": saved, "differing": differing(form, beginnings.of_measure(saved))}
