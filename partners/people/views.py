"""The people of an organisation: who they are, inviting a colleague, roles, and ending."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.bounces.words import bounced_words
from partners.models import (
    BouncedAddress,
    Invitation,
    Membership,
    MembershipQuerySet,
    MembershipRole,
    Organisation,
    User,
)
from partners.people import invitations, membership
from partners.people.forms import InviteForm, RoleForm
from partners.permissions import (
    is_coordinator,
    may_correct,
    may_manage_people,
    may_see_people,
    require,
)
from partners.post import main_stop
from partners.requests import Request, pk_in

BESIDE_EMAIL = {"limit", "member", "inactive"}  # refusals that are about the address


@require_safe
def organisation_people(request: Request) -> HttpResponse:
    return _people(request, list(Organisation.objects.of(request.user).in_order()))


@require_safe
def partner_people(request: Request, slug: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    require(may_see_people(request.user, organisation))
    return _people(request, [organisation])


def _people(request: Request, organisations: list[Organisation]) -> HttpResponse:
    people = Membership.objects.current().filter(organisation__in=organisations)
    rows = list(people.with_invited_at().with_bounced_at().in_order())
    asked = Invitation.objects.pending(timezone.now()).filter(organisation__in=organisations)
    waiting = list(asked.select_related("person"))
    managed = _managed_of(request.user, organisations, rows)
    fallen = Invitation.objects.fallen_through(timezone.now())
    over = list(fallen.filter(organisation__in=managed))
    sections = [
        {
            "organisation": organisation,
            "rows": [row for row in rows if row.organisation_id == organisation.pk],
            "waiting": [row for row in waiting if row.organisation_id == organisation.pk],
            "over": [row for row in over if row.organisation_id == organisation.pk],
            "may_manage_people": organisation in managed,
        }
        for organisation in organisations
    ]
    context: dict[str, object] = {"sections": sections, "may_correct": may_correct(request.user)}
    if not organisations:
        context["former"] = Membership.objects.latest_former(request.user)
    return render(request, "partners/people/organisation_people.html", context)


def _managed_of(
    user: User, organisations: list[Organisation], rows: list[Membership]
) -> list[Organisation]:
    """Those among *organisations* whose people *user* may manage, by *rows*: no query."""
    if is_coordinator(user):
        return organisations
    contact = MembershipRole.CONTACT_PERSON
    own = {row.organisation_id for row in rows if row.person == user and row.role == contact}
    return [organisation for organisation in organisations if organisation.pk in own]


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: Request, slug: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    require(may_manage_people(request.user, organisation))
    known = _known_already(request, organisation) if request.method != "POST" else {}
    form = InviteForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        # Who decides for the partnership takes people in; others ask, and repeat what was typed.
        write = membership.invite if is_coordinator(request.user) else invitations.ask
        try:
            write(organisation, **form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            form.add_error("email" if refusal.code in BESIDE_EMAIL else None, refusal)
        else:
            messages.success(request, _invited(form.cleaned_data["name"]))
            if is_coordinator(request.user) and BouncedAddress.objects.of(
                form.cleaned_data["email"]
            ):
                messages.warning(request, bounced_words(form.cleaned_data["email"]))
            return redirect("partner_people", slug=organisation.slug)
    status = 422 if form.is_bound else 200
    context = {"form": form, "organisation": organisation}
    return render(request, "partners/people/invite.html", context, status=status)


def _known_already(request: Request, organisation: Organisation) -> dict[str, object]:
    """Of whom the address names: somebody a coordinator came from, or somebody asked before."""
    if may_correct(request.user) and (pk := pk_in(request.GET, "person")):
        people = User.objects.visible_to(request.user).filter(pk=pk)
        return people.values("name", "email").first() or {}
    return _asked_before(request, organisation)


def _asked_before(request: Request, organisation: Organisation) -> dict[str, object]:
    """What is typed once more for somebody who said no, or nothing: it can be put right first."""
    fallen = Invitation.objects.fallen_through(timezone.now()).filter(organisation=organisation)
    asked = fallen.filter(pk=pk_in(request.GET, "again") or 0).first()
    if asked is None:
        return {}
    return {"name": asked.name, "email": asked.person.email, "role": asked.role}


def _managed(request: Request, pk: int, among: MembershipQuerySet | None = None) -> Membership:
    """The membership *pk* among the current ones, if the reader may manage it; else 404 or 403."""
    rows = Membership.objects.current() if among is None else among
    found = get_object_or_404(rows.visible_to(request.user).with_invited_at().in_order(), pk=pk)
    require(may_manage_people(request.user, found.organisation))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def membership_role(request: Request, pk: int) -> HttpResponse:
    found = _managed(request, pk)
    form = RoleForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_valid():
        membership.change_role(found, form.cleaned_data["role"], by=request.user)
        messages.success(request, _("The role of %(name)s is changed.") % {"name": found.person})
        return redirect("partner_people", slug=found.organisation.slug)
    status = 422 if form.is_bound else 200
    context = {"form": form, "membership": found}
    return render(request, "partners/people/membership_role.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def membership_end(request: Request, pk: int) -> HttpResponse:
    if request.method != "POST":
        found = _managed(request, pk)
        others = Membership.objects.contact_persons().filter(organisation=found.organisation)
        is_last = (
            found.role == MembershipRole.CONTACT_PERSON and not others.exclude(pk=found.pk).exists()
        )
        context = {"membership": found, "is_last_contact_person": is_last}
        return render(request, "partners/people/membership_end.html", context)
    if request.user.memberships.filter(pk=pk, ended_at__isnull=False).exists():
        return redirect("organisation_people")  # a first click has ended one's own
    found = _managed(request, pk, Membership.objects.all())
    membership.end(found, by=request.user)
    messages.success(
        request,
        _("%(name)s no longer acts for %(organisation)s.")
        % {"name": found.person, "organisation": found.organisation},
    )
    if found.person == request.user:
        return redirect("organisation_people")
    return redirect("partner_people", slug=found.organisation.slug)


def _invited(who: object) -> str:
    return main_stop.or_waits(_("An invitation is on its way to %(name)s.") % {"name": who})


@require_POST
def membership_invite(request: Request, pk: int) -> HttpResponse:
    found = _managed(request, pk)
    try:
        membership.invite_person(found.person, found.organisation, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _invited(found.person))
    return redirect("partner_people", slug=found.organisation.slug)
