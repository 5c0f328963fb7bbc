"""What the portal holds on oneself: to read, and to fetch as a file."""

import json

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from northstar.own_data import gathering
from northstar.own_data.holdings import BY_KEY
from partners import limits
from partners.requests import Request

ROWS_A_PAGE = 50


@require_safe
def own_data(request: Request) -> HttpResponse:
    """All kinds with the latest of each: a query a table, and those of every page."""
    context = {"kinds": gathering.kinds(request.user)}
    return render(request, "northstar/own_data/own_data.html", context)


@require_safe
def own_data_kind(request: Request, kind: str) -> HttpResponse:
    """All rows of one kind."""
    holding = BY_KEY.get(kind)
    if holding is None or holding.hidden:
        raise Http404
    page = Paginator(gathering.rows(holding, request.user), ROWS_A_PAGE).get_page(
        request.GET.get("page")
    )
    lines = [gathering.line(holding, row, request.user) for row in page]
    context = {"holding": holding, "lines": lines, "page": page}
    return render(request, "northstar/own_data/own_data_kind.html", context)


@require_POST
def own_data_file(request: Request) -> HttpResponse:
    """All of it as JSON."""
    if not limits.may_fetch_own_data(request.user):
        messages.error(request, _("You have fetched the file often. Try again in ten minutes."))
        return redirect("own_data")
    text = json.dumps(gathering.as_data(request.user), ensure_ascii=False, indent=1)
    name = f"northstar-{timezone.localdate():%Y-%m-%d}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="application/json", headers=headers)
