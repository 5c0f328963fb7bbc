"""The outbox for people in charge: what was written to whom, and what did not arrive."""

import re

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partners.models import Message, MessageState
from partners.permissions import may_see_outbox, require
from partners.post import delivery
from partners.post import outbox as post
from partners.post.forms import OutboxFilter
from partners.requests import Request

ROWS_A_PAGE = 50
_SECRET = re.compile(r"[\w-]{40,}")


@require_safe
def outbox(request: Request) -> HttpResponse:
    """Counts by state, the oldest letter waiting, and the letters, the newest first."""
    require(may_see_outbox(request.user))
    letters = Message.objects.visible_to(request.user).select_related("recipient")
    form = OutboxFilter(request.GET)
    form.is_valid()  # what is not understood is passed over
    state, words = form.cleaned_data.get("state", ""), form.cleaned_data.get("q", "")
    found = letters.matching(words) if words else letters
    found = found.filter(state=state) if state else found
    counts = dict(letters.order_by().values_list("state").annotate(Count("pk")))
    page = {
        "counts": [(v, label, counts.get(v, 0)) for v, label in MessageState.choices],
        "oldest": letters.due(timezone.now()).first(),
        "paused_because": delivery.paused_because(),
        "letters": Paginator(found.order_by("-pk"), ROWS_A_PAGE).get_page(request.GET.get("page")),
        "state": state,
        "words": words,
    }
    return render(request, "partners/post/outbox.html", page)


@require_safe
def outbox_letter(request: Request, pk: int) -> HttpResponse:
    """One letter as it was written, without the secrets of personal links."""
    letters = Message.objects.visible_to(request.user).select_related("recipient")
    letter = get_object_or_404(letters, pk=pk)
    require(may_see_outbox(request.user))
    page = {"letter": letter, "text": _SECRET.sub("…", letter.text)}
    return render(request, "partners/post/outbox_letter.html", page)


@require_POST
def outbox_retry(request: Request, pk: int) -> HttpResponse:
    letter = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    require(may_see_outbox(request.user))
    if post.try_again(letter):
        messages.success(request, _("The letter will be sent again within seconds."))
    else:
        messages.info(request, _("This letter is not one that failed, so nothing was changed."))
    return redirect("outbox_letter", pk=letter.pk)
