"""How much somebody may send: refused by its announced length, before anything has read a byte."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

MB = 1024 * 1024
LIMIT = 1 * MB  # forms are far smaller
# What a page of files takes, by the name of its URL: its file, and a megabyte for the form.
# proxy/nginx.conf has the same limits, by address.
LIMITS = {
    "material_upload": 51 * MB,
    "import_partners": 21 * MB,
    "import_attendance": 21 * MB,
}


class BodyLimit:
    """Answer 413 to a body that is too long, and 411 to one that does not say how long it is.

    Long ones are for those who have logged in; what else a page asks of them, it asks itself.
    It stands where the reader is known and nothing has looked into the body.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "chunked" in request.headers.get("Transfer-Encoding", "").lower():
            return _refuse(request, 411)
        length = announced(request)
        if length > LIMIT and length > limit_for(request):
            return _refuse(request, 413)
        return self.get_response(request)


def announced(request: HttpRequest) -> int:
    """The length of the body by its header; Django reads none that has no number there."""
    digits = request.headers.get("Content-Length") or "0"
    if not (digits.isascii() and digits.isdigit()):
        return 0
    return int(digits[:20])  # longer than any disk, and still quick to read


def limit_for(request: HttpRequest) -> int:
    """How many bytes this reader may send to this address."""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return LIMIT
    if match.namespaces or match.url_name not in LIMITS:
        return LIMIT
    return LIMITS[match.url_name] if request.user.is_authenticated else LIMIT


def _refuse(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, "413.html", status=status)
