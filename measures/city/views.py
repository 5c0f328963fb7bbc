"""The coordinators' pages for the city's emissions and targets."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from measures.city import keeping
from measures.city.forms import FORMS, FigureForm, PasteForm
from measures.city.keeping import Figure, Kind
from measures.models import CityEmission, CityTarget
from measures.permissions import may_keep_the_city
from partners.permissions import require
from partners.requests import Request


@require_safe
def city(request: Request) -> HttpResponse:
    require(may_keep_the_city(request.user))
    context = {
        "emissions": CityEmission.objects.select_related("updated_by").order_by("-year"),
        "targets": CityTarget.objects.select_related("updated_by"),
    }
    return render(request, "measures/city/city.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def emission_add(request: Request) -> HttpResponse:
    return _add(request, CityEmission, "measures/city/emission_add.html")


@require_http_methods(["GET", "HEAD", "POST"])
def target_add(request: Request) -> HttpResponse:
    return _add(request, CityTarget, "measures/city/target_add.html")


@require_http_methods(["GET", "HEAD", "POST"])
def emission_edit(request: Request, year: int) -> HttpResponse:
    return _edit(request, CityEmission, year, "measures/city/emission_edit.html")


@require_http_methods(["GET", "HEAD", "POST"])
def target_edit(request: Request, year: int) -> HttpResponse:
    return _edit(request, CityTarget, year, "measures/city/target_edit.html")


@require_POST
def emission_remove(request: Request, year: int) -> HttpResponse:
    return _remove(request, CityEmission, year)


@require_POST
def target_remove(request: Request, year: int) -> HttpResponse:
    return _remove(request, CityTarget, year)


@require_http_methods(["GET", "HEAD", "POST"])
def emissions_paste(request: Request) -> HttpResponse:
    require(may_keep_the_city(request.user))
    form = PasteForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _paste_page(request, form, 422 if form.is_bound else 200)
    details = {name: form.cleaned_data[name] for name in ("source", "published_on")}
    if request.POST.get("then") != "save":
        return _paste_page(request, form, 200)
    seen = form.cleaned_data["seen"]
    try:
        saved = keeping.keep(form.pasted.rows, details, seen=seen, by=request.user)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _paste_page(request, form, 422)
    said = ngettext("One year is saved.", "%(years)s years are saved.", saved)
    if not saved:
        said = _("All of this is in the portal already.")
    messages.success(request, said % {"years": saved})
    return redirect("city")


def _found(kind: Kind, year: int) -> Figure:
    found = get_object_or_404(kind, year=year)
    assert isinstance(found, CityEmission | CityTarget)
    return found


def _add(request: Request, kind: Kind, page: str) -> HttpResponse:
    require(may_keep_the_city(request.user))
    form = FORMS[kind](request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            figure = keeping.add(kind, form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            form.add_error("year" if refusal.code == "taken" else None, refusal)
        else:
            return _saved(request, figure)
    return render(request, page, {"form": form}, status=422 if form.is_bound else 200)


def _edit(request: Request, kind: Kind, year: int, page: str) -> HttpResponse:
    require(may_keep_the_city(request.user))
    figure = _found(kind, year)
    form = FORMS[kind](
        request.POST if request.method == "POST" else None, initial=_values(figure, FORMS[kind])
    )
    if form.is_valid():
        try:
            keeping.change(figure, form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            form.add_error("year" if refusal.code == "taken" else None, refusal)
        else:
            return _saved(request, figure)
    context = {"form": form, "year": year}
    return render(request, page, context, status=422 if form.is_bound else 200)


def _values(figure: Figure, form: type[FigureForm]) -> dict[str, Any]:
    return {name: getattr(figure, name) for name in form.base_fields}


def _saved(request: Request, figure: Figure) -> HttpResponse:
    messages.success(request, _("%(year)s is saved.") % {"year": figure.year})
    return redirect("city")


def _remove(request: Request, kind: Kind, year: int) -> HttpResponse:
    require(may_keep_the_city(request.user))
    figure = _found(kind, year)
    keeping.remove(figure, by=request.user)
    # The figure is said, so that it can be written down again.
    said = {"year": year, "tonnes": number_format(figure.tonnes.normalize(), force_grouping=True)}
    messages.success(request, _("%(year)s is removed. It said %(tonnes)s tonnes.") % said)
    return redirect("city")


def _paste_page(request: Request, form: PasteForm, status: int) -> HttpResponse:
    """The form; with what it would change once every row is understood."""
    context: dict[str, Any] = {"form": form}
    if "rows" in getattr(form, "cleaned_data", {}):
        changes = keeping.changes(form.pasted.rows)
        context |= {
            "changes": changes,
            "written": sum(one.is_written for one in changes),
            "seal": keeping.seal(changes),
            "in_thousands": form.pasted.in_thousands,
        }
    return render(request, "measures/city/emissions_paste.html", context, status=status)
