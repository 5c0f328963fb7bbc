"""Which e-mails somebody gets: chosen on a page of one's own, or by the link of a letter."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from partners.choices import choosing
from partners.choices.forms import ChoicesForm, chosen
from partners.models import SwitchedOff, Topic, User
from partners.post import letters, unsubscribing
from partners.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def email_choices(request: Request) -> HttpResponse:
    off = SwitchedOff.objects.by(request.user)
    form = ChoicesForm(request.POST if request.method == "POST" else None, initial=chosen(off))
    if form.is_valid():
        try:
            choosing.choose(request.user, form.off())
        except ValidationError as busy:
            form.add_error(None, busy)
        else:
            messages.success(request, _("Your choices are saved."))
            return redirect("email_choices")
    status = 422 if form.is_bound else 200
    page = {"form": form, "only_musts": Topic.ALL in off}
    return render(request, "partners/choices/email_choices.html", page, status=status)


# A mail program that switches letters off for its reader (RFC 8058) posts here by itself and knows
# no form of ours, so it has no token against forgery. The signed link alone says whose choice it
# is, and whoever has the link may make it.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the link of a letter switches off; switch it off when that is sent."""
    opened = unsubscribing.opened_by(token)
    if opened is None:
        return _no_such_link(request)
    person, topics = opened
    if request.method == "POST":
        try:
            choosing.switch_off(person, topics)
        except ValidationError as busy:
            messages.error(request, busy.messages[0])
            return _unsubscribe(request, token, person, topics, status=503)
    return _unsubscribe(request, token, person, topics)


@never_cache
@require_POST
def subscribe_again(request: HttpRequest, token: str) -> HttpResponse:
    """Take it back, by the same link."""
    opened = unsubscribing.opened_by(token)
    if opened is None:
        return _no_such_link(request)
    had_all_off = choosing.only_musts(opened[0])
    try:
        choosing.switch_on(*opened)
    except ValidationError as busy:
        messages.error(request, busy.messages[0])
    else:
        said = _("You get these e-mails again.")
        if had_all_off:
            said += " " + _("What you had chosen before “Only what I must get” holds again.")
        messages.success(request, said)
    return redirect("unsubscribe", token=token)


def _no_such_link(request: HttpRequest) -> HttpResponse:
    return render(request, "partners/choices/no_such_link.html", status=404)


def _unsubscribe(
    request: HttpRequest, token: str, person: User, topics: list[Topic], status: int = 200
) -> HttpResponse:
    page = {
        "token": token,
        "first_name": letters.first_name_of(person.name),
        "topics": topics,
        "is_off": choosing.is_off(person, topics),
        "only_musts": choosing.only_musts(person),
    }
    return render(request, "partners/choices/unsubscribe.html", page, status=status)
