"""What the pages have in common on which somebody writes about a measure."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from measures.models import Measure
from partners.requests import Request


def found_measure(request: Request, pk: int) -> Measure:
    """The measure with key *pk* and what its pages name; 404 for whom it is not there."""
    found = Measure.objects.visible_to(request.user)
    related = ("organisation", "focus_area", "challenge", "origin_session")
    return get_object_or_404(found.select_related(*related), pk=pk)


def posted(request: Request) -> Any:
    """What a form is bound to: nothing until it is sent."""
    return request.POST if request.method == "POST" else None


def form_page(request: Request, template: str, context: dict[str, Any]) -> HttpResponse:
    """A form to fill in, or to fill in again."""
    status = 422 if request.method == "POST" else 200
    return render(request, template, context, status=status)
