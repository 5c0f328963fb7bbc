"""The pages of mailings: the list, writing one, seeing and sending it, how far it has come."""

from collections.abc import Sequence
from typing import Any, cast

from csp.constants import NONE, SELF
from csp.decorators import csp, csp_update
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.differences import differing
from partners.models import Language, Mailing, MailingQuerySet, Organisation
from partners.permissions import is_coordinator, may_write_mailings, require
from partners.post import main_stop
from partners.requests import Request, pk_in
from partners.writing import drafting, groups, progress, sending, trying
from partners.writing.forms import MailingForm, SendForm
from partners.writing.groups import Group, Occasion

ROWS_A_PAGE = 50
FEW = 20  # partners and letters that are named on a page


@require_safe
def mailing_list(request: Request) -> HttpResponse:
    """All that have been written, the newest first, with how far each has come."""
    mailings = _visible(request).select_related("created_by").order_by("-pk")
    page = Paginator(mailings, ROWS_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    how_far, titles = progress.of(shown), groups.titles(one.occasion for one in shown)
    rows = [(one, titles.get(one.occasion, ""), how_far[one.pk]) for one in shown]
    context = {"page": page, "rows": rows, "may_write_to_all": is_coordinator(request.user)}
    return render(request, "partners/writing/mailing_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def mailing_create(request: Request) -> HttpResponse:
    """Begin a mailing about ?about=, or as a copy of ?copy=."""
    require(may_write_mailings(request.user))
    copied = _visible(request).filter(pk=pk_in(request.GET, "copy") or 0).first()
    key = copied.occasion if copied else request.GET.get("about", "")[:80]
    occasion = _occasion(key)
    require(groups.may_write(request.user, key))
    form = _form(request, occasion, drafting.words_of(copied) if copied else {})
    context = {"form": form, "occasion": occasion, "unreached": _unreached(request, occasion)}
    if form.is_valid():
        try:
            mailing = drafting.begin(key, form.said, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The draft is saved. Nothing has been sent."))
            return redirect("mailing_detail", pk=mailing.pk)
    status = 422 if form.is_bound else 200
    return render(request, "partners/writing/mailing_create.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def mailing_edit(request: Request, pk: int) -> HttpResponse:
    mailing = _mailing(request, pk)
    occasion = _occasion(mailing.occasion)
    saved = drafting.words_of(mailing) | {"seen": mailing.version}
    form = _form(request, occasion, saved)
    context: dict[str, Any] = {"form": form, "occasion": occasion, "mailing": mailing}
    context["unreached"] = _unreached(request, occasion)
    if form.is_valid():
        try:
            seen = form.cleaned_data["seen"] or 0
            drafting.change(mailing, form.said, seen=seen, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            context |= _both_versions(request, form, pk) if refusal.code == "changed" else {}
        else:
            messages.success(request, _("The draft is saved. Nothing has been sent."))
            return redirect("mailing_detail", pk=pk)
    elif not mailing.is_draft and not form.is_bound:
        return redirect("mailing_detail", pk=pk)
    status = 422 if form.is_bound else 200
    return render(request, "partners/writing/mailing_edit.html", context, status=status)


@csp_update({"frame-src": [SELF]})
@require_safe
def mailing_detail(request: Request, pk: int) -> HttpResponse:
    """A draft as it will be read, with what can be done; or how far what is sent has come."""
    mailing = _mailing(request, pk)
    if request.htmx:
        page = _progress(mailing, groups.of(mailing))
        return render(request, "partners/writing/_mailing_progress.html", page)
    return _page(request, mailing, None, 200)


@require_safe
@xframe_options_sameorigin
@csp(
    {
        "default-src": [NONE],
        "style-src": ["'unsafe-inline'"],  # mail has no style sheets
        "frame-ancestors": [SELF],
        "form-action": [NONE],
        "sandbox": ["allow-top-navigation-by-user-activation"],
    }
)
def mailing_letter(request: Request, pk: int) -> HttpResponse:
    """The HTML of the e-mail alone, for the frame: what it links to opens in the whole window."""
    mailing = _mailing(request, pk)
    language = _language(request, mailing)
    shown = trying.sample(mailing, groups.of(mailing), language, otherwise=request.user)
    return HttpResponse(shown.letter.html.replace("<head>", '<head><base target="_top">', 1))


@require_POST
def mailing_test(request: Request, pk: int) -> HttpResponse:
    mailing = _mailing(request, pk)
    try:
        trying.try_out(mailing, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        said = main_stop.or_waits(_("A test e-mail is on its way to you."))
        messages.success(request, said)
    return redirect("mailing_detail", pk=pk)


@csp_update({"frame-src": [SELF]})
@require_POST
def mailing_send(request: Request, pk: int) -> HttpResponse:
    mailing = _mailing(request, pk)
    form = SendForm(request.POST)
    if form.is_valid():
        send_at, seen = form.cleaned_data["send_at"], form.cleaned_data["seen"]
        try:
            sending.queue(mailing, send_at, seen=seen, by=request.user)
        except ValidationError as refusal:
            form.add_error("send_at" if refusal.code in {"past", "far"} else None, refusal)
        else:
            messages.success(request, _("It will be sent. Until it leaves you can stop it."))
            return redirect("mailing_detail", pk=pk)
    return _page(request, _mailing(request, pk), form, 422)


@require_POST
def mailing_stop(request: Request, pk: int) -> HttpResponse:
    mailing = _mailing(request, pk)
    try:
        stopped = sending.stop(mailing, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        if stopped.is_draft:
            said = _("Nobody has been sent anything, and it is a draft again.")
        else:
            said = _("It is stopped. Nobody has been sent anything.")
        messages.success(request, said)
    return redirect("mailing_detail", pk=pk)


@require_POST
def mailing_remove(request: Request, pk: int) -> HttpResponse:
    mailing = _mailing(request, pk)
    try:
        drafting.remove(mailing, by=request.user)
    except Mailing.DoesNotExist as gone:
        raise Http404 from gone
    except ValidationError as refusal:
        messages.error(request, refusal.message)
        return redirect("mailing_detail", pk=pk)
    messages.success(request, _("The draft is thrown away."))
    return redirect("mailing_list")


def _visible(request: Request) -> MailingQuerySet:
    require(may_write_mailings(request.user))
    return Mailing.objects.visible_to(request.user, groups.led_by(request.user))


def _mailing(request: Request, pk: int) -> Mailing:
    people = ("created_by", "changed_by", "queued_by", "stopped_by")
    return get_object_or_404(_visible(request).select_related(*people), pk=pk)


def _occasion(key: str) -> Occasion:
    occasion = groups.about(key)
    if occasion is None:
        raise Http404
    return occasion


def _form(request: Request, occasion: Occasion, initial: dict[str, Any]) -> MailingForm:
    posted = request.POST if request.method == "POST" else None
    return MailingForm(posted, occasion=occasion, initial=initial)


def _unreached(request: Request, occasion: Occasion) -> list[Organisation]:
    """Partners that no group of contact persons reaches: coordinators see which they are."""
    if occasion.key:
        return []
    partners = Organisation.objects.visible_to(request.user).partners()
    return list(partners.without_contact_person().in_order()[:FEW])


def _both_versions(request: Request, form: MailingForm, pk: int) -> dict[str, Any]:
    """What is saved now beside what was typed; saving again is then a decision, not an accident."""
    saved = _mailing(request, pk)
    form.data = cast(QueryDict, form.data).copy()
    form.data["seen"] = str(saved.version)
    return {"differing": differing(form, drafting.words_of(saved))}


def _language(request: Request, mailing: Mailing) -> str:
    """In which of the languages it is written in it is shown."""
    asks_for_english = request.GET.get("in") == Language.ENGLISH and mailing.text_en
    return Language.ENGLISH if asks_for_english else Language.SWEDISH


def _page(request: Request, mailing: Mailing, form: SendForm | None, status: int) -> HttpResponse:
    occasion = groups.about(mailing.occasion)
    chosen = occasion.chosen(mailing.groups) if occasion else []
    language = _language(request, mailing)
    context = _progress(mailing, chosen) | {
        "occasion": occasion,
        "chosen": [(group.name, group.key in mailing.empty_groups) for group in chosen],
        "is_unasked": any(not group.is_own for group in chosen),
        "language": language,
        "as_text": request.GET.get("as") == "text",
        "sample": trying.sample(mailing, chosen, language, otherwise=request.user),
    }
    if mailing.is_draft:
        context["unfilled"] = trying.unfilled(mailing)
        context["form"] = form or SendForm(initial={"seen": mailing.version})
    return render(request, "partners/writing/mailing_detail.html", context, status=status)


def _progress(mailing: Mailing, chosen: Sequence[Group]) -> dict[str, Any]:
    """How far it has come to those *chosen*, and whether it can be stopped."""
    how_far, now = progress.of([mailing])[mailing.pk], timezone.now()
    is_open = mailing.is_draft or mailing.is_queued
    reach = groups.reach(chosen) if is_open else None
    total = max(how_far.written, reach.people if reach else 0)
    is_on_its_way = mailing.is_queued or how_far.waiting > 0
    writer_waits = mailing.reached_nobody  # for the e-mail that says so
    return {
        "mailing": mailing,
        "progress": how_far,
        "reach": reach,
        "total": total,
        "is_due": mailing.send_at is not None and mailing.send_at <= now,
        "may_stop": is_on_its_way and not how_far.left and mailing.stopped_at is None,
        "not_arrived": progress.not_arrived(mailing)[:FEW] if how_far.others else [],
        "waits_until": how_far.waits_until(now),
        "stop": main_stop.standing() if is_on_its_way or writer_waits else None,
    }
