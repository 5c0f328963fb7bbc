"""What pages behind the login know of a request, and what they do the same way with all of them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from partners.models import ReminderRule, User

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


def remove_or_say(
    request: Request,
    rule: ReminderRule,
    remove: Callable[[], object],
    refuse_gone: Callable[[], object],
    *,
    words: str,
    restore: str,
) -> None:
    """Take *rule* away by *remove*, or answer with the error why not.

    The answer names it by its *words*, and offers *restore*, which lets it hold again. Where
    somebody else was first, *refuse_gone* says who.
    """
    try:
        remove()
        if rule.removed_by_id != request.user.pk:
            refuse_gone()
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        said = _("The reminder “%(words)s” is removed.") % {"words": words}
        offer_undo(request, said, until=rule.undo_until(), action=restore)


def offer_undo(
    request: Request,
    said: str,
    *,
    until: datetime | None,
    action: str,
    hidden: Mapping[str, object] | None = None,
) -> None:
    """Answer with what is *said*, and a button that undoes it by a POST of *hidden* to *action*."""
    bar = {"said": said, "until": until, "action": action, "hidden": hidden}
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
