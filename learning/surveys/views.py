"""The survey after a session: answered by a personal link without login; its results for leads."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning.finding import editable_session
from learning.models import Intention, SurveyInvitation, Usefulness
from learning.permissions import may_read_survey
from learning.surveys import answering, findings, results, tallying
from learning.surveys.forms import SurveyForm, what_was_said
from learning.surveys.mails import last_moment
from partners.permissions import require
from partners.requests import Request


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest, token: str) -> HttpResponse:
    """The four questions by the link of a letter, without login."""
    own = reverse("survey", kwargs={"token": token})
    done = reverse("survey_done", kwargs={"token": token})
    return _survey(request, answering.find(token), own, done)


@require_http_methods(["GET", "HEAD", "POST"])
def survey_own(request: Request, pk: int) -> HttpResponse:
    """The same four questions, for somebody who has logged in and was asked about the session."""
    own = reverse("survey_own", kwargs={"pk": pk})
    response = _survey(request, answering.own(request.user, pk), own, reverse("home"))
    if response.status_code == 302:
        messages.success(request, _("Thank you, your answers are saved."))
    return response


def _survey(
    request: HttpRequest, invitation: SurveyInvitation | None, own: str, done: str
) -> HttpResponse:
    """Ask; earlier answers can be changed until the survey closes."""
    if invitation is None or not answering.is_open(invitation, timezone.now()):
        return _closed(request, invitation)
    initial = what_was_said(invitation)
    said_before = initial.get("usefulness")
    chosen_in_letter = request.GET.get("usefulness")
    if chosen_in_letter:
        initial["usefulness"] = chosen_in_letter
    form = SurveyForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            answering.answer(invitation, form.answers())
        except ValidationError as refusal:
            if refusal.code == "closed":  # this very moment
                return _closed(request, invitation)
            form.add_error(None, refusal)
        else:
            return redirect(done)
    page = {"form": form, "invitation": invitation, "session": invitation.session, "address": own}
    page["is_only_chosen"] = (
        chosen_in_letter in Usefulness.values and chosen_in_letter != said_before
    )
    page["last_day"] = last_moment(invitation.closes_at)
    status = 422 if form.is_bound else 200
    return render(request, "learning/surveys/survey.html", page, status=status)


def _closed(request: HttpRequest, invitation: SurveyInvitation | None) -> HttpResponse:
    """A survey that has closed, or a link nobody was given: what to do instead."""
    status = 404 if invitation is None else 410
    return render(
        request, "learning/surveys/survey_closed.html", {"invitation": invitation}, status=status
    )


@never_cache
@require_safe
def survey_done(request: HttpRequest, token: str) -> HttpResponse:
    """Thanks, and the next step in the person's own words."""
    invitation = answering.find(token)
    if invitation is None or invitation.completed_at is None:
        return redirect("survey", token=token)
    step = Intention.objects.filter(session=invitation.session, person=invitation.person).first()
    page = {
        "invitation": invitation,
        "session": invitation.session,
        "token": token,
        "step": step,
        "is_open": answering.is_open(invitation, timezone.now()),
        "last_day": last_moment(invitation.closes_at),
    }
    return render(request, "learning/surveys/survey_done.html", page)


@require_safe
def survey_results(request: Request, pk: int) -> HttpResponse:
    session = editable_session(request.user, pk)
    require(may_read_survey(request.user, session))
    found = results.of(session, timezone.now())
    page = {"session": session, "results": found, "step": tallying.STEP}
    if found.is_shown:
        page["findings"] = findings.of(found)
        page["barriers"] = found.seen_barriers
        page["on_barriers"] = findings.of_barriers(found.seen_barriers)
    return render(request, "learning/surveys/survey_results.html", page)
