"""The pages where what is written of people is put right."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partners.bounces.words import bounced_words
from partners.differences import CorrectionForm, refused, seal
from partners.models import BouncedAddress, Membership, User, what_was
from partners.people import correcting, membership
from partners.people.forms import (
    MoveForm,
    OrganisationSearch,
    PersonForm,
)
from partners.permissions import may_correct, require
from partners.post import refusals
from partners.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def person_edit(request: Request, pk: int) -> HttpResponse:
    require(may_correct(request.user))
    people = User.objects.visible_to(request.user).prefetch_related(*what_was())
    person = get_object_or_404(people, pk=pk)
    facts = correcting.facts_of_person(person)
    form = PersonForm(_posted(request), initial=facts | {"seen": seal(facts)})
    choice = OrganisationSearch(initial={"person": pk})
    context: dict[str, Any] = {"form": form, "person": person, "choice": choice}
    if form.is_valid():
        try:
            saved = correcting.correct_person(
                person, form.facts, seen=form.cleaned_data["seen"], by=request.user
            )
        except ValidationError as refusal:
            facts = correcting.facts_of_person(User.objects.get(pk=pk))
            context |= refused(form, refusal, facts, "email")
        else:
            if saved == request.user:
                update_session_auth_hash(request, saved)
            messages.success(request, _("The changes are saved."))
            if mark := BouncedAddress.objects.of(saved.email):
                messages.warning(request, bounced_words(mark.address))
            return redirect("person_edit", pk=pk)
    context |= {
        "rows": person.memberships.current().in_order(),
        "bounced": (mark := BouncedAddress.objects.of(person.email)),
        "meaning": refusals.meaning(mark.said, came_back=True) if mark else "",
    }
    return _page(request, "person_edit", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def membership_move(request: Request, pk: int) -> HttpResponse:
    """Let a person act for another organisation instead of the one they were noted for."""
    require(may_correct(request.user))
    rows = Membership.objects.visible_to(request.user).in_order()
    found = get_object_or_404(rows, pk=pk)
    form = MoveForm(_posted(request))
    if form.is_valid():
        target = form.cleaned_data["organisation"]
        try:
            membership.move(found, target, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            said = {"name": found.person, "organisation": target}
            messages.success(request, _("%(name)s acts for %(organisation)s now.") % said)
            return redirect("person_edit", pk=found.person_id)
    return _page(request, "membership_move", form, {"form": form, "membership": found})


def _posted(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _page(
    request: Request, name: str, form: CorrectionForm | MoveForm, context: dict[str, Any]
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, f"partners/people/{name}.html", context, status=status)
