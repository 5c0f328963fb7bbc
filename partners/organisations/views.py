"""The pages where an organisation is kept."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partners.differences import CorrectionForm, refused, seal
from partners.models import Organisation
from partners.organisations import keeping
from partners.organisations.forms import OrganisationForm, OwnWordsForm
from partners.permissions import may_correct, may_describe, require
from partners.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_edit(request: Request, slug: str) -> HttpResponse:
    require(may_correct(request.user))
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    facts = keeping.facts_of_organisation(organisation)
    form = OrganisationForm(_posted(request), initial=facts | {"seen": seal(facts)})
    context: dict[str, Any] = {"form": form, "organisation": organisation}
    if form.is_valid():
        try:
            keeping.correct_organisation(
                organisation, form.facts, seen=form.cleaned_data["seen"], by=request.user
            )
        except ValidationError as refusal:
            saved = Organisation.objects.get(pk=organisation.pk)
            facts = keeping.facts_of_organisation(saved)
            context |= refused(form, refusal, facts, "org_number")
        else:
            messages.success(request, _("The changes are saved."))
            return redirect("partner_people", slug=slug)
    return _page(request, "organisation_edit", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_words(request: Request, slug: str) -> HttpResponse:
    """Let an organisation say in its own words who it is."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    require(may_describe(request.user, organisation))
    words = keeping.words_of_organisation(organisation)
    form = OwnWordsForm(_posted(request), initial=words | {"seen": seal(words)})
    context: dict[str, Any] = {"form": form, "organisation": organisation}
    if form.is_valid():
        try:
            keeping.describe_organisation(
                organisation, form.facts, seen=form.cleaned_data["seen"], by=request.user
            )
        except ValidationError as refusal:
            saved = Organisation.objects.get(pk=organisation.pk)
            context |= refused(form, refusal, keeping.words_of_organisation(saved), "")
        else:
            messages.success(request, _("This is what your page says now."))
            return redirect("partner_detail", slug=slug)
    return _page(request, "organisation_words", form, context)


def _posted(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _page(
    request: Request, name: str, form: CorrectionForm, context: dict[str, Any]
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, f"partners/organisations/{name}.html", context, status=status)
