"""An organisation's story to be copied into its own report: a page, and plain text."""

from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from measures.permissions import may_see_promise
from measures.story import events
from measures.story.events import Event
from partners.models import Organisation
from partners.permissions import require
from partners.requests import Request

Years = list[tuple[int, list[Event]]]


@require_safe
def partner_story(request: Request, slug: str) -> HttpResponse:
    organisation, years = _story(request, slug)
    context = {"organisation": organisation, "years": years}
    return render(request, "measures/story/partner_story.html", context)


@require_safe
def partner_story_text(request: Request, slug: str) -> HttpResponse:
    """The same as plain text, one line for each thing that happened."""
    organisation, years = _story(request, slug)
    lines = [str(organisation)]
    for year, told in years:
        lines += ["", str(year), *(f"{one.days}: {_line(one)}" for one in told)]
    answer = HttpResponse("\r\n".join(lines) + "\r\n", content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{organisation.slug}.txt"'
    return answer


def _line(event: Event) -> str:
    return f"{event.text} – {event.quote}" if event.quote else event.text


def _story(request: Request, slug: str) -> tuple[Organisation, Years]:
    seen = Organisation.objects.visible_to(request.user)
    organisation = get_object_or_404(seen, slug=slug)
    require(may_see_promise(request.user, organisation))
    found = events.story(organisation, request.user, timezone.now())
    told = [event for event in found if event.kind != events.NOTED]
    return organisation, [(y, list(rows)) for y, rows in groupby(told, lambda one: one.on.year)]
