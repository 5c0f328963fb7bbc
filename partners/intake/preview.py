"""What the pages of every kind of list share: taking a file, the preview, deciding, applying."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from partners.intake import batches, plans
from partners.intake.forms import UploadForm
from partners.intake.kinds import ListKind
from partners.intake.words import meaning_choices
from partners.models import ImportBatch
from partners.patience import patient
from partners.permissions import may_import, require
from partners.requests import Request
from partners.sheets.reader import Unreadable

ROWS_A_PAGE = 100


def find(request: Request, pk: int, kind: ListKind) -> ImportBatch:
    """The import, for those who may see it."""
    batch = get_object_or_404(ImportBatch.objects.visible_to(request.user), pk=pk, kind=kind.key)
    require(may_import(request.user))
    return batch


def example(request: Request, kind: ListKind) -> HttpResponse:
    """A small list as it should look, for Excel: semicolons, UTF-8 with its mark."""
    require(may_import(request.user))
    return HttpResponse(
        "\ufeff" + kind.example.replace("\n", "\r\n"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{kind.key}.csv"'},
    )


def upload(request: Request, kind: ListKind, example: str) -> HttpResponse:
    """Take a file, and go to its page; *example* names the page with an example."""
    require(may_import(request.user))
    said = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = UploadForm(*said)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = batches.open_batch(kind, file.name, file, by=request.user)
        except Unreadable as refusal:
            form.refuse(refusal)
        else:
            return redirect(kind.page, pk=batch.pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "title": kind.title, "example": example}
    return render(request, "partners/intake/import_upload.html", context, status=status)


def keep(
    request: Request, batch: ImportBatch, kind: ListKind, plan: Callable[[ImportBatch], plans.Plan]
) -> HttpResponse:
    """Keep corrections and decisions a *plan* can be made of, and show the same page again."""
    try:
        with plans.tried(batch):
            plans.decide(batch, kind, request.POST)
            plan(batch)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Your changes are saved."))
    return redirect(request.get_full_path())


def preview(
    request: Request, batch: ImportBatch, kind: ListKind, plan: plans.Plan
) -> dict[str, Any]:
    """The context of a preview: counts, the rows to show, what may be chosen."""
    counts = plan.counts()
    shown = request.GET.get("show", "")
    lines = (
        [line for line in plan.lines if line.status == shown]
        if shown in plans.LineStatus.values
        else plan.lines
    )
    meanings = batches.meanings(batch)
    return {
        "batch": batch,
        "plan": plan,
        "counts": [(s, s.label, counts[s]) for s in plans.LineStatus if counts[s]],
        "undecided": counts["decision"],
        "shown": shown,
        "page": Paginator(lines, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "organisations": [o for o in plan.register.organisations if o.pk],
        "earlier": batches.applied_before(batch.kind, batch.sha256, than=batch.pk),
        "sheets": list(zip(batch.table["sheets"], meanings, strict=True)),
        "meaning_choices": meaning_choices(kind),
        "answers": kind.answers,
        "is_unsure": any(not c["sure"] for s in batch.table["sheets"] for c in s["columns"]),
    }


def carry_out(
    request: Request, batch: ImportBatch, kind: ListKind, apply: Callable[..., Any]
) -> HttpResponse:
    """Keep what the page says, apply it, and show what came of it."""
    try:
        _decide_and_apply(batch, kind, request, apply)
    except IntegrityError:
        plans.decide(batch, kind, request.POST)
        messages.error(
            request,
            _("Somebody changed the same people or organisations just now. Nothing was imported."
              " Try again."),
        )  # fmt: skip
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The list is imported."))
    return redirect(kind.page, pk=batch.pk)


@patient
def _decide_and_apply(
    batch: ImportBatch, kind: ListKind, request: Request, apply: Callable[..., Any]
) -> None:
    with plans.tried(batch):
        plans.decide(batch, kind, request.POST)
        apply(batch, by=request.user)
