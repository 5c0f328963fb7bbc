"""Pages where a coordinator takes in attendance lists."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning.intake import attendance_lists
from learning.intake.sessions import Draft
from learning.intake.words import ATTENDANCE_LIST, counted
from partners.intake import preview
from partners.requests import Request


@require_safe
def attendance_example(request: Request) -> HttpResponse:
    return preview.example(request, ATTENDANCE_LIST)


@require_http_methods(["GET", "HEAD", "POST"])
def import_attendance(request: Request) -> HttpResponse:
    return preview.upload(request, ATTENDANCE_LIST)


@require_http_methods(["GET", "HEAD", "POST"])
def attendance_import(request: Request, pk: int) -> HttpResponse:
    batch = preview.find(request, pk, ATTENDANCE_LIST)
    if request.method == "POST":
        return preview.keep(request, batch, ATTENDANCE_LIST, attendance_lists.plan)
    plan = attendance_lists.plan(batch)
    context = preview.preview(request, batch, ATTENDANCE_LIST, plan) | {
        "sessions": [_told(draft) for draft in plan.sessions.drafts.values()],
        "series_title": plan.sessions.series_title,
        "series": plan.series,
        "hours": plan.sessions.usual_hours,
        "misses_hours": plan.sessions.misses_hours,
    }
    return render(request, "learning/intake/attendance_import.html", context)


@require_POST
def attendance_import_apply(request: Request, pk: int) -> HttpResponse:
    batch = preview.find(request, pk, ATTENDANCE_LIST)
    return preview.carry_out(request, batch, ATTENDANCE_LIST, attendance_lists.apply)


def _told(draft: Draft) -> dict[str, Any]:
    """A session of the list for the page: what was read, what was counted."""
    return {
        "draft": draft,
        "hours": draft.own_hours,
        "date": draft.day.isoformat() if draft.day else draft.typed_date,
        "is_known": bool(draft.session and draft.session.pk),
        "counted": counted(draft.counts),
    }
