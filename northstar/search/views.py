"""The page where the whole portal is searched."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from northstar.search import finding
from partners.reading.searches import sought
from partners.requests import OpenRequest


@require_safe
def search(request: OpenRequest) -> HttpResponse:
    what = sought(request.GET.get("q", ""))
    found = finding.find(what, request.user)
    context = {"text": what.text, "hits": found.hits, "meant": found.meant}
    return render(request, "northstar/search/search.html", context)
