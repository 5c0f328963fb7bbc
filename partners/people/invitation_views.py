"""Invitations: the coordinator's list of people to invite, and the door they come in by."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners import limits
from partners.models import Invitation, Membership, MembershipQuerySet, Organisation, UserQuerySet
from partners.models.memberships import ORDERS
from partners.people import invitations, membership
from partners.people.forms import OrganisationSearch, PeopleState
from partners.permissions import may_invite, may_manage_people, require
from partners.requests import Request, pk_in, pks_in

ROWS_A_PAGE = 50
FEW = 20  # organisations that are named in a list beside the people
EVERYBODY = "everybody"  # ticked: all whom the filter finds, not only those of the page
DEFAULT_ORDER = "organisation"
RESULTS = "invitation_results"  # of the last time, kept in the login session until shown


@require_safe
def people_list(request: Request) -> HttpResponse:
    require(may_invite(request.user))
    return _people_list(request, request.GET, 200)


def _people_list(request: Request, asked: QueryDict, status: int) -> HttpResponse:
    form = PeopleState(asked)
    sort = asked.get("sort", "")
    if sort.removeprefix("-") not in ORDERS:
        sort = DEFAULT_ORDER
    listed = _without_organisation(form) if form.asks_for_nobodys else _found(form, sort)
    people = Paginator(listed, ROWS_A_PAGE).get_page(asked.get("page"))
    beside = list(_without_organisation(form)[: FEW + 1]) if form.asks_for_everybody else []
    without_contact = Organisation.objects.partners().without_contact_person()
    context = {
        "form": form,
        "page": people,
        "sort": sort,
        "beside": beside[:FEW],
        "more_beside": _filter(form, role=PeopleState.NOBODY) if len(beside) > FEW else "",
        "without_contact": without_contact.in_order()[:FEW],
        "without_contact_count": without_contact.count(),
        "choice": OrganisationSearch(),
        "results": request.session.pop(RESULTS, None) if status == 200 else None,
        "nobody_chosen": status == 422,
    }
    return render(request, "partners/people/people_list.html", context, status=status)


def _found(form: PeopleState, sort: str = DEFAULT_ORDER) -> MembershipQuerySet:
    """The memberships of a filter, in order; all when it cannot be read."""
    rows = Membership.objects.current().with_invited_at().with_bounced_at().in_order(sort)
    return rows.matching(**form.cleaned_data) if form.is_valid() else rows


def _without_organisation(form: PeopleState) -> UserQuerySet:
    current = Membership.objects.current()
    return current.people_without(form.cleaned_data["q"], form.cleaned_data["state"])


@require_safe
def people_add(request: Request) -> HttpResponse:
    """Go on to the form of the one organisation that is meant, or show those that may be."""
    require(may_invite(request.user))
    form = OrganisationSearch(request.GET)
    if not form.is_valid():
        messages.error(request, str(form.errors["organisation"][0]))
        person = pk_in(request.GET, "person")
        return redirect("person_edit", pk=person) if person else redirect("people_list")
    found = Organisation.objects.matching(form.cleaned_data["organisation"]).in_order()
    shown = list(found[: FEW + 1])
    whom = _filter(form, organisation="")
    if len(shown) == 1:
        return redirect(reverse("invite", args=[shown[0].slug]) + whom)
    context = {
        "form": form,
        "organisations": shown[:FEW],
        "more": len(shown) > FEW,
        "whom": whom,
    }
    return render(request, "partners/people/people_add.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def people_invite(request: Request) -> HttpResponse:
    """Say how many of the chosen get a letter, and why others get none; a POST sends them."""
    require(may_invite(request.user))
    asked = request.POST if request.method == "POST" else request.GET
    form = PeopleState(asked)
    rows = _chosen(asked, form)
    if not rows:
        return _people_list(request, asked, 422)
    if request.method != "POST":
        context = {
            "form": form,
            "rows": rows,
            "sorted": invitations.sort(rows),
            "everybody": EVERYBODY in asked,
            "back": _filter(form),
        }
        return render(request, "partners/people/people_invite.html", context)
    try:
        results = invitations.invite_all(rows, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        request.session[RESULTS] = [
            [row.person.name, row.organisation.name, not reason, reason] for row, reason in results
        ]
    return redirect(reverse("people_list") + _filter(form))


def _chosen(asked: QueryDict, form: PeopleState) -> list[Membership]:
    """Those who are ticked, or with EVERYBODY all whom the filter finds, on whatever page."""
    if EVERYBODY in asked:
        return list(_found(form)) if form.is_valid() else []
    ticked = Membership.objects.current().filter(pk__in=pks_in(asked, "membership"))
    return list(ticked.in_order())


def _filter(form: PeopleState | OrganisationSearch, **other: str) -> str:
    """The filter, with *other* values, as the end of an address."""
    asked = {name: form.data.get(name) for name in form.fields} | other
    kept = urlencode({name: value for name, value in asked.items() if value})
    return f"?{kept}" if kept else ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show who is invited to what; only a POST does anything, so that a link scanner does nothing.

    Whoever presses the button of one that asks says yes: it counts when they have logged in.
    """
    invitation = membership.open_invitation(token)
    if request.user.is_authenticated:
        return _asked_again(request, invitation, token)
    if invitation is None:
        return _over(request, token)
    context = {"invitation": invitation, "token": token}
    if request.method != "POST":
        return render(request, "partners/people/accept_invitation.html", context)
    email = invitation.person.email
    if not (limits.may_ask_from_here(request) and limits.may_have_code(str(email))):
        messages.error(request, _("That was many attempts in a short time. Wait a few minutes."))
        return render(request, "partners/people/accept_invitation.html", context, status=429)
    if invitation.role:
        request.session[invitations.SAID_YES] = invitation.pk
    get_adapter(request).ask_for_code(invitation.person)
    return redirect("account_confirm_login_code")


def _over(request: HttpRequest, token: str) -> HttpResponse:
    """What has become of an invitation that is not open, and who makes a new one.

    It says nothing of the person: whoever follows the link reads the same, with an account or
    without.
    """
    made = membership.invitation_of(token)
    why = (made.why_over(timezone.now()) or "expired") if made else "unknown"
    context = {"invitation": made, "why": why}
    return render(request, "partners/people/invitation_over.html", context, status=410)


def _asked_again(request: HttpRequest, invitation: Invitation | None, token: str) -> HttpResponse:
    """The question on the page of a link, for a reader who has logged in."""
    meant = invitation or membership.invitation_of(token)
    is_mine = meant is not None and meant.person == request.user
    if meant is not None and is_mine and (meant.accepted_at or not meant.role):
        return redirect("home")
    if invitation is None:
        return _over(request, token)
    if not is_mine:
        context: dict[str, object] = {"token": token}
        return render(request, "partners/people/invitation_of_another.html", context)
    context = {"invitation": invitation}
    return render(request, "partners/people/accept_invitation.html", context)


@never_cache
@require_POST
def decline_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Say no on the page of the link, without logging in; a second no is answered as the first."""
    invitation = invitations.asking_by(token)
    if invitation is None:
        return _over(request, token)
    try:
        invitations.decline(invitation, by=invitation.person)
    except ValidationError as refusal:
        if refusal.code == "over":
            return _over(request, token)
        messages.error(request, refusal.message)
        return redirect("accept_invitation", token=token)
    context = {"invitation": invitation}
    return render(request, "partners/people/decline_invitation.html", context)


@require_POST
def invitation_agree(request: Request, pk: int) -> HttpResponse:
    asked = get_object_or_404(request.user.invitations.asking(), pk=pk)
    try:
        agreed = invitations.agree(asked, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
        return redirect("home")
    text = _("You act for %(organisation)s now.") % {"organisation": agreed.organisation}
    messages.success(request, text)
    return redirect("organisation_people")


@require_POST
def invitation_decline(request: Request, pk: int) -> HttpResponse:
    asked = get_object_or_404(request.user.invitations.asking(), pk=pk)
    try:
        invitations.decline(asked, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("You have said no. Nothing changes for you."))
    return redirect("home")


@require_POST
def invitation_withdraw(request: Request, pk: int) -> HttpResponse:
    seen = Invitation.objects.visible_to(request.user).asking().exclude(organisation=None)
    asked = get_object_or_404(seen.select_related("organisation", "person"), pk=pk)
    organisation = asked.organisation
    assert organisation is not None
    require(may_manage_people(request.user, organisation))
    try:
        invitations.withdraw(asked, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The invitation is withdrawn. Its link no longer works."))
    return redirect("partner_people", slug=organisation.slug)
