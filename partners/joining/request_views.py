"""Asking to act for an organisation, from its public page, and deciding on it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from partners import limits
from partners.joining import requesting
from partners.joining.forms import AskToActForm
from partners.models import CONFIRMED_WITHIN, REQUESTS_WAIT, JoinRequest, Organisation, User
from partners.permissions import may_manage_people, require
from partners.requests import OpenRequest, Request


def _partner(request: OpenRequest, slug: str) -> Organisation:
    return get_object_or_404(Organisation.objects.partners().visible_to(request.user), slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_to_act(request: OpenRequest, slug: str) -> HttpResponse:
    """The answer is the same for a robot, an address that was asked too often, and a member's."""
    organisation = _partner(request, slug)
    user = request.user
    if isinstance(user, User) and user.memberships.acting().filter(organisation=organisation):
        text = _("You act for %(organisation)s already.") % {"organisation": organisation}
        messages.info(request, text)
        return redirect("organisation_people")
    own = {"name": user.name, "email": user.email} if isinstance(user, User) else {}
    form = AskToActForm(request.POST if request.method == "POST" else None, initial=own)
    page = "partners/joining/ask_to_act.html"
    context = {"form": form, "organisation": organisation}
    if not form.is_valid():
        return render(request, page, context, status=422 if form.is_bound else 200)
    if form.is_from_a_robot:
        return redirect("ask_to_act_sent", slug=slug)
    if not limits.may_write_from_here(request):
        return render(request, page, context | {"too_many": True}, status=429)
    said = {name: form.cleaned_data[name] for name in ("name", "email", "text")}
    try:
        requesting.ask(organisation, **said, language=(get_language() or "sv")[:2])
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return render(request, page, context, status=422)
    return redirect("ask_to_act_sent", slug=slug)


@require_safe
def ask_to_act_sent(request: OpenRequest, slug: str) -> HttpResponse:
    """What everybody reads who has sent the form."""
    context = {"organisation": _partner(request, slug), "days": CONFIRMED_WITHIN.days}
    return render(request, "partners/joining/ask_to_act_sent.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_to_act_confirm(request: OpenRequest, token: str) -> HttpResponse:
    """Ask whether to send it, and then be its receipt; only a POST sends it."""
    asked = requesting.asked_by(token)
    if asked is None:
        return render(request, "partners/joining/ask_to_act_over.html", status=410)
    if request.method == "POST":
        try:
            requesting.confirm(asked)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        return redirect("ask_to_act_confirm", token=token)
    context = {"asked": asked, "token": token, "days": REQUESTS_WAIT.days}
    return render(request, "partners/joining/ask_to_act_confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def join_request(request: Request, pk: int) -> HttpResponse:
    """Who asks, and the yes or no of a contact person."""
    seen = JoinRequest.objects.visible_to(request.user).with_acts_already()
    asked = get_object_or_404(seen.select_related("organisation", "decided_by"), pk=pk)
    require(may_manage_people(request.user, asked.organisation))
    if request.method != "POST":
        return render(request, "partners/joining/join_request.html", {"asked": asked})
    answer = request.POST.get("answer")
    if answer not in {"yes", "no"}:
        messages.error(request, _("Choose yes or no."))
        return redirect("join_request", pk=pk)
    try:
        decided = requesting.decide(asked, accept=answer == "yes", by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("invitation_list", slug=asked.organisation.slug)
    _say(request, decided, wanted=answer == "yes")
    return redirect("partner_people", slug=asked.organisation.slug)


def _say(request: Request, decided: JoinRequest, *, wanted: bool) -> None:
    """What was decided, now or by whoever was first."""
    names = {"name": decided.name, "organisation": decided.organisation, "by": decided.decided_by}
    if decided.decided_by != request.user and decided.accepted != wanted:
        messages.info(request, _("%(by)s has answered already. What they decided holds.") % names)
    elif decided.accepted:
        messages.success(request, _("%(name)s acts for %(organisation)s now.") % names)
    else:
        messages.success(request, _("%(name)s gets an e-mail that it is a no.") % names)
