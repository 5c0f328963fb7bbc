"""What the portal wrote to the people of a session, for whoever leads it."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from learning.attendance.groups import key_of
from learning.finding import editable_session
from learning.letters import samples  # noqa: F401 (hands them in: texts are shown with them)
from learning.letters.listing import letters_of
from learning.permissions import may_read_letters
from partners.models import MessageState
from partners.permissions import require
from partners.post import main_stop, outbox, stopping
from partners.reading.text import one_line
from partners.requests import Request

ROWS_A_PAGE = 50


@require_safe
def session_letters(request: Request, pk: int) -> HttpResponse:
    """The letters of a session, the newest first, with their state; those somebody looks for."""
    session = editable_session(request.user, pk)
    require(may_read_letters(request.user, session))
    letters = letters_of(session)
    words, state = one_line(request.GET.get("q", "")), request.GET.get("state", "")
    state = state if state in MessageState.values else ""
    counts = letters.counted_by_state()
    found = letters.matching(words) if words else letters
    found = found.standing(state) if state else found
    found = found.select_related("recipient", "decided_by").order_by("-pk")
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    rows = [(letter, stopping.why(letter)) for letter in page]
    context = {
        "session": session,
        "counts": [(v, label, counts[v]) for v, label in MessageState.choices if counts.get(v)],
        "words": words,
        "state": state,
        "page": page,
        "rows": rows,
        "about": key_of(session),
        "stop": main_stop.standing(),
    }
    return render(request, "learning/letters/session_letters.html", context)


@require_safe
def session_letter(request: Request, pk: int, letter: int) -> HttpResponse:
    """One letter of a session as it was written, without what opens something."""
    session = editable_session(request.user, pk)
    require(may_read_letters(request.user, session))
    letters = letters_of(session).select_related("recipient", "decided_by")
    found = get_object_or_404(letters, pk=letter)
    context = {
        "session": session,
        "letter": found,
        "text": outbox.shown(found),
        "why": stopping.why(found),
    }
    return render(request, "learning/letters/session_letter.html", context)
