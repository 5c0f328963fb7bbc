"""Writing measures down: new, part by part, published."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning.models import Intention, LearningSession
from measures.models import COUNTING, Measure
from measures.permissions import may_create, may_edit
from measures.planning import beginnings, forms, parts, planning
from measures.planning.pages import form_page, found_measure, posted
from measures.planning.panel import understood
from partners.differences import differing
from partners.permissions import require
from partners.requests import Request, pk_in


@require_http_methods(["GET", "HEAD", "POST"])
def measure_create(request: Request) -> HttpResponse:
    require(may_create(request.user))
    form = forms.NewMeasureForm(posted(request), user=request.user, initial=_prefilled(request))
    if form.is_valid():
        step = form.cleaned_data["intention"]
        organisation = form.cleaned_data["organisation"]
        try:
            measure = planning.create(organisation, form.plan, {}, by=request.user, intention=step)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            said = _("The draft is saved. Only you at %(organisation)s see it until you publish.")
            messages.success(request, said % {"organisation": organisation})
            return redirect("measure_edit", pk=measure.pk)
    context = {"form": form, "parts": parts.OPTIONAL}
    return form_page(request, "measures/planning/measure_create.html", context)


@require_safe
def measure_edit(request: Request, pk: int) -> HttpResponse:
    measure = found_measure(request, pk)
    require(may_edit(request.user, measure))
    context = {"measure": measure, "filled": parts.filled(measure)}
    return render(request, "measures/planning/measure_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def measure_name(request: Request, pk: int) -> HttpResponse:
    return _part(request, pk, parts.NAME, forms.SavedNameForm)


@require_http_methods(["GET", "HEAD", "POST"])
def measure_state(request: Request, pk: int) -> HttpResponse:
    return _part(request, pk, parts.STATE, forms.StateForm)


@require_http_methods(["GET", "HEAD", "POST"])
def measure_effect(request: Request, pk: int) -> HttpResponse:
    return _part(request, pk, parts.EFFECT, forms.SavedEffectForm)


@require_http_methods(["GET", "HEAD", "POST"])
def measure_barriers(request: Request, pk: int) -> HttpResponse:
    return _part(request, pk, parts.BARRIERS, forms.SavedBarriersForm)


@require_http_methods(["GET", "HEAD", "POST"])
def measure_origin(request: Request, pk: int) -> HttpResponse:
    return _part(request, pk, parts.ORIGIN, forms.OriginForm)


@require_http_methods(["GET", "HEAD", "POST"])
def measure_description(request: Request, pk: int) -> HttpResponse:
    return _part(request, pk, parts.DESCRIPTION, forms.DescriptionForm)


@require_POST
def measure_publish(request: Request, pk: int) -> HttpResponse:
    measure = found_measure(request, pk)
    require(may_edit(request.user, measure))
    done = _("The measure is published. Everybody can read it now.")
    return _carry_out(request, planning.publish, measure, done)


@require_http_methods(["GET", "HEAD", "POST"])
def measure_unpublish(request: Request, pk: int) -> HttpResponse:
    measure = found_measure(request, pk)
    require(may_edit(request.user, measure))
    if request.method != "POST":
        context = {"measure": measure, "counts": measure.status in COUNTING}
        return render(request, "measures/planning/measure_unpublish.html", context)
    done = _("The measure is a draft again. Only your organisation sees it.")
    return _carry_out(request, planning.unpublish, measure, done)


def _part(
    request: Request, pk: int, part: parts.Part, form_class: type[forms.PartForm]
) -> HttpResponse:
    """A page of a measure: shown, counted anew, kept while somebody writes, or saved."""
    measure = found_measure(request, pk)
    require(may_edit(request.user, measure))
    form = form_class(posted(request), user=request.user, measure=measure)
    context = _part_context(measure, part, form)
    if request.htmx and request.method == "POST":
        return _kept_meanwhile(request, form, context)
    if request.POST.get("then") == "count":
        status = 422 if form.errors else 200
        return render(request, context["page"], context | _understood(form), status=status)
    if form.is_valid():
        try:
            _save(request, form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            if refusal.code == "changed":
                context |= _both_versions(request, form)
        else:
            messages.success(request, form.understood(_("Saved.")))
            return redirect("measure_edit", pk=measure.pk)
    return form_page(request, context["page"], context | _understood(form))


def _part_context(measure: Measure, part: parts.Part, form: forms.PartForm) -> dict[str, Any]:
    page = "effect" if isinstance(form, forms.SavedEffectForm) else "part"
    return {
        "form": form,
        "measure": measure,
        "part": part,
        "number": parts.number_of(part),
        "of": len(parts.OPTIONAL),
        "next": parts.after(part),
        "page": f"measures/planning/measure_{page}.html",
    }


def _kept_meanwhile(
    request: Request, form: forms.PartForm, context: dict[str, Any]
) -> HttpResponse:
    """Save a draft as it is typed; what is public changes when somebody says so."""
    measure: Measure = context["measure"]
    if measure.published_at is None and form.is_valid():
        try:
            context["kept"] = context["measure"] = _save(request, form)
        except ValidationError as refusal:
            context["refused"] = refusal.code
    if isinstance(form, forms.SavedEffectForm):
        return render(request, "measures/planning/_understood.html", context | _understood(form))
    return render(request, "measures/planning/_autosaved.html", context)


def _save(request: Request, form: forms.PartForm) -> Measure:
    version = form.cleaned_data["version"] or 0
    return planning.update(form.measure, form.said, form.noted, version=version, by=request.user)


def _understood(form: forms.PartForm) -> dict[str, Any]:
    return {"understood": understood(form)} if isinstance(form, forms.SavedEffectForm) else {}


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


def _both_versions(request: Request, form: forms.PartForm) -> dict[str, Any]:
    """What is saved now beside what was typed; saving again is then a decision, not an accident."""
    saved = found_measure(request, form.measure.pk)
    form.data = cast(QueryDict, form.data).copy()
    form.data["version"] = str(saved.version)
    return {"measure": saved, "differing": differing(form, beginnings.of_measure(saved))}
