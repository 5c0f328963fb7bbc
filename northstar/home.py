"""Start pages per role: views that look into all apps."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The public start page, or the reader's own."""
    return render(request, "northstar/home.html")
