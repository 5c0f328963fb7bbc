"""What pages behind the login know of a request, and how they read numbers out of addresses."""

from collections.abc import Iterable

from django.http import HttpRequest, QueryDict
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


def pk_in(said: QueryDict, name: str) -> int | None:
    """The id that *said* gives under *name*; None if there is none, or none that can be one."""
    return next(iter(pks_in(said, name)), None)


def pks_in(said: QueryDict, name: str) -> list[int]:
    """The ids that *said* gives under *name*, in order; what cannot be an id is passed over."""
    return list(_numbers(said.getlist(name)))


def _numbers(texts: Iterable[str]) -> Iterable[int]:
    return (int(t) for t in texts if t.isascii() and t.isdecimal() and len(t) <= DIGITS)
