"""Leaving an organisation: choosing who takes over, seeing what moves, and doing it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from northstar.handover import handing_over
from northstar.handover.forms import SuccessorForm
from northstar.handover.plan import EXAMPLES, plan, successors
from partners.models import Membership
from partners.permissions import is_coordinator, require
from partners.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: Request, pk: int) -> HttpResponse:
    """Choose who takes over (GET), see what moves (GET ?to=), and do it (POST)."""
    if request.method == "POST" and _is_done(request, pk):
        return redirect("organisation_people")  # a first click has done it
    leaver = _leaving(request, pk)
    said = request.POST if request.method == "POST" else request.GET
    form = SuccessorForm(said if "to" in said or request.method == "POST" else None, leaver=leaver)
    if not form.is_valid():
        return _asked(request, leaver, form)
    successor: Membership = form.cleaned_data["to"]
    if request.method != "POST":
        return _looked(request, leaver, successor)
    return _done(request, leaver, successor)


def _done(request: Request, leaver: Membership, successor: Membership) -> HttpResponse:
    try:
        handing_over.hand_over(
            leaver, successor, seal=request.POST.get("seen", ""), by=request.user
        )
    except ValidationError as refusal:
        if _is_done(request, leaver.pk):
            return redirect("organisation_people")
        messages.error(request, refusal.messages[0])
        return _looked(request, leaver, successor, 422)
    said = _("%(successor)s has taken over from %(leaver)s. Both get an e-mail about it.")
    names = {"successor": successor.person, "leaver": leaver.person}
    messages.success(request, said % names)
    if leaver.person == request.user:
        return redirect("organisation_people")
    return redirect("partner_people", slug=leaver.organisation.slug)


def _leaving(request: Request, pk: int) -> Membership:
    """The membership that ends: one's own, or any for a coordinator; else 404 or 403."""
    seen = Membership.objects.current().visible_to(request.user).in_order()
    found = get_object_or_404(seen, pk=pk)
    require(found.person == request.user or is_coordinator(request.user))
    return found


def _is_done(request: Request, pk: int) -> bool:
    ended = Membership.objects.filter(pk=pk, ended_at__isnull=False)
    return (ended if is_coordinator(request.user) else ended.filter(person=request.user)).exists()


def _asked(request: Request, leaver: Membership, form: SuccessorForm) -> HttpResponse:
    has_colleagues = successors(leaver).exists()
    context = {"form": form, "leaver": leaver, "has_colleagues": has_colleagues}
    status = 422 if form.errors else 200
    return render(request, "northstar/handover/hand_over.html", context, status=status)


def _looked(
    request: Request, leaver: Membership, successor: Membership, status: int = 200
) -> HttpResponse:
    found = plan(leaver, successor, timezone.now())
    context = {"leaver": leaver, "successor": successor, "plan": found, "few": EXAMPLES}
    return render(request, "northstar/handover/hand_over_look.html", context, status=status)
