"""A visitor registers for an open session: three fields, a letter, a button."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning.models import LearningSession, Registration, SessionAudience
from learning.places.panel import visitor_form
from learning.visitors import visiting
from partners import limits
from partners.requests import OpenRequest


def _open_session(pk: int) -> LearningSession:
    published = LearningSession.objects.published()
    return get_object_or_404(published, pk=pk, audience=SessionAudience.PUBLIC)


@require_http_methods(["GET", "HEAD", "POST"])
def visitor_ask(request: OpenRequest, pk: int) -> HttpResponse:
    """The answer is the same for a robot, an address that had enough letters, and a member's."""
    session = _open_session(pk)
    if request.user.is_authenticated:
        return redirect("session_detail", pk=pk)
    form = visitor_form(request.POST if request.method == "POST" else None)
    page = {"session": session, "form": form}
    template = "learning/visitors/visitor_ask.html"
    if not form.is_valid():
        return render(request, template, page, status=422 if form.is_bound else 200)
    if form.is_from_a_robot:
        return redirect("visitor_asked", pk=pk)
    if not limits.may_ask_from_here(request):
        return render(request, template, page | {"too_many": True}, status=429)
    said = form.cleaned_data
    if limits.may_be_written_to(said["email"]):
        try:
            visiting.ask(
                session,
                said["full_name"],
                said["email"],
                organisation=said["organisation"],
                language=(get_language() or "sv")[:2],
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return render(request, template, page, status=422)
    return redirect("visitor_asked", pk=pk)


@require_safe
def visitor_asked(request: OpenRequest, pk: int) -> HttpResponse:
    """What everybody reads who has sent the form."""
    return render(request, "learning/visitors/visitor_asked.html", {"session": _open_session(pk)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def visitor_confirm(request: OpenRequest, token: str) -> HttpResponse:
    """Ask whether to register, and say then how it went; only a POST registers."""
    if request.method == "POST" and not limits.may_ask_from_here(request):
        return render(request, "learning/places/too_many.html", status=429)
    asked = visiting.asked_by(token)
    if asked is None:
        return render(request, "learning/visitors/visitor_over.html", status=404)
    if request.method == "POST":
        try:
            visiting.confirm(asked)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        return redirect("visitor_confirm", token=token)
    place = None
    if asked.registration_id:
        places = Registration.objects.with_place_in_queue()
        place = places.get(pk=asked.registration_id)
    page = {"asked": asked, "session": asked.session, "place": place, "token": token}
    return render(request, "learning/visitors/visitor_confirm.html", page)
