"""The pages where coordinators keep who leads and who pays, and the pictures of both."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.models import Funder, Leader
from partners.permissions import may_tell, require
from partners.requests import Request, pk_in
from partners.telling import listing
from partners.telling.forms import FunderForm, LeaderForm


@dataclass(frozen=True)
class Kind:
    """People who lead, or funders: one kind of row with its form and pages."""

    model: type[Leader] | type[Funder]
    form: type[LeaderForm] | type[FunderForm]
    listed: str  # the name of the page that lists them
    template: str  # where its pages begin


LEADERS = Kind(Leader, LeaderForm, "leaders", "partners/telling/leader")
FUNDERS = Kind(Funder, FunderForm, "funders", "partners/telling/funder")


@require_safe
def leaders(request: Request) -> HttpResponse:
    return _list(request, LEADERS)


@require_http_methods(["GET", "HEAD", "POST"])
def leader_add(request: Request) -> HttpResponse:
    return _add(request, LEADERS)


@require_http_methods(["GET", "HEAD", "POST"])
def leader_edit(request: Request, pk: int) -> HttpResponse:
    return _edit(request, LEADERS, pk)


@require_POST
def leader_move(request: Request, pk: int) -> HttpResponse:
    return _move(request, LEADERS, pk)


@require_POST
def leader_remove(request: Request, pk: int) -> HttpResponse:
    return _remove(request, LEADERS, pk)


@require_safe
def leader_picture(request: HttpRequest, pk: int) -> HttpResponse:
    return _picture(request, LEADERS, pk)


@require_safe
def funders(request: Request) -> HttpResponse:
    return _list(request, FUNDERS)


@require_http_methods(["GET", "HEAD", "POST"])
def funder_add(request: Request) -> HttpResponse:
    return _add(request, FUNDERS)


@require_http_methods(["GET", "HEAD", "POST"])
def funder_edit(request: Request, pk: int) -> HttpResponse:
    return _edit(request, FUNDERS, pk)


@require_POST
def funder_move(request: Request, pk: int) -> HttpResponse:
    return _move(request, FUNDERS, pk)


@require_POST
def funder_remove(request: Request, pk: int) -> HttpResponse:
    return _remove(request, FUNDERS, pk)


@require_safe
def funder_picture(request: HttpRequest, pk: int) -> HttpResponse:
    return _picture(request, FUNDERS, pk)


def _list(request: Request, kind: Kind) -> HttpResponse:
    require(may_tell(request.user))
    found = list(kind.model.objects.visible_to(request.user).in_order())
    return render(request, f"{kind.template}s.html", {"found": found})


def _add(request: Request, kind: Kind) -> HttpResponse:
    require(may_tell(request.user))
    form = _form(request, kind, kind.model())
    if form.is_valid():
        row = listing.add(kind.model, form.facts, by=request.user)
        messages.success(request, _("%(name)s is in the list.") % {"name": row})
        return redirect(kind.listed)
    return _form_page(request, kind, "add", {"form": form})


def _edit(request: Request, kind: Kind, pk: int) -> HttpResponse:
    require(may_tell(request.user))
    row = _row(request, kind, pk)
    name = str(row)  # the form writes on the row what was typed
    form = _form(request, kind, row)
    if form.is_valid():
        listing.change(row, form.facts, by=request.user)
        messages.success(request, _("The changes are saved."))
        return redirect(kind.listed)
    return _form_page(request, kind, "edit", {"form": form, "row": row, "name": name})


def _move(request: Request, kind: Kind, pk: int) -> HttpResponse:
    require(may_tell(request.user))
    row = _row(request, kind, pk)
    place = pk_in(request.POST, "place")
    if place is not None:
        try:
            listing.move(row, place, by=request.user)
        except ValidationError as refusal:
            messages.error(request, refusal.message)
    return redirect(kind.listed)


def _remove(request: Request, kind: Kind, pk: int) -> HttpResponse:
    require(may_tell(request.user))
    row = _row(request, kind, pk)
    try:
        listing.remove(row, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("%(name)s is no longer in the list.") % {"name": row})
    return redirect(kind.listed)


@cache_control(public=True, max_age=3600)
def _picture(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    rows = kind.model.objects.visible_to(request.user).with_picture()
    row = get_object_or_404(rows, pk=pk)
    return HttpResponse(bytes(row.picture), content_type=row.picture_type)


def _row(request: Request, kind: Kind, pk: int) -> Any:
    rows = kind.model.objects.visible_to(request.user).in_order()
    return get_object_or_404(rows, pk=pk)


def _form(request: Request, kind: Kind, row: Any) -> Any:
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return kind.form(*posted, instance=row)


def _form_page(request: Request, kind: Kind, verb: str, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].is_bound else 200
    return render(request, f"{kind.template}_{verb}.html", context, status=status)
