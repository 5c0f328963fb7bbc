"""Pages where a coordinator takes in attendance lists."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from learning.intake import attendance_lists
from learning.intake.sessions import Draft
from partners.intake import views as import_views
from partners.models import ImportKind
from partners.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def import_attendance(request: Request) -> HttpResponse:
    return import_views.upload(request, ImportKind.ATTENDANCE, "attendance_import")


@require_http_methods(["GET", "HEAD", "POST"])
def attendance_import(request: Request, pk: int) -> HttpResponse:
    batch = import_views.find(request, pk, ImportKind.ATTENDANCE)
    if request.method == "POST":
        return import_views.keep(request, batch)
    plan = attendance_lists.plan(batch, by=batch.created_by)
    context = import_views.preview(request, batch, plan) | {
        "sessions": [_told(draft) for draft in plan.sessions.drafts.values()],
        "series_title": plan.sessions.series_title,
        "series": plan.series,
    }
    return render(request, "learning/intake/attendance_import.html", context)


@require_POST
def attendance_import_apply(request: Request, pk: int) -> HttpResponse:
    batch = import_views.find(request, pk, ImportKind.ATTENDANCE)
    return import_views.carry_out(request, batch, attendance_lists.apply, "attendance_import")


def _told(draft: Draft) -> dict[str, Any]:
    """A session of the list for the page: what was read, what was counted."""
    seen = ("registered", "present", "absent", "excused", "unknown", "walk_in")
    return {
        "draft": draft,
        "date": draft.day.isoformat() if draft.day else draft.typed_date,
        "is_known": bool(draft.session and draft.session.pk),
        **{name: draft.counts.get(name, 0) for name in seen},
    }
