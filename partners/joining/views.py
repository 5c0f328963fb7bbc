"""Inviting many at once, and who of those invited has answered."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.joining import inviting, reminding
from partners.joining.forms import BACK, SEND, InviteManyForm
from partners.models import Invitation, JoinRequest, Organisation
from partners.permissions import may_manage_people, require
from partners.requests import Request, pks_in

ANSWERS_SHOWN = 200  # of those who said yes, the latest


def _managed(request: Request, slug: str) -> Organisation:
    """The organisation, if the reader may manage its people; else 404 or 403."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    require(may_manage_people(request.user, organisation))
    return organisation


@require_http_methods(["GET", "HEAD", "POST"])
def invite_many(request: Request, slug: str) -> HttpResponse:
    """Ask for the addresses, say what would be done about each, and do it when it is confirmed."""
    organisation = _managed(request, slug)
    said = request.POST if request.method == "POST" else None
    form = InviteManyForm(said)
    if said is None or not form.is_valid() or said.get("step") == BACK:
        return _asked(request, organisation, form)
    if said.get("step") != SEND:
        return _looked(request, organisation, form)
    if not form.is_as_shown:
        messages.info(request, _("The list has changed. Look once more before it is sent."))
        return _looked(request, organisation, form, 422)
    try:
        batch = inviting.invite_list(
            organisation,
            form.right,
            language=form.cleaned_data["language"],
            page=form.cleaned_data["page"],
            by=request.user,
        )
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return _looked(request, organisation, form, 422)
    number = batch.invitations.count()
    said_now = ngettext(
        "%(n)s invitation is on its way.", "%(n)s invitations are on their way.", number
    )
    messages.success(request, said_now % {"n": number})
    return redirect("invitation_list", slug=organisation.slug)


def _asked(request: Request, organisation: Organisation, form: InviteManyForm) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "organisation": organisation}
    context["allowance"] = inviting.allowance(organisation, request.user, timezone.now())
    context["most"] = inviting.MOST
    status = 422 if form.errors else 200
    return render(request, "partners/joining/invite_many.html", context, status=status)


def _looked(
    request: Request, organisation: Organisation, form: InviteManyForm, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    looked = inviting.look(organisation, form.entries, now)
    allowance = inviting.allowance(organisation, request.user, now)
    context = {
        "form": form,
        "organisation": organisation,
        "looked": looked,
        "allowance": allowance,
        "too_many": len(looked.going) > allowance.most,
        "is_large": allowance.today < len(looked.going) <= allowance.most,
    }
    return render(request, "partners/joining/invite_many_look.html", context, status=status)


@require_safe
def invitation_list(request: Request, slug: str) -> HttpResponse:
    """Who has not answered, who said yes, and who said no or nothing."""
    organisation = _managed(request, slug)
    now = timezone.now()
    waiting = [
        {"row": one, "from": reminding.due_from(one), "is_due": reminding.is_due(one, now)}
        for one in reminding.waiting(organisation, now)
    ]
    asked = Invitation.objects.filter(organisation=organisation)
    requests = JoinRequest.objects.filter(organisation=organisation).select_related("organisation")
    context = {
        "organisation": organisation,
        "join_requests": list(requests.waiting()),
        "waiting": waiting,
        "said_yes": list(asked.said_yes()[:ANSWERS_SHOWN]),
        "over": list(asked.fallen_through(now)),
        "days": reminding.NOT_BEFORE.days,
        "most": reminding.MOST,
    }
    return render(request, "partners/joining/invitation_list.html", context)


@require_POST
def invitations_chosen(request: Request, slug: str) -> HttpResponse:
    """Remind those who are ticked, or take their invitations back."""
    organisation = _managed(request, slug)
    chosen = pks_in(request.POST, "invitation")
    withdraws = request.POST.get("what") == "withdraw"
    if not chosen:
        messages.error(request, _("Tick those you mean in the list first."))
        return redirect("invitation_list", slug=slug)
    operation = reminding.withdraw if withdraws else reminding.remind
    try:
        number = operation(organisation, chosen, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        _say(request, number, withdraws=withdraws)
    return redirect("invitation_list", slug=slug)


def _say(request: Request, number: int, *, withdraws: bool) -> None:
    if not number and withdraws:
        messages.info(request, _("None of those is waiting for an answer any more."))
    elif not number:
        messages.info(request, _("Nobody of those can be reminded now. The list says from when."))
    elif withdraws:
        said = ngettext(
            "%(n)s invitation is withdrawn. Its link no longer works.",
            "%(n)s invitations are withdrawn. Their links no longer work.",
            number,
        )
        messages.success(request, said % {"n": number})
    else:
        said = ngettext("%(n)s person is reminded.", "%(n)s people are reminded.", number)
        messages.success(request, said % {"n": number})
