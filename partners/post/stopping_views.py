"""Stopping letters that wait, one or all that were found, and letting them go again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from partners.models import Message, MessageQuerySet, MessageState
from partners.permissions import may_see_outbox, require
from partners.post import stopping
from partners.post.forms import FoundLetters
from partners.requests import Request

FEW = 10  # letters that are named before they are stopped


@require_POST
def outbox_stop(request: Request, pk: int) -> HttpResponse:
    letter = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    require(may_see_outbox(request.user))
    is_stopped = stopping.stop(letter, by=request.user) or _is_now(letter, MessageState.STOPPED)
    if is_stopped:
        messages.success(request, _("The e-mail is stopped. You can let it go again."))
    else:
        messages.info(request, _("The e-mail waits no more, so nothing was changed."))
    return redirect("outbox_letter", pk=letter.pk)


@require_POST
def outbox_let_go(request: Request, pk: int) -> HttpResponse:
    letter = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    require(may_see_outbox(request.user))
    waits = stopping.let_go(letter, by=request.user) or _is_now(letter, MessageState.WAITING)
    if waits:
        messages.success(request, _("The e-mail goes on, at the time it was meant for."))
    else:
        messages.info(request, _("This e-mail cannot be sent any more, so nothing was changed."))
    return redirect("outbox_letter", pk=letter.pk)


def _is_now(letter: Message, state: MessageState) -> bool:
    """Whether it is in *state* already, as the first of two clicks leaves it."""
    return Message.objects.filter(pk=letter.pk, state=state).exists()


@require_http_methods(["GET", "HEAD", "POST"])
def outbox_stop_all(request: Request) -> HttpResponse:
    """Say which letters were found, and then stop those of them that still wait."""
    require(may_see_outbox(request.user))
    form = FoundLetters(request.POST if request.method == "POST" else request.GET)
    found = _found(request, form).filter(state=MessageState.WAITING, urgent=False)
    if request.method != "POST":
        return _ask(request, form, found, "outbox_stop_all")
    stopped = stopping.stop_all(found, by=request.user)
    if stopped:
        text = ngettext("%(n)d e-mail is stopped.", "%(n)d e-mails are stopped.", stopped)
        messages.success(request, text % {"n": stopped})
    else:
        messages.info(request, _("None of these e-mails waits any more."))
    return redirect(reverse("outbox") + "?state=stopped")


@require_http_methods(["GET", "HEAD", "POST"])
def outbox_let_all_go(request: Request) -> HttpResponse:
    """Say which letters were found, and then let those of them go that are stopped."""
    require(may_see_outbox(request.user))
    form = FoundLetters(request.POST if request.method == "POST" else request.GET)
    found = _found(request, form).to_let_go()
    if request.method != "POST":
        return _ask(request, form, found, "outbox_let_all_go")
    gone = stopping.let_all_go(found, by=request.user)
    if gone:
        text = ngettext("%(n)d e-mail goes on.", "%(n)d e-mails go on.", gone)
        messages.success(request, text % {"n": gone})
    else:
        messages.info(request, _("None of these e-mails is stopped any more."))
    return redirect(reverse("outbox") + "?state=waiting")


def _found(request: Request, form: FoundLetters) -> MessageQuerySet:
    """What a search finds; of what is posted, no more than was there when the reader looked."""
    letters = Message.objects.visible_to(request.user)
    if not form.is_valid():
        return letters.none()
    last = form.cleaned_data["last"]
    if request.method == "POST":
        letters = letters.filter(pk__lte=last or 0)
    words = form.cleaned_data["q"]
    return letters.matching(words) if words else letters


def _ask(request: Request, form: FoundLetters, found: MessageQuerySet, page: str) -> HttpResponse:
    """Three queries at most."""
    first = list(found.select_related("recipient").order_by("-pk")[:FEW])
    context = {
        "number": found.count() if len(first) == FEW else len(first),
        "letters": first,
        "last": first[0].pk if first else 0,
        "words": form.cleaned_data.get("q", ""),
    }
    return render(request, f"partners/post/{page}.html", context)
