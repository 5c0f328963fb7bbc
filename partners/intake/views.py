"""Pages where a coordinator takes in lists: what was uploaded, and lists of partners."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.intake import batches, kinds, partner_lists, preview
from partners.intake.columns import PARTNER_LIST
from partners.models import ImportBatch
from partners.permissions import may_import, require
from partners.requests import Request


@require_safe
def import_list(request: Request) -> HttpResponse:
    require(may_import(request.user))
    uploaded = ImportBatch.objects.visible_to(request.user).select_related("created_by")
    page = Paginator(uploaded.defer("table").order_by("-pk"), 30).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lists": [(batch, kinds.page_of(batch.kind)) for batch in page],
        "kinds": kinds.offered(),
    }
    return render(request, "partners/intake/import_list.html", context)


@require_POST
def import_remove(request: Request, pk: int) -> HttpResponse:
    batch = get_object_or_404(ImportBatch.objects.visible_to(request.user), pk=pk)
    require(may_import(request.user))
    try:
        batches.remove(batch, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The list is removed. Nothing of it is kept."))
    return redirect("import_list")


@require_safe
def import_example(request: Request) -> HttpResponse:
    return preview.example(request, PARTNER_LIST)


@require_http_methods(["GET", "HEAD", "POST"])
def import_partners(request: Request) -> HttpResponse:
    return preview.upload(request, PARTNER_LIST)


@require_http_methods(["GET", "HEAD", "POST"])
def import_detail(request: Request, pk: int) -> HttpResponse:
    batch = preview.find(request, pk, PARTNER_LIST)
    if request.method == "POST":
        return preview.keep(request, batch, PARTNER_LIST, partner_lists.plan)
    context = preview.preview(request, batch, PARTNER_LIST, partner_lists.plan(batch))
    return render(request, "partners/intake/import_detail.html", context)


@require_POST
def import_apply(request: Request, pk: int) -> HttpResponse:
    batch = preview.find(request, pk, PARTNER_LIST)
    return preview.carry_out(request, batch, PARTNER_LIST, partner_lists.apply)
