"""The pages where coordinators keep the challenges, and what the city promises back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from measures.challenges import keeping, promising_back, report
from measures.challenges.forms import ChallengeForm, CounterCommitmentForm
from measures.challenges.versions import both
from measures.models import Challenge, CounterCommitment
from measures.permissions import may_keep_challenges
from partners.permissions import require
from partners.requests import Request, do_or_say, pk_in


@require_safe
def challenges_kept(request: Request) -> HttpResponse:
    require(may_keep_challenges(request.user))
    return render(request, "measures/challenges/challenges_kept.html", {"areas": report.kept()})


@require_http_methods(["GET", "HEAD", "POST"])
def challenge_add(request: Request) -> HttpResponse:
    require(may_keep_challenges(request.user))
    form = ChallengeForm(_posted(request))
    if form.is_valid():
        try:
            challenge = keeping.add(form.facts, by=request.user)
        except ValidationError as refusal:
            form.add_error("title_sv" if refusal.code == "taken" else None, refusal)
        else:
            messages.success(request, _("The challenge is in the list. Anybody can read it."))
            return redirect("challenge_detail", pk=challenge.pk)
    return _page(request, "challenge_add", form, {})


@require_http_methods(["GET", "HEAD", "POST"])
def challenge_edit(request: Request, pk: int) -> HttpResponse:
    require(may_keep_challenges(request.user))
    challenge = _challenge(request, pk)
    known = keeping.facts_of(challenge) | {"version": challenge.version}
    form = ChallengeForm(_posted(request), initial=known)
    context: dict[str, Any] = {"challenge": challenge}
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            keeping.change(challenge, form.facts, version=version, by=request.user)
        except ValidationError as refusal:
            form.add_error("title_sv" if refusal.code == "taken" else None, refusal)
            if refusal.code == "changed":
                saved = _challenge(request, pk)
                context["differing"] = both(form, saved, keeping.facts_of(saved))
        else:
            messages.success(request, _("The challenge is changed."))
            return redirect("challenge_detail", pk=pk)
    return _page(request, "challenge_edit", form, context)


@require_POST
def challenge_move(request: Request, pk: int) -> HttpResponse:
    require(may_keep_challenges(request.user))
    challenge = _challenge(request, pk)
    place = pk_in(request.POST, "place")
    if place is not None:
        said = _("%(name)s is moved.") % {"name": challenge}
        do_or_say(request, lambda: keeping.move(challenge, place, by=request.user), said)
    return redirect("challenges_kept")


@require_POST
def challenge_retire(request: Request, pk: int) -> HttpResponse:
    """Retire a challenge, or take it back where *to* says so: each undoes the other."""
    require(may_keep_challenges(request.user))
    challenge = _challenge(request, pk)
    if request.POST.get("to") == "back":
        said = _("%(name)s can be taken on again.") % {"name": challenge}
        do_or_say(request, lambda: keeping.take_back(challenge, by=request.user), said)
    else:
        said = _("Nobody new can take on %(name)s. Who has it keeps it.") % {"name": challenge}
        do_or_say(request, lambda: keeping.retire(challenge, by=request.user), said)
    return redirect("challenges_kept")


@require_http_methods(["GET", "HEAD", "POST"])
def counter_commitment_add(request: Request, pk: int) -> HttpResponse:
    require(may_keep_challenges(request.user))
    challenge = _challenge(request, pk)
    form = CounterCommitmentForm(_posted(request), initial={"state": "planned"})
    if form.is_valid():
        try:
            promising_back.add(challenge, form.facts, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The promise is shown beside the challenge."))
            return redirect("challenge_detail", pk=pk)
    return _page(request, "counter_commitment_add", form, {"challenge": challenge})


@require_http_methods(["GET", "HEAD", "POST"])
def counter_commitment_edit(request: Request, pk: int) -> HttpResponse:
    require(may_keep_challenges(request.user))
    promise = _promise(request, pk)
    known = promising_back.facts_of(promise) | {"version": promise.version}
    form = CounterCommitmentForm(_posted(request), initial=known)
    context: dict[str, Any] = {"promise": promise, "challenge": promise.challenge}
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            promising_back.change(promise, form.facts, version=version, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            if refusal.code == "changed":
                saved = _promise(request, pk)
                context["differing"] = both(form, saved, promising_back.facts_of(saved))
        else:
            messages.success(request, _("The promise is changed."))
            return redirect("challenge_detail", pk=promise.challenge_id)
    return _page(request, "counter_commitment_edit", form, context)


@require_POST
def counter_commitment_remove(request: Request, pk: int) -> HttpResponse:
    require(may_keep_challenges(request.user))
    promise = _promise(request, pk)
    try:
        promising_back.remove(promise, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        page = "measures/challenges/undo_bar.html"
        bar = render_to_string(page, {"promise": promise}, request)
        messages.success(request, bar, extra_tags="undo")
    return redirect("challenge_detail", pk=promise.challenge_id)


@require_POST
def counter_commitment_back(request: Request, pk: int) -> HttpResponse:
    require(may_keep_challenges(request.user))
    promise = _promise(request, pk)
    said = _("It is undone. The promise stands.")
    do_or_say(request, lambda: promising_back.put_back(promise, by=request.user), said)
    return redirect("challenge_detail", pk=promise.challenge_id)


def _posted(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _challenge(request: Request, pk: int) -> Challenge:
    rows = Challenge.objects.visible_to(request.user).select_related("focus_area")
    return get_object_or_404(rows, pk=pk)


def _promise(request: Request, pk: int) -> CounterCommitment:
    rows = CounterCommitment.objects.visible_to(request.user).select_related("challenge")
    return get_object_or_404(rows, pk=pk)


def _page(
    request: Request,
    name: str,
    form: ChallengeForm | CounterCommitmentForm,
    context: dict[str, Any],
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    page = f"measures/challenges/{name}.html"
    return render(request, page, {"form": form, **context}, status=status)
