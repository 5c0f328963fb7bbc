"""Pages where a coordinator takes in lists: what was uploaded, a preview of every row, applying."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.intake import batches as lists
from partners.intake import partner_lists, plans
from partners.intake.forms import UploadForm
from partners.intake.words import EXAMPLES, meaning_choices
from partners.models import ImportBatch, ImportKind
from partners.permissions import may_import, require
from partners.requests import Request

ROWS_A_PAGE = 100


@require_safe
def import_list(request: Request) -> HttpResponse:
    require(may_import(request.user))
    batches = ImportBatch.objects.visible_to(request.user).select_related("created_by")
    page = Paginator(batches.defer("table").order_by("-pk"), 30).get_page(request.GET.get("page"))
    return render(request, "partners/intake/import_list.html", {"page": page})


@require_safe
def import_example(request: Request, kind: str) -> HttpResponse:
    """A small list as it should look, for Excel: semicolons, UTF-8 with its mark."""
    require(may_import(request.user))
    if kind not in ImportKind.values:
        raise Http404
    text = EXAMPLES[ImportKind(kind)]
    return HttpResponse(
        "\ufeff" + text.replace("\n", "\r\n"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{kind}.csv"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def import_partners(request: Request) -> HttpResponse:
    return upload(request, ImportKind.PARTNERS, "import_detail")


@require_http_methods(["GET", "HEAD", "POST"])
def import_detail(request: Request, pk: int) -> HttpResponse:
    batch = find(request, pk, ImportKind.PARTNERS)
    if request.method == "POST":
        return keep(request, batch)
    plan = partner_lists.plan(batch)
    return render(request, "partners/intake/import_detail.html", preview(request, batch, plan))


@require_POST
def import_apply(request: Request, pk: int) -> HttpResponse:
    batch = find(request, pk, ImportKind.PARTNERS)
    return carry_out(request, batch, partner_lists.apply, "import_detail")


# What the pages of partners and of attendance share.


def find(request: Request, pk: int, kind: ImportKind) -> ImportBatch:
    """The import, for those who may see it."""
    batch = get_object_or_404(ImportBatch.objects.visible_to(request.user), pk=pk, kind=kind)
    require(may_import(request.user))
    return batch


def upload(request: Request, kind: ImportKind, then: str) -> HttpResponse:
    """Take a file, and go to the preview named *then*."""
    require(may_import(request.user))
    said = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = UploadForm(*said, kind=kind, by=request.user)
    if form.is_valid() and form.batch:
        return redirect(then, pk=form.batch.pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "kind": kind}
    return render(request, "partners/intake/import_upload.html", context, status=status)


def keep(request: Request, batch: ImportBatch) -> HttpResponse:
    """Keep corrections and decisions, and show the same page again."""
    plans.decide(batch, request.POST)
    messages.success(request, _("Your changes are kept."))
    return redirect(request.get_full_path())


def preview(request: Request, batch: ImportBatch, plan: Any) -> dict[str, Any]:
    """The context of a preview: counts, the rows to show, what may be chosen."""
    counts = plan.counts()
    shown = request.GET.get("show", "")
    lines = (
        [line for line in plan.lines if line.status == shown]
        if shown in plans.LineStatus.values
        else plan.lines
    )
    meanings = lists.meanings(batch)
    return {
        "batch": batch,
        "plan": plan,
        "counts": [(s, s.label, counts[s]) for s in plans.LineStatus if counts[s]],
        "undecided": counts["decision"],
        "shown": shown,
        "page": Paginator(lines, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "organisations": [o for o in plan.register.organisations if o.pk],
        "earlier": lists.applied_before(batch.kind, batch.sha256, than=batch.pk),
        "sheets": list(zip(batch.table["sheets"], meanings, strict=True)),
        "meaning_choices": meaning_choices(batch.kind),
        "is_unsure": any(not c["sure"] for s in batch.table["sheets"] for c in s["columns"]),
    }


def carry_out(
    request: Request, batch: ImportBatch, apply: Callable[..., Any], then: str
) -> HttpResponse:
    """Keep what the page says, apply it, and show what came of it."""
    plans.decide(batch, request.POST)
    try:
        apply(batch, by=request.user)
    except IntegrityError:
        messages.error(
            request,
            _("Somebody changed the same people or organisations just now. Nothing was imported."
              " Try again."),
        )  # fmt: skip
    else:
        messages.success(request, _("The list is imported."))
    return redirect(then, pk=batch.pk)
