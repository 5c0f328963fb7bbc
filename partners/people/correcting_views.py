"""The pages where what is written of people and organisations is put right."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partners.bounces.words import bounced_words
from partners.differences import differing
from partners.models import BouncedAddress, Membership, Organisation, User, what_was
from partners.people import correcting, membership
from partners.people.forms import (
    CorrectionForm,
    MoveForm,
    OrganisationForm,
    OrganisationSearch,
    OwnWordsForm,
    PersonForm,
)
from partners.permissions import may_correct, may_describe, require
from partners.post import refusals
from partners.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def person_edit(request: Request, pk: int) -> HttpResponse:
    require(may_correct(request.user))
    people = User.objects.visible_to(request.user).prefetch_related(*what_was())
    person = get_object_or_404(people, pk=pk)
    facts = correcting.facts_of_person(person)
    form = PersonForm(_posted(request), initial=facts | {"seen": correcting.seal(facts)})
    choice = OrganisationSearch(initial={"person": pk})
    context: dict[str, Any] = {"form": form, "person": person, "choice": choice}
    if form.is_valid():
        try:
            saved = correcting.correct_person(
                person, form.facts, seen=form.cleaned_data["seen"], by=request.user
            )
        except ValidationError as refusal:
            facts = correcting.facts_of_person(User.objects.get(pk=pk))
            context |= _refused(form, refusal, facts, "email")
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
def organisation_edit(request: Request, slug: str) -> HttpResponse:
    require(may_correct(request.user))
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    facts = correcting.facts_of_organisation(organisation)
    form = OrganisationForm(_posted(request), initial=facts | {"seen": correcting.seal(facts)})
    context: dict[str, Any] = {"form": form, "organisation": organisation}
    if form.is_valid():
        try:
            correcting.correct_organisation(
                organisation, form.facts, seen=form.cleaned_data["seen"], by=request.user
            )
        except ValidationError as refusal:
            saved = Organisation.objects.get(pk=organisation.pk)
            facts = correcting.facts_of_organisation(saved)
            context |= _refused(form, refusal, facts, "org_number")
        else:
            messages.success(request, _("The changes are saved."))
            return redirect("partner_people", slug=slug)
    return _page(request, "organisation_edit", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_words(request: Request, slug: str) -> HttpResponse:
    """Let an organisation say in its own words who it is."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    require(may_describe(request.user, organisation))
    words = correcting.words_of_organisation(organisation)
    form = OwnWordsForm(_posted(request), initial=words | {"seen": correcting.seal(words)})
    context: dict[str, Any] = {"form": form, "organisation": organisation}
    if form.is_valid():
        try:
            correcting.describe_organisation(
                organisation, form.facts, seen=form.cleaned_data["seen"], by=request.user
            )
        except ValidationError as refusal:
            saved = Organisation.objects.get(pk=organisation.pk)
            context |= _refused(form, refusal, correcting.words_of_organisation(saved), "")
        else:
            messages.success(request, _("This is what your page says now."))
            return redirect("partner_detail", slug=slug)
    return _page(request, "organisation_words", form, context)


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


def _refused(
    form: CorrectionForm, refusal: ValidationError, saved: dict[str, Any], unique: str
) -> dict[str, Any]:
    """Say what is taken beside its field; show what changed meanwhile beside what was typed."""
    form.add_error(unique if refusal.code == "taken" else None, refusal)
    if refusal.code != "changed":
        return {}
    form.data = cast(QueryDict, form.data).copy()
    form.data["seen"] = correcting.seal(saved)
    return {"differing": differing(form, saved)}
