"""Invitations: the coordinator's list of people to invite, and the door they come in by."""

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners import limits
from partners.models import Membership, Organisation
from partners.people import membership
from partners.people.forms import OrganisationChoice, PeopleState
from partners.permissions import may_invite, require
from partners.requests import Request, pks_in

MOST = 500  # people in one go
RESULTS = "invitation_results"  # of the last time, kept in the login session until shown


@require_safe
def people_list(request: Request) -> HttpResponse:
    require(may_invite(request.user))
    return _people_list(request, 200)


def _people_list(request: Request, status: int) -> HttpResponse:
    form = PeopleState(request.GET)
    rows = Membership.objects.current().with_invited_at().in_order()
    if form.is_valid():
        rows = rows.matching(**form.cleaned_data)
    people = list(rows)
    context = {
        "form": form,
        "rows": people,
        "choosable": len(people),
        "without_contact": Organisation.objects.partners().without_contact_person().in_order(),
        "choice": OrganisationChoice(),
        "results": request.session.pop(RESULTS, None) if status == 200 else None,
        "nobody_chosen": status == 422,
    }
    return render(request, "partners/people/people_list.html", context, status=status)


@require_safe
def people_add(request: Request) -> HttpResponse:
    """Go on to the form of the organisation chosen in the list."""
    require(may_invite(request.user))
    form = OrganisationChoice(request.GET)
    if not form.is_valid():
        messages.error(request, _("Choose an organisation in the list."))
        return redirect("people_list")
    return redirect("invite", slug=form.cleaned_data["organisation"].slug)


@require_POST
def people_invite(request: Request) -> HttpResponse:
    require(may_invite(request.user))
    chosen = pks_in(request.POST, "membership")[:MOST]
    rows = list(Membership.objects.current().filter(pk__in=chosen).in_order())
    if not rows:
        return _people_list(request, 422)
    request.session[RESULTS] = [
        [row.person.name, row.organisation.name, *_invited(row, request)] for row in rows
    ]
    return redirect("people_list")


def _invited(row: Membership, request: Request) -> tuple[bool, str]:
    """Invite one of the chosen; whether a letter is on its way, and the reason if not."""
    try:
        membership.invite_person(row.person, row.organisation, by=request.user)
    except ValidationError as refusal:
        return False, str(refusal.message)
    return True, ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show who is invited; only a POST sends the code, so that a link scanner does nothing."""
    if request.user.is_authenticated:
        return redirect("home")
    invitation = membership.open_invitation(token)
    if invitation is None:
        return render(request, "partners/people/invitation_over.html", status=410)
    context = {"invitation": invitation, "token": token}
    if request.method != "POST":
        return render(request, "partners/people/accept_invitation.html", context)
    email = invitation.person.email
    if not (limits.may_ask_from_here(request) and limits.may_have_code(str(email))):
        messages.error(request, _("That was many tries in a short time. Wait a few minutes."))
        return render(request, "partners/people/accept_invitation.html", context, status=429)
    LoginCodeVerificationProcess.initiate(request=request, user=invitation.person, email=email)
    return redirect("account_confirm_login_code")
