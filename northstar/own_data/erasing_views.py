"""The pages on which people ask to be erased, and coordinators carry it out."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from northstar.own_data import erasing, gathering
from partners.models import ErasureWish
from partners.permissions import may_erase, require
from partners.requests import Request, do_or_say

DONE_SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
def own_erasure(request: Request) -> HttpResponse:
    """Ask to be erased, after reading what goes and what stays."""
    if request.method == "POST":
        do_or_say(
            request,
            lambda: erasing.ask(request.user),
            _("Your wish is on its way to the coordinators."),
        )
        return redirect("own_erasure")
    wish = ErasureWish.objects.open().filter(person=request.user).first()
    context = {"wish": wish, "kinds": gathering.kinds(request.user)}
    return render(request, "northstar/own_data/own_erasure.html", context)


@require_POST
def own_erasure_withdraw(request: Request) -> HttpResponse:
    do_or_say(request, lambda: erasing.withdraw(request.user), _("Your wish is withdrawn."))
    return redirect("own_erasure")


@require_safe
def erasures(request: Request) -> HttpResponse:
    """Wishes that wait, and the last that were carried out. Two queries."""
    require(may_erase(request.user))
    wishes = ErasureWish.objects.visible_to(request.user)
    done = wishes.filter(carried_out_at__isnull=False).select_related("carried_out_by")
    context = {
        "wishes": wishes.open().select_related("person"),
        "done": done.order_by("-carried_out_at")[:DONE_SHOWN],
    }
    return render(request, "northstar/own_data/erasures.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def erasure(request: Request, pk: int) -> HttpResponse:
    """One wish: what would go and what would stay; and to carry it out."""
    require(may_erase(request.user))
    wishes = ErasureWish.objects.visible_to(request.user).select_related("person", "carried_out_by")
    wish = get_object_or_404(wishes, pk=pk)
    if request.method == "POST":
        try:
            erasing.erase(wish, by=request.user)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            return redirect("erasure", pk=pk)
        messages.success(request, _("The person is erased. They get a last e-mail about it."))
        return redirect("erasures")
    is_open = wish.withdrawn_at is None and wish.carried_out_at is None
    context = {
        "wish": wish,
        "is_open": is_open,
        "why_not": erasing.why_not(wish.person, by=request.user) if is_open else "",
        "kinds": gathering.kinds(wish.person) if is_open else [],
    }
    return render(request, "northstar/own_data/erasure.html", context)
