"""The project lead's pages: plan, publish, cancel, see who comes."""

import logging
from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.forms import model_to_dict
from django.http import Http404, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning.attendance.groups import key_of
from learning.finding import editable_session
from learning.models import LearningSession, RegistrationState
from learning.permissions import may_plan, may_write_to
from learning.sessions import participants as who
from learning.sessions import scheduling
from learning.sessions.forms import CancelForm, SessionForm
from partners.differences import differing
from partners.permissions import require
from partners.reading.text import one_line
from partners.requests import Request, pk_in
from partners.sheets import writer

log = logging.getLogger(__name__)

PLACES_A_PAGE = 100
FIRST_ORGANISATIONS = 8  # named before the rest are one press away
ENDINGS = ("xlsx", "csv")
COPIED = ["title_sv", "title_en", "summary_sv", "summary_en", "series", "mode", "venue"]
COPIED += ["programme_sv", "programme_en", "preparation_sv", "preparation_en"]
COPIED += ["directions_sv", "directions_en", "map_url", "meeting_url", "capacity", "audience"]


@require_http_methods(["GET", "HEAD", "POST"])
def session_create(request: Request) -> HttpResponse:
    require(may_plan(request.user))
    form = SessionForm(initial=_copied(request))
    if request.method == "POST":
        form = SessionForm(request.POST)
    if form.is_valid():
        try:
            session = scheduling.create(form.plan, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The session is saved as a draft. Publish it when ready."))
            return redirect("session_detail", pk=session.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "learning/sessions/session_create.html", {"form": form}, status=status)


def _copied(request: Request) -> dict[str, object]:
    """What to begin with: a copy of the session ?copy= names, with its times of day."""
    sessions = LearningSession.objects.visible_to(request.user)
    number = pk_in(request.GET, "copy")
    session = sessions.filter(pk=number).first() if number else None
    if session is None:
        return {}
    return model_to_dict(session, COPIED) | {
        "starts": timezone.localtime(session.starts_at).time(),
        "ends": timezone.localtime(session.ends_at).time(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def session_edit(request: Request, pk: int) -> HttpResponse:
    session = editable_session(request.user, pk)
    form = SessionForm(request.POST if request.method == "POST" else None, instance=session)
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            saved = scheduling.save(session, form.plan, version=version, by=request.user)
        except ValidationError as refusal:
            return _both_versions(request, form, refusal)
        messages.success(request, _("The session is saved."))
        _warn_of_too_many(request, saved)
        return redirect("session_detail", pk=pk)
    page = {
        "form": form,
        "session": editable_session(request.user, pk) if form.is_bound else session,
    }
    status = 422 if form.is_bound else 200
    return render(request, "learning/sessions/session_edit.html", page, status=status)


def _both_versions(request: Request, form: SessionForm, refusal: ValidationError) -> HttpResponse:
    """What is saved now beside what was typed; saving again is then a decision, not an accident."""
    form.add_error(None, refusal)
    saved = editable_session(request.user, form.instance.pk)
    form.data = cast(QueryDict, form.data).copy()
    form.data["version"] = str(saved.version)
    values = SessionForm(instance=saved).initial
    page = {"form": form, "session": saved, "differing": differing(form, values)}
    return render(request, "learning/sessions/session_edit.html", page, status=422)


def _warn_of_too_many(request: Request, session: LearningSession) -> None:
    seated = session.registrations.confirmed().count()
    if session.capacity is not None and seated > session.capacity:
        messages.warning(
            request,
            _("%(seated)s people have a seat already, and nobody loses theirs.")
            % {"seated": seated},
        )


@require_POST
def session_publish(request: Request, pk: int) -> HttpResponse:
    session = editable_session(request.user, pk)
    try:
        scheduling.publish(session, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("The session is published."))
    return redirect("session_detail", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def session_cancel(request: Request, pk: int) -> HttpResponse:
    session = editable_session(request.user, pk)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            text = form.cleaned_data["text"]
            scheduling.cancel(session, text=text, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The session is cancelled."))
            return redirect("session_detail", pk=pk)
    status = 422 if request.method == "POST" else 200
    page = {"session": session, "form": form}
    return render(request, "learning/sessions/session_cancel.html", page, status=status)


@require_safe
def participants(request: Request, pk: int) -> HttpResponse:
    """Who has a seat, and who waits in which order; those somebody looks for."""
    session = editable_session(request.user, pk)
    words = one_line(request.GET.get("q", ""))
    sort = who.order(request.GET.get("sort", ""))
    found, now = who.named(who.places(session, sort), words), timezone.now()
    has_begun = session.starts_at <= now
    found = who.with_presence(found) if has_begun else found
    page = Paginator(found, PLACES_A_PAGE).get_page(request.GET.get("page"))
    organisations = who.by_organisation(session)
    context = {
        "session": session,
        "words": words,
        "sort": sort,
        "page": page,
        "seated": [p for p in page if p.state == RegistrationState.CONFIRMED],
        "queued": [p for p in page if p.state == RegistrationState.QUEUED],
        "leaving": session.registrations.leaving().confirmed().count(),
        "organisations": organisations[:FIRST_ORGANISATIONS],
        "other_organisations": organisations[FIRST_ORGANISATIONS:],
        "may_write": may_write_to(request.user, session),
        "about": key_of(session),
        "may_change": session.is_live and not has_begun,
        "has_begun": has_begun,
        "is_past": session.ends_at <= now,
    }
    return render(request, "learning/sessions/participants.html", context)


@require_safe
def participants_list(request: Request, pk: int) -> HttpResponse:
    """Everybody with a seat on one list, to be printed and laid by the door."""
    session = editable_session(request.user, pk)
    seated = session.registrations.confirmed().in_order()
    page = {"session": session, "seated": seated}
    return render(request, "learning/sessions/participants_list.html", page)


@require_safe
def participants_file(request: Request, pk: int, ending: str) -> HttpResponseBase:
    """Everybody with a place, as a file."""
    session = editable_session(request.user, pk)
    if ending not in ENDINGS:
        raise Http404
    log.info("participants of %s taken out by person %s", session.pk, request.user.pk)
    rows = (who.cells(place) for place in who.places(session))
    day = timezone.localtime(session.starts_at).date()
    what = pgettext("file name", "participants")
    name = f"{what}_{slugify(session.title)[:40]}_{day}"
    if ending == "csv":
        return writer.csv_response(name, rows, who.columns())
    return writer.xlsx_response(name, [writer.Sheet(_("Participants"), who.columns(), rows)])
