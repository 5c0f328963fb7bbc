"""What an organisation has done as one line of time: joined, signed, attended, did, shared.

Public sees the public part: of sessions it may not know of the number alone, and no next steps.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.models import Attendance, Intention, LearningSession
from measures.models import (
    AdoptionState,
    ChallengeAdoption,
    ContactNote,
    Contribution,
    LetterOfIntent,
    Measure,
    MeasureReport,
    SharedReport,
)
from measures.permissions import may_see_promise
from partners.models import Organisation, User
from partners.permissions import is_coordinator

MOST = 1000  # of a kind; an organisation is with us for years, not for ever
WORDS_OF_A_REPORT = 24
NOTED = "noted"  # by coordinators, for themselves: never among what is copied

Reader = User | AnonymousUser


@dataclass(frozen=True)
class Event:
    """One thing that happened on its day: words before a name, the name, and words after it.

    Sessions of which the reader may not know which they are, and between which nothing else
    happened, are one: the last was on its day, the first on its since.
    """

    kind: str
    on: date
    before: str = ""
    name: str = ""
    address: str = ""
    after: str = ""
    quote: str = ""  # in Swedish, as somebody wrote it
    sessions: int = 0  # of which the reader may not know more
    since: date | None = None

    @property
    def text(self) -> str:
        """The whole as one sentence, for copying."""
        return f"{self.before} {self.name}{self.after}".strip()

    @property
    def days(self) -> str:
        last = date_format(self.on, "j F Y")
        return f"{date_format(self.since, 'j F Y')} – {last}" if self.since else last


def story(organisation: Organisation, user: Reader, now: datetime) -> list[Event]:
    """All that happened, the newest first. Ten queries at most."""
    found = chain.from_iterable(kind(organisation, user, now) for kind in _KINDS)
    return _in_one(sorted(found, key=lambda event: event.on, reverse=True))


def sessions_of(events: list[Event], year: int) -> int:
    """How many sessions of *year* the *events* tell of, where each is told by itself."""
    return sum(event.kind == "attended" and event.on.year == year for event in events)


def _in_one(events: list[Event]) -> list[Event]:
    """Sessions that are not named, one after the other, said once."""
    told: list[Event] = []
    for event in events:
        before = told[-1] if told else None
        if before and before.sessions and event.sessions:
            together = before.sessions + 1
            told[-1] = replace(before, sessions=together, since=event.on, before=_unnamed(together))
        else:
            told.append(event)
    return told


def _unnamed(sessions: int) -> str:
    return ngettext(
        "Took part in a learning session", "Took part in %(n)d learning sessions", sessions
    ) % {"n": sessions}


def _joined(organisation: Organisation, user: Reader, now: datetime) -> list[Event]:
    if not organisation.joined_on:
        return []
    return [Event("joined", organisation.joined_on, _("Joined the roadmap"))]


def _signed(organisation: Organisation, user: Reader, now: datetime) -> list[Event]:
    """That it was signed is public; who signed is not told."""
    signed = LetterOfIntent.objects.filter(organisation=organisation, signed_on__isnull=False)
    return [
        Event(
            "signed",
            one.signed_on,
            _("Signed the letter of intent for %(term)s") % {"term": one.period},
        )
        for one in signed.select_related("period")
        if one.signed_on
    ]


def _took_on(organisation: Organisation, user: Reader, now: datetime) -> list[Event]:
    """Challenges that stand, and when one was achieved."""
    taken = ChallengeAdoption.objects.standing().filter(organisation=organisation)
    found = []
    for one in taken.select_related("challenge").order_by("-pk")[:MOST]:
        name = str(one.challenge)
        found.append(Event("took_on", one.adopted_on, _("Took on the challenge"), name))
        if one.state == AdoptionState.ACHIEVED and one.changed_at:
            day = timezone.localdate(one.changed_at)
            found.append(Event("achieved", day, _("Achieved the challenge"), name))
    return found


def _attended(organisation: Organisation, user: Reader, now: datetime) -> list[Event]:
    """The sessions that the card counts."""
    came = Attendance.objects.present().filter(
        organisation=organisation,
        session__published_at__isnull=False,
        session__cancelled_at=None,
        session__starts_at__lte=now,
    )
    by_session = came.order_by().values_list("session", "session__starts_at")
    counted = by_session.annotate(people=Count("pk")).order_by("-session__starts_at", "-session")
    rows = list(counted[:MOST])
    known = LearningSession.objects.visible_to(user).in_bulk([pk for pk, _at, _n in rows])
    return [_session(known.get(pk), timezone.localdate(at), people) for pk, at, people in rows]


def _session(session: LearningSession | None, on: date, people: int) -> Event:
    if session is None:
        return Event("attended", on, _unnamed(1), sessions=1)
    return Event(
        "attended",
        on,
        _("Took part in"),
        session.title,
        reverse("session_detail", args=[session.pk]),
        ngettext(", %(n)d person", ", %(n)d people", people) % {"n": people},
    )


def _learned(organisation: Organisation, user: Reader, now: datetime) -> list[Event]:
    given = Contribution.objects.standing().filter(organisation=organisation)
    return [
        Event("learned", one.on, f"{one.get_kind_display()}:".capitalize(), one.line, one.link)
        for one in given.filter(on__lte=timezone.localdate(now))[:MOST]
    ]


def _promised(organisation: Organisation, user: Reader, now: datetime) -> list[Event]:
    """How many next steps, for their own people and coordinators: whose they are is not told."""
    if not may_see_promise(user, organisation):
        return []
    steps = Intention.objects.filter(organisation=organisation).order_by()
    counted = steps.values_list("session__starts_at").annotate(n=Count("pk"))
    return [Event("promised", timezone.localdate(at), _steps(n)) for at, n in counted[:MOST]]


def _steps(n: int) -> str:
    return ngettext("Promised %(n)d next step", "Promised %(n)d next steps", n) % {"n": n}


def _did(organisation: Organisation, user: Reader, now: datetime) -> list[Event]:
    """Measures that were published, and what was told of how they go."""
    published = Measure.objects.published().filter(organisation=organisation)
    told = MeasureReport.objects.filter(measure__in=published, nothing_new_since=None)
    begun = [
        Event(
            "did",
            timezone.localdate(one.published_at),
            _("Published the measure"),
            one.title,
            reverse("measure_detail", args=[one.pk]),
        )
        for one in published.order_by("-published_at")[:MOST]
    ]
    reports = told.select_related("measure").order_by("-created_at", "-pk")[:MOST]
    return [*(_report(one) for one in reports), *begun]


def _report(report: MeasureReport) -> Event:
    if report.reduction_t is None:
        after = _("is %(status)s") % {"status": report.get_status_display()}
    else:
        after = _("has given %(t)s t per year") % {
            "t": number_format(report.reduction_t.normalize())
        }
    return Event(
        "reported",
        timezone.localdate(report.created_at),
        "",
        report.measure.title,
        reverse("measure_detail", args=[report.measure_id]),
        f" {after}",
        Truncator(report.text).words(WORDS_OF_A_REPORT),
    )


def _shared(organisation: Organisation, user: Reader, now: datetime) -> list[Event]:
    shared = SharedReport.objects.standing().filter(organisation=organisation)
    return [
        Event(
            "shared",
            timezone.localdate(one.created_at),
            _("Shared the report of %(year)d:") % {"year": one.year},
            str(one),
            one.link,
        )
        for one in shared[:MOST]
    ]


def _noted(organisation: Organisation, user: Reader, now: datetime) -> list[Event]:
    """What coordinators noted, for them alone."""
    if not is_coordinator(user):
        return []
    notes = ContactNote.objects.standing().filter(organisation=organisation)
    return [Event(NOTED, one.on, _("Contact:"), one.line) for one in notes[:MOST]]


# Of one day, what comes first here stands above.
_KINDS: list[Callable[[Organisation, Reader, datetime], list[Event]]] = [
    _noted,
    _shared,
    _did,
    _promised,
    _attended,
    _learned,
    _took_on,
    _signed,
    _joined,
]
