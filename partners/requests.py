"""What pages behind the login know of a request, and what they do the same way with all of them."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django_htmx.middleware import HtmxDetails

from partners.models import User

DIGITS = 18  # of the longest number read: one more may be too large for an id in the database


class Request(HttpRequest):
    """A request of somebody who has logged in: the middleware lets nobody else reach the page."""

    user: User
    htmx: HtmxDetails


class OpenRequest(HttpRequest):
    """A request of anybody, logged in or not."""

    htmx: HtmxDetails


def do_or_say(request: Request, operation: Callable[[], object], said: str) -> None:
    """Do what a button asks for and answer with what is *said*, or with why it was refused."""
    try:
        operation()
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, said)


def offer_undo(request: Request, said: str, *, until: datetime, action: str) -> None:
    """Answer with what is *said*, and a button that undoes it by a POST to *action*."""
    bar = {"said": said, "until": until, "action": action}
    text = render_to_string("components/undo_bar.html", bar, request)
    messages.success(request, text, extra_tags="undo")


def pk_in(said: QueryDict, name: str) -> int | None:
    """The id that *said* gives under *name*; None if there is none, or none that can be one."""
    return next(iter(pks_in(said, name)), None)


def pks_in(said: QueryDict, name: str) -> list[int]:
    """The ids that *said* gives under *name*, in order; what cannot be an id is passed over."""
    return list(_numbers(said.getlist(name)))


def _numbers(texts: Iterable[str]) -> Iterable[int]:
    return (int(t) for t in texts if t.isascii() and t.isdecimal() and len(t) <= DIGITS)
