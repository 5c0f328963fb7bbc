"""Material of a session: put there by the project, fetched by those who may read it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning.finding import editable_session
from learning.material import keeping, telling
from learning.material.forms import FileForm, LinkForm
from learning.models import LearningSession, Material, MaterialAudience, MaterialKind
from learning.permissions import may_edit
from partners.models import moment_in_words
from partners.permissions import require
from partners.post import main_stop
from partners.requests import Request, pk_in


@require_http_methods(["GET", "HEAD", "POST"])
def material_upload(request: Request, pk: int) -> HttpResponse:
    session = editable_session(request.user, pk)
    form = FileForm(initial={"audience": MaterialAudience.PARTICIPANTS})
    if request.method == "POST":
        form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        fields = {name: form.cleaned_data[name] for name in ("title", "audience", "language")}
        try:
            keeping.add_file(session, form.cleaned_data["file"], by=request.user, **fields)
        except ValidationError as refusal:
            form.add_error("file", refusal)
        else:
            return _done(request, session)
    return _page(request, "learning/material/material_upload.html", session, form)


@require_http_methods(["GET", "HEAD", "POST"])
def material_link(request: Request, pk: int) -> HttpResponse:
    session = editable_session(request.user, pk)
    form = LinkForm(initial={"audience": MaterialAudience.PARTICIPANTS})
    if request.method == "POST":
        form = LinkForm(request.POST)
    if form.is_valid():
        fields = {name: form.cleaned_data[name] for name in ("title", "audience", "language")}
        try:
            keeping.add_link(session, form.cleaned_data["url"], by=request.user, **fields)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return _done(request, session)
    return _page(request, "learning/material/material_link.html", session, form)


def _done(request: Request, session: LearningSession) -> HttpResponse:
    messages.success(request, _("The material is on the session's page."))
    return redirect("session_detail", pk=session.pk)


def _page(
    request: Request, template: str, session: LearningSession, form: FileForm | LinkForm
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    kept = session.materials.all() if session.material_count else []
    told = telling.standing(session, timezone.now())
    page = {
        "session": session,
        "form": form,
        "materials": kept,
        "told": told,
        "stop": main_stop.standing() if kept else None,
    }
    return render(request, template, page, status=status)


@require_POST
def material_tell(request: Request, pk: int) -> HttpResponse:
    session = editable_session(request.user, pk)
    try:
        telling.tell(session, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _told(session))
    return redirect("material_upload", pk=pk)


def _told(session: LearningSession) -> str:
    """To how many it has been told, and when they hear of it."""
    stands = telling.standing(session, timezone.now())
    text = ngettext(
        "%(n)d person gets an e-mail, %(when)s at the earliest.",
        "%(n)d people get an e-mail, %(when)s at the earliest.",
        stands.waiting,
    )
    told = text % {"n": stands.waiting, "when": moment_in_words(stands.leaves_at)}
    return main_stop.or_waits(told)


@require_POST
def material_tell_back(request: Request, pk: int) -> HttpResponse:
    session = editable_session(request.user, pk)
    try:
        n = telling.take_back(session, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        text = ngettext("%(n)d e-mail is not sent.", "%(n)d e-mails are not sent.", n)
        messages.success(request, text % {"n": n})
    return redirect("material_upload", pk=pk)


@require_safe
def material_file(request: Request, pk: int) -> HttpResponseBase:
    """Send a file as an attachment that can do nothing in our origin."""
    files = Material.objects.visible_to(request.user).filter(kind=MaterialKind.FILE)
    material = get_object_or_404(files, pk=pk)
    try:
        stored = material.file.open("rb")
    except OSError as error:
        raise Http404 from error
    return FileResponse(
        stored,
        as_attachment=True,
        filename=material.file_name,
        content_type=material.content_type,
        headers={
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def material_delete(request: Request, pk: int) -> HttpResponse:
    seen = Material.objects.visible_to(request.user).select_related("session")
    material = seen.filter(pk=pk).first()
    if material is None:
        return _deleted_before(request)
    require(may_edit(request.user, material.session))
    if request.method != "POST":
        return render(request, "learning/material/material_delete.html", {"material": material})
    try:
        keeping.remove(material, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("material_delete", pk=pk)
    return _deleted(request, material.session)


def _deleted_before(request: Request) -> HttpResponse:
    """Lead a second click to where the first one led; the form says of which session it was."""
    session = pk_in(request.POST, "session")
    if session is None:
        raise Http404
    return _deleted(request, editable_session(request.user, session))


def _deleted(request: Request, session: LearningSession) -> HttpResponse:
    messages.success(request, _("The material is deleted."))
    return redirect("session_detail", pk=session.pk)
