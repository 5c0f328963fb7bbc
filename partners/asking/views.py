"""The forms anybody may send, the page of the mailed link, and the coordinators' list."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners import limits
from partners.asking import answering, enquiries
from partners.asking.forms import AnsweringForm, AskForm, EnquiryFilter, JoinForm, OpenForm
from partners.differences import differing
from partners.models import ANSWERED_WITHIN, Enquiry, EnquiryKind, EnquiryState
from partners.permissions import may_answer_enquiries, require
from partners.requests import OpenRequest, Request

ROWS_A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: OpenRequest) -> HttpResponse:
    form = AskForm(
        request.POST if request.method == "POST" else None, to=request.GET.get("to", "")[:40]
    )
    return _written(request, form, EnquiryKind.QUESTION, "partners/asking/ask.html")


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: OpenRequest) -> HttpResponse:
    form = JoinForm(request.POST if request.method == "POST" else None)
    return _written(request, form, EnquiryKind.WISH_TO_JOIN, "partners/asking/join.html")


def _written(request: OpenRequest, form: OpenForm, kind: EnquiryKind, page: str) -> HttpResponse:
    """Show the form, or keep what was sent in it.

    A robot, an address that was asked too often and one of a member get the same answer.
    """
    context = {"form": form, "days": ANSWERED_WITHIN}
    if not form.is_valid():
        return render(request, page, context, status=422 if form.is_bound else 200)
    if form.is_from_a_robot:
        return redirect("enquiry_sent")
    if not limits.may_write_from_here(request):
        return render(request, page, context | {"too_many": True}, status=429)
    try:
        enquiries.write(
            kind, form.cleaned_data["email"], form.facts, language=(get_language() or "sv")[:2]
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return render(request, page, context, status=422)
    return redirect("enquiry_sent")


@require_safe
def enquiry_sent(request: OpenRequest) -> HttpResponse:
    """What everybody reads who has sent a form."""
    days = enquiries.LASTS.days
    return render(request, "partners/asking/enquiry_sent.html", {"days": days})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enquiry_confirm(request: OpenRequest, token: str) -> HttpResponse:
    """Ask whether to send what was written, and then be its receipt; only a POST sends it."""
    enquiry = enquiries.written_by(token)
    if enquiry is None:
        return render(request, "partners/asking/enquiry_over.html", status=410)
    if request.method == "POST":
        try:
            enquiries.confirm(enquiry)
        except ValidationError as refusal:
            messages.error(request, refusal.message)
        return redirect("enquiry_confirm", token=token)
    context = {"enquiry": enquiry, "token": token, "days": ANSWERED_WITHIN}
    return render(request, "partners/asking/enquiry_confirm.html", context)


@require_safe
def enquiry_list(request: Request) -> HttpResponse:
    """What has arrived, the longest waiting first while it is new, else the newest first."""
    require(may_answer_enquiries(request.user))
    chosen = EnquiryFilter(request.GET).chosen
    seen = Enquiry.objects.visible_to(request.user)
    counts = seen.counted_by_state()
    rows = seen if chosen == EnquiryFilter.ALL else seen.filter(state=chosen)
    order = ["confirmed_at", "pk"] if chosen == EnquiryState.NEW else ["-confirmed_at", "-pk"]
    pages = Paginator(rows.select_related("taken_by").order_by(*order), ROWS_A_PAGE)
    pages.count = sum(counts.values()) if chosen == EnquiryFilter.ALL else counts.get(chosen, 0)
    page = pages.get_page(request.GET.get("page"))
    now = timezone.now()
    choices = [(value, label, counts.get(value, 0)) for value, label in EnquiryState.choices]
    context = {
        "page": page,
        "rows": [(enquiry, enquiry.is_late(now)) for enquiry in page],
        "choices": [*choices, (EnquiryFilter.ALL, _("All"), sum(counts.values()))],
        "chosen": chosen,
        "days": ANSWERED_WITHIN,
    }
    return render(request, "partners/asking/enquiry_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def enquiry_detail(request: Request, pk: int) -> HttpResponse:
    require(may_answer_enquiries(request.user))
    seen = Enquiry.objects.visible_to(request.user).select_related("taken_by", "changed_by")
    enquiry = get_object_or_404(seen, pk=pk)
    said = request.POST if request.method == "POST" else None
    initial = {"state": enquiry.state, "note": enquiry.note, "version": enquiry.version}
    form = AnsweringForm(said, initial=initial)
    context: dict[str, Any] = {"enquiry": enquiry, "form": form}
    context["late"] = enquiry.is_late(timezone.now())
    if form.is_valid():
        state, note, version = (form.cleaned_data[name] for name in ("state", "note", "version"))
        try:
            answering.note(enquiry, state, note, version=version, by=request.user)
        except ValidationError as refusal:
            context |= _refused(form, refusal, pk)
        else:
            messages.success(request, _("The changes are saved."))
            return redirect("enquiry_detail", pk=pk)
    status = 422 if form.is_bound else 200
    return render(request, "partners/asking/enquiry_detail.html", context, status=status)


def _refused(form: AnsweringForm, refusal: ValidationError, pk: int) -> dict[str, Any]:
    """Show what is saved beside what was typed; sent once more, what was typed is kept."""
    form.add_error(None, refusal)
    if refusal.code != "changed":
        return {}
    saved = Enquiry.objects.get(pk=pk)
    form.data = cast(QueryDict, form.data).copy()
    form.data["version"] = str(saved.version)
    return {"differing": differing(form, {"state": saved.state, "note": saved.note})}


@require_POST
def enquiry_take(request: Request, pk: int) -> HttpResponse:
    require(may_answer_enquiries(request.user))
    enquiry = get_object_or_404(Enquiry.objects.visible_to(request.user), pk=pk)
    try:
        answering.take(enquiry, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("You have taken it. The other coordinators see your name."))
    return redirect("enquiry_detail", pk=pk)
