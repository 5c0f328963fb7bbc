"""The table of all cards for coordinators, as a page and as a file, and picking from it."""

from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from measures.permissions import may_see_cards
from measures.standing import files, groups, panel, picking, table, words
from measures.standing.forms import CardFilter
from partners.models import Organisation
from partners.permissions import require
from partners.requests import DIGITS, Request
from partners.sheets import writer

ROWS_A_PAGE = 100
MOST_PICKED = 500
ENDINGS = {"csv", "xlsx"}


@require_safe
def partner_cards(request: Request) -> HttpResponse:
    require(may_see_cards(request.user))
    form, sort = CardFilter(request.GET), table.known(request.GET.get("sort"))
    found = table.rows(form.wishes, sort, timezone.now())
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    year = timezone.localdate().year
    days = {"start": date(year, 1, 1).isoformat(), "end": date(year, 12, 31).isoformat()}
    context = {
        "form": form,
        "page": page,
        "rows": [(row, panel.panels(row.card, is_own=True, writes=True)) for row in page],
        "kept": table.kept(found),
        "all_kept": sum(not row.card.missing for row in found),
        "rules": [(words.NAMES[key], text) for key, text in words.RULES.items()],
        "sort": sort,
        "pills": [(said, _without(request, name)) for name, said in form.chosen],
        "query": urlencode([(k, v) for k, v in request.GET.items() if k != "page"]),
        "year_query": urlencode({**days, "by": "organisation", "counted": "attended"}),
    }
    return render(request, "measures/standing/partner_cards.html", context)


@require_safe
def partner_cards_file(request: Request, ending: str) -> HttpResponseBase:
    require(may_see_cards(request.user))
    if ending not in ENDINGS:
        raise Http404
    form, sort = CardFilter(request.GET), table.known(request.GET.get("sort"))
    found = table.rows(form.wishes, sort, timezone.now())
    name = f"{slugify(_('promises'))}_{timezone.localdate():%Y-%m-%d}"
    if ending == "xlsx":
        chosen = [said for _name, said in form.chosen]
        return writer.xlsx_response(name, files.sheets(found, chosen))
    return writer.csv_response(name, files.rows(found), files.columns())


@require_POST
def partner_cards_write(request: Request) -> HttpResponse:
    """Begin a mailing to those who are ticked."""
    require(may_see_cards(request.user))
    ticked = [pk for pk in request.POST.getlist("organisation") if _is_key(pk)][:MOST_PICKED]
    partners = Organisation.objects.visible_to(request.user).partners().filter(pk__in=ticked)
    if not partners:
        messages.error(request, _("Tick the partners to write to in the table."))
        return redirect("partner_cards")
    try:
        picked = picking.pick(partners, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
        return redirect("partner_cards")
    about = urlencode({"about": groups.key_of(picked)})
    return redirect(f"{reverse('mailing_create')}?{about}")


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= DIGITS


def _without(request: Request, name: str) -> str:
    """The query of the table without the wish *name*, from its first page."""
    query = request.GET.copy()
    for key in (name, "page"):
        query.pop(key, None)
    return f"?{query.urlencode()}"
