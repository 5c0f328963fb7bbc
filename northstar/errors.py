"""Pages for when something is refused or has failed."""

import sys

from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

RETRY_AFTER_S = 30

# Cut because its transaction stood still or took too long, or no writing now: the driver calls
# these faults of its own, but the same request may succeed a moment later.
CUT = {"25P03", "25P04", "25006"}


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or its cookie is missing: say how to go on."""
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 with Retry-After where the database is away or too busy, else 500.

    Both pages are the same for everybody and ask nothing of the database: neither language nor
    reader is known for certain here, so they speak both languages.
    """
    if _passes(sys.exc_info()[1]):
        page = render_to_string("503.html")
        return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER_S)})
    return HttpResponse(render_to_string("500.html"), status=500)


def _passes(error: BaseException | None) -> bool:
    """Whether the database, and not the code, let the request down."""
    if isinstance(error, InternalError):
        return getattr(error.__cause__, "sqlstate", None) in CUT
    return isinstance(error, OperationalError | InterfaceError)
