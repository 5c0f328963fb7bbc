"""Pages for when something is refused or has failed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or its cookie is missing: say how to go on."""
    return render(request, "403_csrf.html", status=403)
