"""One session's page: before the session and after it, as a reader meets it; and its lead's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from learning.models import (
    Intention,
    LearningSession,
    Material,
    RegistrationState,
)
from learning.permissions import may_edit, may_read_outcome
from learning.places.panel import seat_panel
from learning.reminders import outlook
from learning.sessions import leading, overview, programme
from learning.sessions.listing import SHOWN
from learning.surveys import results
from partners.permissions import Asker

TOLD = ["summary_sv", "summary_en", "meeting_url", "audience", "map_url"]
TOLD += ["programme_sv", "programme_en", "preparation_sv", "preparation_en"]
TOLD += ["directions_sv", "directions_en", "attendance_taken_at"]
TOLD += ["lead__name", "lead__email", "lead__phone", "cancelled_because"]
TOLD += ["series__title_sv", "series__title_en", "series__slug"]

NAMED = 4  # organisations named before the rest are one press away
AS_PARTICIPANT = "participant"  # ?as=: how a lead sees what the participants see


@dataclass(frozen=True)
class Outgrowth:
    """Something that began at a session, as whoever knows of it tells it."""

    title: str
    address: str
    organisation: str
    state: str  # as the phases of the moon name it
    state_in_words: str
    effect: str  # 27 ton per år; "" where there is no figure


Outgrowths = Callable[[Asker, LearningSession], list[Outgrowth]]


@dataclass(frozen=True)
class Head:
    """What stands first on the page; rendered once for all readers of a day."""

    title: str
    series: str
    series_slug: str
    starts_at: datetime
    ends_at: datetime
    how_far: str  # i övermorgon; "" where the date says enough
    where: str
    mode: str
    is_past: bool
    mark: str  # du var med; "" before the session
    mark_kind: str


@dataclass(frozen=True)
class About:
    """What the page tells of the session itself, the same to everybody."""

    summary: str
    programme: tuple[programme.Item, ...]
    preparation: str
    venue: str
    directions: str
    map_url: str
    lead: str
    lead_email: str
    lead_phone: str
    has_link: bool  # there is a meeting link, for those with a seat


@dataclass(frozen=True)
class Comers:
    """From where people come; nobody is named."""

    people: int
    first: tuple[str, ...]  # the organisations most come from
    others: tuple[str, ...]

    @property
    def organisations(self) -> int:
        return len(self.first) + len(self.others)


def session_page(request: HttpRequest, pk: int, began_here: Outgrowths) -> HttpResponse:
    """The page of the session *pk* for whoever asks; *began_here* is asked once it is over."""
    session = _found(request.user, pk)
    if session is None:
        return _unknown(request)
    now = timezone.now()
    if may_edit(request.user, session) and request.GET.get("as") != AS_PARTICIPANT:
        return _for_its_lead(request, session, now)
    if session.ends_at <= now and session.cancelled_at is None:
        return _after(request, session, now, began_here)
    return _before(request, session, now)


def _found(user: Asker, pk: int) -> LearningSession | None:
    """The session with all that its page tells, if *user* may see it. One query."""
    sessions = LearningSession.objects.visible_to(user).select_related("series", "lead")
    sessions = sessions.only(*SHOWN, *TOLD).with_places(user).with_material()
    sessions = sessions.with_organisations().with_presence(user)
    return next(iter(sessions.filter(pk=pk).order_by()), None)  # first() would order one row


def _unknown(request: HttpRequest) -> HttpResponse:
    """Nothing that this reader may see; letters lead here, and who reads one may be logged out."""
    if request.user.is_authenticated:
        raise Http404
    return redirect_to_login(request.get_full_path(), reverse("account_login"))


def _materials(request: HttpRequest, session: LearningSession) -> list[Material]:
    if not session.material_count:
        return []
    return list(Material.objects.visible_to(request.user).filter(session=session))


def _before(request: HttpRequest, session: LearningSession, now: datetime) -> HttpResponse:
    panel = seat_panel(request.user, session)
    is_coming = session.is_coming(now)
    page = {
        "session": session,
        "head": _head(session, now),
        "about": about(session),
        "comers": _comers(session) if is_coming else None,
        "panel": panel,
        "materials": _materials(request, session),
        "may_keep": is_coming and request.user.is_authenticated,
        "may_edit": may_edit(request.user, session),
    }
    return render(request, "learning/sessions/session_detail.html", page)


def _after(
    request: HttpRequest, session: LearningSession, now: datetime, began_here: Outgrowths
) -> HttpResponse:
    steps = list(Intention.objects.visible_to(request.user).filter(session=session))
    own = [step for step in steps if step.person_id == request.user.pk]
    page: dict[str, object] = {
        "session": session,
        "head": _head(session, now, *_mark(session)),
        "about": about(session),
        "materials": _materials(request, session),
        "is_late": leading.is_late_for_material(session, now),
        "outgrowths": began_here(request.user, session),
        "own_step": own[0] if own else None,
        "may_edit": may_edit(request.user, session),
    }
    if may_read_outcome(request.user, session):
        page |= _outcome(session, now, {step.pk for step in steps})
    return render(request, "learning/sessions/session_after.html", page)


def _for_its_lead(request: HttpRequest, session: LearningSession, now: datetime) -> HttpResponse:
    is_off = session.cancelled_at is not None
    reminders = outlook.of(session, now)
    page = {
        "session": session,
        "next_thing": leading.next_thing(session, reminders, now),
        "overview": overview.of(session, now),
        "before": [] if is_off else leading.before(session, reminders, now),
        "after": [] if is_off else leading.after(session),
    }
    return render(request, "learning/sessions/session_overview.html", page)


def _outcome(session: LearningSession, now: datetime, readable: set[int]) -> dict[str, object]:
    """What the survey says, as far as it may be shown; of the next steps those *readable*."""
    found = results.of(session, now)
    return {
        "results": found,
        "shared_steps": [one for one in found.next_steps if one.pk in readable],
        "barriers": [one for one in found.barriers if one.count],
    }


def _mark(session: LearningSession) -> tuple[str, str]:
    """Whether the reader was there, for who had to do with the session: words and their look."""
    noted = {
        "present": (_("You were there"), "ok"),
        "absent": (_("You were not there"), "plain"),
        "excused": (_("You had sent word that you could not come"), "plain"),
    }
    if session.own_presence:
        return noted[session.own_presence]
    if session.own_state == RegistrationState.CONFIRMED:
        return _("Attendance has not been noted"), "plain"
    return "", ""


def _head(session: LearningSession, now: datetime, mark: str = "", kind: str = "plain") -> Head:
    return Head(
        title=session.title,
        series=session.series.title,
        series_slug=session.series.slug,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        how_far=leading.how_far(session, now),
        where=session.venue,
        mode=session.get_mode_display(),
        is_past=session.ends_at <= now,
        mark=mark,
        mark_kind=kind,
    )


def about(session: LearningSession) -> About:
    """What the page tells of *session*, in the language of the page."""
    lead, is_swedish = session.lead, (get_language() or "sv").startswith("sv")
    return About(
        summary=session.summary,
        programme=programme.items(session.programme, "." if is_swedish else ":"),
        preparation=session.preparation,
        venue=session.venue,
        directions=session.directions,
        map_url=session.map_url,
        lead=str(lead) if lead else "",
        lead_email=(lead.email or "") if lead else "",
        lead_phone=lead.phone if lead else "",
        has_link=bool(session.meeting_url),
    )


def _comers(session: LearningSession) -> Comers | None:
    if not session.coming_from:
        return None
    names = tuple(session.coming_from)
    return Comers(session.confirmed_count, names[:NAMED], names[NAMED:])
