"""What the pages of every kind of list share: taking a file, the preview, deciding, applying."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Page, Paginator
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partners.intake import batches, kinds, plans
from partners.intake.columns import meaning_choices
from partners.intake.kinds import ListKind
from partners.intake.plans import LineStatus
from partners.models import ImportBatch, Organisation
from partners.patience import patient
from partners.permissions import may_import, require
from partners.requests import Request
from partners.sheets import reader
from partners.sheets.reader import Unreadable

ROWS_A_PAGE = 100
ASKS_AT_ONCE = 50  # the others follow when these are answered
ALL = "all"


REFUSALS = {
    "empty": _("The file is empty. Choose a file with a list in it."),
    "size": _("The file is larger than 20 MB. Save only the sheet with the list, and try again."),
    "heavy": _("The file unpacks to far more than a list needs, and was not read. Copy the list"
               " into a new spreadsheet and try again."),
    "rows": _("The list has more than 20,000 rows. Split it, or delete what stands far below it."),
    "columns": _("The list has more than 200 columns. Delete what stands far to the right of it."),
    "lists": _("A sheet has more than 60 lists below each other. Put them on sheets of their own."),
    "cells": _("The file has too many cells. Save only the sheet with the list, and try again."),
    "letters": _("The file has too much text. Save only the sheet with the list, and try again."),
    "sheets": _("The file has more than 60 sheets. Save only those with the list, and try again."),
    "password": _("The file is protected by a password. Remove the password, and try again."),
    "macros": _("The file has macros, which the portal does not accept. Save it as .xlsx without"
                " macros, and try again."),
    "numbers": _("This is a file from Numbers or Pages. Export it as Excel or CSV, and try again."),
    "pdf": _("This is a PDF. Choose the spreadsheet it was made from: .xlsx, .xls, .ods or .csv."),
    "markup": _("This is a web page, not a spreadsheet. Open it in Excel, save it as .xlsx, and try"
                " again."),
    "kind": _("This is not a spreadsheet. Choose a file of the kind .xlsx, .xls, .ods or .csv."),
    "broken": _("The file is damaged and cannot be read. Open it in Excel, save it again, and try"
                " once more."),
    "quote": _("A quotation mark in row %(row)s is never closed. Correct the row, and try again."),
    "csv": _("Row %(row)s cannot be read. Correct the row, and try again."),
    "cell": _("A cell in row %(row)s has more than 5,000 characters. Shorten it, and try again."),
    "rows_missing": _("The file has headings but no rows below them."),
    "headings": _("No list was found. The first row of the list must say what the columns are, for"
                  " example Organisation, Name and E-mail."),
}  # fmt: skip


class UploadForm(forms.Form):
    """Takes a file; what is in it is read by who asks."""

    file = forms.FileField(
        label=_("List"),
        help_text=_("Excel (.xlsx, .xls), LibreOffice (.ods) or CSV, at most 20 MB."),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.tsv,.txt"}),
        error_messages={"required": _("Choose a file with a list.")},
    )

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        if (upload.size or 0) > reader.MAX_BYTES:
            raise forms.ValidationError(REFUSALS["size"], code="size")
        return upload

    def refuse(self, refusal: reader.Unreadable) -> None:
        """Say beside the field why there is no list in the file."""
        row = {"row": refusal.row}
        text = REFUSALS[refusal.code]
        self.add_error("file", forms.ValidationError(text, code=refusal.code, params=row))


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


def upload(request: Request, kind: ListKind) -> HttpResponse:
    """Take a file, and go to its page."""
    require(may_import(request.user))
    said = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = UploadForm(*said)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = batches.open_batch(kind, file.name, file, by=request.user)
        except Unreadable as refusal:
            form.refuse(refusal)
        except ValidationError as refusal:
            form.add_error("file", refusal)
        else:
            return redirect(kind.page, pk=batch.pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "title": kind.title, "example": kind.example_page}
    context["others"] = [other for other in kinds.offered() if other.key != kind.key]
    return render(request, "partners/intake/import_upload.html", context, status=status)


def keep(
    request: Request, batch: ImportBatch, kind: ListKind, plan: Callable[[ImportBatch], plans.Plan]
) -> HttpResponse:
    """Keep corrections and decisions a *plan* can be made of, and show the same page again."""
    try:
        with plans.tried(batch):
            unknown = plans.decide(batch, kind, request.POST)
            planned = plan(batch)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        _say_saved(request, planned)
        _say_unknown(request, unknown)
    return redirect(request.get_full_path())


def _say_saved(request: Request, plan: plans.Plan) -> None:
    if plan.is_misread:
        messages.warning(
            request,
            _("Your changes are saved, but not all of them are understood. What is wrong stands at"
              " each field."),
        )  # fmt: skip
    else:
        messages.success(request, _("Your changes are saved."))


def preview(
    request: Request, batch: ImportBatch, kind: ListKind, plan: plans.Plan
) -> dict[str, Any]:
    """The context of a preview: counts, the rows to show, what may be chosen."""
    counts = plan.counts()
    shown = _shown(request, counts)
    lines = plan.lines if shown == ALL else [line for line in plan.lines if line.status == shown]
    page = Paginator(lines, ROWS_A_PAGE).get_page(request.GET.get("page"))
    return {
        "batch": batch,
        "kind": kind,
        "plan": plan,
        "counts": [(s, plans.counted(s, counts[s]), counts[s]) for s in LineStatus if counts[s]],
        "undecided": plan.undecided,
        "waiting_rows": counts[LineStatus.DECISION] + counts[LineStatus.WAITING],
        "asks": plan.asks[:ASKS_AT_ONCE],
        "shown": shown,
        "page": page,
        "organisations": _to_choose_from(plan, page),
        "likelier": kinds.likelier(kind, batch.table),
        "earlier": batches.applied_before(batch.kind, batch.sha256, than=batch.pk),
        "sheets": [
            (sheet, meanings, _passed_over(sheet), _not_understood(sheet))
            for sheet, meanings in zip(batch.table["sheets"], batches.meanings(batch), strict=True)
        ],
        "meaning_choices": meaning_choices(kind),
        "answers": kind.answers,
        "is_unsure": any(map(_is_unsure, batch.table["sheets"])),
    }


_WHY: dict[str, str | Promise] = {
    "headings": _("headings again"),
    "others": _("below headings for other columns"),
    "alone": _("stands alone in its row"),
    "heading": _("heading of those below"),
    "section": _("heading of those below"),
    "total": _("counts the others"),
    "note": _("a note"),
    "organiser": _("arranged the meeting"),
    "empty": _("has nothing in the columns that are read"),
}
_PLAIN = {"headings", "heading", "section", "total", "organiser"}  # nobody can be missed for them


def _passed_over(sheet: dict[str, Any]) -> list[tuple[int, str, str | Promise]]:
    """Each row that is none of the list: its number, what it says, and why."""
    told = ((number, text, "".join(why) or "note") for number, text, *why in sheet["left_out"])
    return [(number, text, _WHY[why]) for number, text, why in told]


def _not_understood(sheet: dict[str, Any]) -> list[str]:
    """Headings of columns that are left behind because nobody knows what they are."""
    told = (sheet.get(why, []) for why in ("needless", "repeated", "hidden_columns"))
    known = {heading for headings in told for heading in headings}
    return [heading for heading in sheet["not_read"] if heading not in known]


def _is_unsure(sheet: dict[str, Any]) -> bool:
    """Whether something of how a sheet was read should be looked at."""
    is_guessed = any(not column["sure"] for column in sheet["columns"])
    is_missed = any("".join(why) not in _PLAIN for _number, _text, *why in sheet["left_out"])
    return is_guessed or is_missed or bool(_not_understood(sheet))


def _shown(request: Request, counts: Counter[str]) -> str:
    """The rows that were asked for; else those that somebody must look at, if there are any."""
    asked = request.GET.get("show", "")
    if asked == ALL or asked in LineStatus.values:
        return asked
    return next((s for s in (LineStatus.DECISION, LineStatus.WRONG) if counts[s]), ALL)


def _to_choose_from(plan: plans.Plan, page: Page) -> list[Organisation]:
    """All organisations, once for the page, if one of its rows asks which is meant.

    Each name is asked about at its first row: the answer holds for all of them.
    """
    asking = [line for line in page.object_list if line.question or line.chosen]
    asked: set[str] = set()
    for line in asking:
        line.is_asked_above = line.folded in asked
        asked.add(line.folded)
    return [o for o in plan.register.organisations if o.pk] if asking else []


def carry_out(
    request: Request, batch: ImportBatch, kind: ListKind, apply: Callable[..., Any]
) -> HttpResponse:
    """Keep what the page says, apply it, and show what came of it."""
    try:
        unknown, result = _decide_and_apply(batch, kind, request, apply)
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
        _say_imported(request, result)
        _say_unknown(request, unknown)
    return redirect(kind.page, pk=batch.pk)


@patient
def _decide_and_apply(
    batch: ImportBatch, kind: ListKind, request: Request, apply: Callable[..., Any]
) -> tuple[list[str], dict[str, Any]]:
    with plans.tried(batch):
        unknown = plans.decide(batch, kind, request.POST)
        result = apply(batch, by=request.user)
    return unknown, result


def _say_imported(request: Request, result: dict[str, Any]) -> None:
    """Say what came of it; nothing is no success, whatever it waits for."""
    waiting = result.get(LineStatus.DECISION, 0) + result.get(LineStatus.WAITING, 0)
    wrong = result.get(LineStatus.WRONG, 0)
    if not result["nothing"]:
        messages.success(request, _("The list is imported."))
    elif waiting:
        text = ngettext(
            "Nothing was imported. %(n)s row waits for your decision.",
            "Nothing was imported. %(n)s rows wait for your decision.",
            waiting,
        )
        messages.warning(request, text % {"n": waiting})
    elif wrong:
        text = ngettext(
            "Nothing was imported. %(n)s row needs correcting.",
            "Nothing was imported. %(n)s rows need correcting.",
            wrong,
        )
        messages.warning(request, text % {"n": wrong})
    else:
        messages.info(request, _("Nothing was imported: nothing in the list is new."))


def _say_unknown(request: Request, names: list[str]) -> None:
    for name in names:
        messages.warning(
            request,
            _("There is no organisation called “%(name)s” in the portal.") % {"name": name},
        )
