"""Pages that only say something, in our own words: accessibility, personal data."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

ASSESSED_ON = date(2026, 11, 23)  # when somebody last went through the pages by hand and by tool
UPDATED_ON = date(2026, 11, 23)  # when the accessibility page was last changed


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    context = {"assessed_on": ASSESSED_ON, "updated_on": UPDATED_ON}
    return render(request, "northstar/pages/accessibility.html", context)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "northstar/pages/privacy.html")
