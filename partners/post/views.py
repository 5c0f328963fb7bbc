"""The outbox for people in charge: what was written to whom, and what did not arrive."""

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.models import UNWANTED, Message, MessageQuerySet, MessageState, MessageTime
from partners.permissions import may_see_outbox, require
from partners.post import main_stop, pauses, refusals, stopping
from partners.post import outbox as post
from partners.post.forms import STATES, OutboxFilter
from partners.requests import Request

ROWS_A_PAGE = 50


@require_safe
def outbox(request: Request) -> HttpResponse:
    """What failed, counts by state, the oldest waiting, and the letters, the newest first.

    The counts are of what is searched for.
    """
    require(may_see_outbox(request.user))
    now = timezone.now()
    letters = Message.objects.visible_to(request.user).select_related("recipient", "decided_by")
    form = OutboxFilter(request.GET)
    form.is_valid()  # what is not understood is passed over
    state, words = form.cleaned_data.get("state", ""), form.cleaned_data.get("q", "")
    when = form.cleaned_data.get("when", "")
    found = letters.matching(words) if words else letters
    counts = found.counted_by_state()
    total, counts[UNWANTED] = sum(counts.values()), found.unwanted().count()
    failed = letters.failed().count() if words else counts.get(MessageState.FAILED, 0)
    listed = _narrowed(found, state, when, now)
    pages = Paginator(listed.select_related("recipient").order_by("-pk"), ROWS_A_PAGE)
    if not when:  # counted already
        pages.count = counts.get(state, 0) if state else total
    # Only a sending service tells what is junk: many a portal never hears of it.
    shown = {*MessageState.values, state, *(v for v, number in counts.items() if number)}
    found_here = pages.get_page(request.GET.get("page"))
    page = _failed(letters.select_related("recipient"), failed) | {
        "counts": [(v, label, counts.get(v, 0)) for v, label in STATES if v in shown],
        "oldest": letters.due(now).first(),
        "paused_because": pauses.because(),
        "stop": main_stop.standing(),
        "letters": found_here,
        "rows": [(letter, stopping.why(letter)) for letter in found_here],
        "state": state,
        "words": words,
        "when": MessageTime(when) if when else None,
    }
    return render(request, "partners/post/outbox.html", page)


def _narrowed(letters: MessageQuerySet, state: str, when: str, now: datetime) -> MessageQuerySet:
    """Those of *letters* in *state*, and of the time *when*; empty means any."""
    letters = letters.standing(state) if state else letters
    return letters.filter(MessageTime(when).at(now)) if when else letters


def _failed(letters: MessageQuerySet, number: int) -> dict[str, object]:
    """Of the *letters* given up, which are so many: the last one, and whether any can leave again.

    Two queries, none where there is none.
    """
    last = letters.failed().last() if number else None
    return {
        "failed": number,
        "last_failed": last,
        "meaning": refusals.meaning(last.last_error) if last else "",
        "again": last is not None and letters.to_send_again().exists(),
    }


@require_safe
def outbox_letter(request: Request, pk: int) -> HttpResponse:
    """One letter as it was written, without the secrets of personal links and codes."""
    letters = Message.objects.visible_to(request.user)
    letters = letters.select_related("recipient", "gathered_in", "decided_by")
    letter = get_object_or_404(letters, pk=pk)
    require(may_see_outbox(request.user))
    page = {
        "letter": letter,
        "text": post.shown(letter),
        "why": stopping.why(letter),
        "stop": main_stop.standing() if letter.state == MessageState.WAITING else None,
        "again": letter.can_be_sent_again(),
        "meaning": refusals.meaning(
            letter.last_error, came_back=letter.state == MessageState.BOUNCED
        ),
    }
    return render(request, "partners/post/outbox_letter.html", page)


@require_POST
def outbox_retry(request: Request, pk: int) -> HttpResponse:
    letter = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    require(may_see_outbox(request.user))
    untried = Message.objects.due(timezone.now()).filter(attempts=0)  # as a first click leaves it
    if post.try_again(letter) or untried.filter(pk=letter.pk).exists():
        said = main_stop.or_waits(_("The e-mail will be sent again within seconds."))
        messages.success(request, said)
    else:
        messages.info(request, _("This e-mail cannot be sent again, so nothing was changed."))
    return redirect("outbox_letter", pk=letter.pk)


@require_POST
def outbox_put_away(request: Request, pk: int) -> HttpResponse:
    letter = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    require(may_see_outbox(request.user))
    away = Message.objects.filter(pk=letter.pk, state=MessageState.SKIPPED)  # by a first click
    if post.put_away(letter, by=request.user) or away.exists():
        messages.success(request, _("The e-mail is put away. It stands among those not sent."))
    else:
        messages.info(request, _("This e-mail was not given up, so nothing was changed."))
    return redirect("outbox_letter", pk=letter.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def outbox_retry_all(request: Request) -> HttpResponse:
    """Ask, and then put all letters that were given up back in the queue."""
    require(may_see_outbox(request.user))
    if request.method != "POST":
        number = Message.objects.visible_to(request.user).to_send_again().count()
        return render(request, "partners/post/outbox_retry_all.html", {"number": number})
    again = post.try_all_again()
    if again:
        text = ngettext(
            "%(n)d e-mail will be sent again.", "%(n)d e-mails will be sent again.", again
        )
        messages.success(request, text % {"n": again})
    else:
        messages.info(request, _("No e-mail is waiting to be sent again."))
    return redirect("outbox")
