"""The pages where coordinators write what the portal says about itself."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.differences import differing
from partners.models import ContentKey, ContentPage, ContentVersion
from partners.permissions import may_tell, require
from partners.requests import Request
from partners.telling import writing
from partners.telling.forms import ContentForm
from partners.telling.markdown import render as as_html
from partners.telling.markdown import rows


@require_safe
def page_list(request: Request) -> HttpResponse:
    require(may_tell(request.user))
    newest = ContentVersion.objects.newest().select_related("page", "written_by")
    order = ContentKey.values
    versions = sorted(newest, key=lambda version: order.index(version.page.key))
    return render(request, "partners/telling/page_list.html", {"versions": versions})


@require_http_methods(["GET", "HEAD", "POST"])
def page_edit(request: Request, key: str) -> HttpResponse:
    require(may_tell(request.user))
    page = _page(request, key)
    form = _form(request, page)
    context: dict[str, Any] = {"form": form, "page": page}
    if form.is_valid():
        try:
            writing.write(page, form.said, seen=form.cleaned_data["seen"] or 0, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            context |= _both_versions(page, form) if refusal.code == "changed" else {}
        else:
            messages.success(request, _("The page is saved. Everybody reads it now."))
            return redirect("page_edit", key=key)
    status = 422 if form.is_bound else 200
    return render(request, "partners/telling/page_edit.html", context, status=status)


@require_POST
def page_preview(request: Request, key: str) -> HttpResponse:
    """The form again, with what it would look like; nothing is kept."""
    require(may_tell(request.user))
    page = _page(request, key)
    form = _form(request, page)
    context: dict[str, Any] = {"form": form, "page": page}
    if form.is_valid():
        context["previews"] = _shown(key, form.said)
    status = 200 if form.is_valid() else 422
    return render(request, "partners/telling/page_edit.html", context, status=status)


@require_safe
def page_history(request: Request, key: str) -> HttpResponse:
    require(may_tell(request.user))
    page = _page(request, key)
    versions = page.versions.select_related("written_by").order_by("-number")
    context = {"page": page, "versions": versions}
    return render(request, "partners/telling/page_history.html", context)


@require_safe
def page_version(request: Request, key: str, number: int) -> HttpResponse:
    require(may_tell(request.user))
    version = _version(request, key, number)
    context = {
        "page": version.page,
        "version": version,
        "is_newest": not version.page.versions.filter(number__gt=number).exists(),
        "previews": _shown(key, writing.words_of(version)),
    }
    return render(request, "partners/telling/page_version.html", context)


@require_POST
def page_restore(request: Request, key: str, number: int) -> HttpResponse:
    require(may_tell(request.user))
    version = _version(request, key, number)
    try:
        writing.bring_back(version, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Version %(number)s is in use again.") % {"number": number})
    return redirect("page_history", key=key)


def _page(request: Request, key: str) -> ContentPage:
    return get_object_or_404(ContentPage.objects.visible_to(request.user), key=key)


def _version(request: Request, key: str, number: int) -> ContentVersion:
    versions = _page(request, key).versions.select_related("page", "written_by")
    return get_object_or_404(versions, number=number)


def _form(request: Request, page: ContentPage) -> ContentForm:
    posted = request.POST if request.method == "POST" else None
    return ContentForm(posted, initial=_saved(page), key=page.key)


def _saved(page: ContentPage) -> dict[str, Any]:
    newest = page.versions.order_by("-number").first()
    return writing.words_of(newest) | {"seen": newest.number} if newest else {"seen": 0}


def _both_versions(page: ContentPage, form: ContentForm) -> dict[str, Any]:
    """What is saved now beside what was typed; saving again is then a decision, not an accident."""
    saved = _saved(page)
    form.data = cast(QueryDict, form.data).copy()
    form.data["seen"] = str(saved["seen"])
    return {"differing": differing(form, saved)}


def _shown(key: str, said: dict[str, str]) -> list[dict[str, Any]]:
    """The page as it reads in each language."""
    shown = []
    for language in ("sv", "en"):
        body = said[f"body_{language}"]
        parts = {name: said[f"{name}_{language}"] for name in ("title", "lead")}
        told = {"rows": rows(body)} if key in writing.IS_A_LIST else {"html": as_html(body, 3).html}
        shown.append({"language": language, **parts, **told})
    return shown
