"""Pages whose words coordinators write: the project, about, help, what is new, news."""

import re
from datetime import date
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from learning.barrier_words import LONG, PLAIN
from learning.models import BarrierType, LearningSession, SessionAudience
from northstar.pages.chain import barriers, chain
from partners.models import (
    ContentKey,
    ContentVersion,
    FocusArea,
    Funder,
    Leader,
)
from partners.permissions import acts_for_a_partner, is_coordinator, may_tell
from partners.telling import markdown
from partners.telling.helping import own_help
from partners.telling.writing import IS_A_LIST

# In the order in which each is offered: role, page, name of its address, what the link says.
ROLES: list[tuple[str, str, str | Promise]] = [
    (ContentKey.HELP_MEMBER, "help_member", _("Member")),
    (ContentKey.HELP_CONTACT, "help_contact", _("Contact person")),
    (ContentKey.HELP_LEAD, "help_lead", _("Project lead")),
    (ContentKey.HELP_COORDINATOR, "help_coordinator", _("Coordinator")),
    (ContentKey.HELP_VISITOR, "help_visitor", _("Visitor")),
]
_HEADINGS = {
    BarrierType.LOCK_IN: _("Organisational lock-ins"),
    BarrierType.BEHAVIOUR: _("Changes of behaviour"),
    BarrierType.SUB_OPTIMISATION: _("Sub-optimisation"),
}
_YEAR = re.compile(r"\b(\d{4})\b")

Context = dict[str, Any]


class Obstacle(NamedTuple):
    """A kind of barrier, with the number of measures that tell of it."""

    key: str
    name: str | Promise
    plain: str | Promise  # as the survey asks
    text: str | Promise
    measures: int


class Stop(NamedTuple):
    """A line of the timeline."""

    look: str  # done, ahead or goal
    when: str
    title: SafeString
    text: SafeString


@require_safe
def project(request: HttpRequest) -> HttpResponse:
    """Thirteen queries for a visitor."""
    now = timezone.now()
    told = ContentVersion.objects.now("project", "timeline", "facts", "join")
    found = barriers()
    context = {
        **_words(told.get("project")),
        "timeline_title": told["timeline"].title if "timeline" in told else "",
        "stops": _stops(told.get("timeline"), timezone.localdate(now)),
        "facts_title": told["facts"].title if "facts" in told else "",
        "facts": markdown.rows(told["facts"].body) if "facts" in told else (),
        "join": told.get("join"),
        "obstacles": [Obstacle(k, _HEADINGS[k], PLAIN[k], LONG[k], found[k]) for k in BarrierType],
        "chain": chain(now),
        "next_session": _next_open_session(now),
        "leaders": _leaders(request),
        "funders": Funder.objects.visible_to(request.user).in_order(),
        "join_url": reverse("join"),
        "may_tell": may_tell(request.user),
        "may_count": is_coordinator(request.user),
        "sees_sessions": acts_for_a_partner(request.user),
    }
    return render(request, "northstar/pages/project.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    told = ContentVersion.objects.now("about", "join")
    join = told.get("join")
    context = {
        **_words(told.get("about")),
        "join": join,
        "join_body": markdown.render(join.body, 3).html if join else "",
        "join_url": reverse("join"),
        "focus_areas": FocusArea.objects.all(),
        "may_tell": may_tell(request.user),
    }
    return render(request, "northstar/pages/about.html", context)


@require_safe
def help_own(request: HttpRequest) -> HttpResponse:
    """Help for the reader's own role, with a way to the others'."""
    return _help(request, own_help(request.user))


@require_safe
def help_role(request: HttpRequest, key: str) -> HttpResponse:
    return _help(request, key)


@require_safe
def told(request: HttpRequest, key: str) -> HttpResponse:
    """A page that is all in their words; a list of what happened, one line each, if it is one."""
    version = ContentVersion.objects.now(key).get(key)
    context = {
        **_words(version),
        "key": key,
        "is_list": key in IS_A_LIST,
        "rows": markdown.rows(version.body) if version else (),
        "may_tell": may_tell(request.user),
    }
    return render(request, "northstar/pages/told.html", context)


def _help(request: HttpRequest, key: str) -> HttpResponse:
    told = ContentVersion.objects.now(key)
    if key not in told:
        raise Http404
    own = own_help(request.user)
    context = {
        **_words(told[key]),
        "is_own": key == own,
        "others": [(name, text) for role, name, text in ROLES if role != key],
        "may_tell": may_tell(request.user),
        "key": key,
    }
    return render(request, "northstar/pages/help.html", context)


def _words(version: ContentVersion | None) -> Context:
    """What a page says, ready to be shown; nothing where nobody has written it."""
    if version is None:
        return {"told": None, "body": "", "sections": ()}
    shown = markdown.render(version.body)
    return {"told": version, "body": shown.html, "sections": shown.sections}


def _stops(version: ContentVersion | None, today: date) -> list[Stop]:
    rows = markdown.rows(version.body) if version else ()
    return [Stop(_look(row.label, today), row.label, row.text, row.more) for row in rows]


def _look(when: str, today: date) -> str:
    """A year to come, alone, is a goal; what lies ahead is not filled in."""
    years = [int(year) for year in _YEAR.findall(when)]
    if not years or years[-1] <= today.year:
        return "done"
    return "goal" if when.strip() == str(years[-1]) else "ahead"


def _next_open_session(now: Any) -> LearningSession | None:
    coming = LearningSession.objects.live().filter(audience=SessionAudience.PUBLIC).coming(now)
    return coming.first()


def _leaders(request: HttpRequest) -> list[tuple[Leader, str]]:
    """Who leads, each with the address where one asks them."""
    found = Leader.objects.visible_to(request.user).in_order()
    return [(leader, f"{reverse('ask')}?to={leader.pk}") for leader in found]
