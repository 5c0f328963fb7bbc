"""Among what somebody chooses who writes a measure down."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from learning.models import (
    Attendance,
    Intention,
    LearningSession,
    LearningSessionQuerySet,
    Registration,
)
from measures.models import Challenge
from partners.models import Organisation, User

MOST_SESSIONS = 200  # in the list: the latest

Group = tuple[str, list[tuple[int, str]]]  # a heading, and rows below it with their ids


def sessions(user: User, kept: LearningSession | None) -> LearningSessionQuerySet:
    """Those a measure may have grown out of: what *user* sees, and the one it is *kept* with."""
    seen = _begun(user)
    return seen | LearningSession.objects.filter(pk=kept.pk) if kept else seen


def sessions_by_part(user: User, kept: LearningSession | None) -> list[Group]:
    """Sessions the reader was at or has a seat in first, then the others, the latest first.

    The one *kept* stands among them however old it is. One query.
    """
    seen = _begun(user).live()
    latest = seen.annotate(is_own=_took_part(user)).order_by("-starts_at", "-pk")
    own: list[tuple[int, str]] = []
    others: list[tuple[int, str]] = []
    for session in latest[:MOST_SESSIONS]:
        shown = (session.pk, f"{session.title}, {_day(session)}")
        (own if session.is_own else others).append(shown)
    if kept and kept.pk not in {pk for pk, _name in own + others}:
        others.append((kept.pk, kept.title))
    groups = [(_("Sessions you took part in"), own), (_("Other sessions"), others)]
    return [(name, rows) for name, rows in groups if rows]


def _day(session: LearningSession) -> str:
    return date_format(timezone.localdate(session.starts_at), "j F Y")


def _begun(user: User) -> LearningSessionQuerySet:
    """What *user* sees of sessions that have begun: nothing grows out of one that is to come."""
    return LearningSession.objects.visible_to(user).filter(starts_at__lte=timezone.now())


def _took_part(user: User) -> Q:
    """Whether *user* was at a session, or has a seat in it."""
    at = Attendance.objects.present().filter(session=OuterRef("pk"), person=user)
    seat = Registration.objects.standing().filter(session=OuterRef("pk"), person=user)
    return Exists(at) | Exists(seat)


def challenges_by_area() -> list[Group]:
    """All challenges, below their focus areas. One query."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for challenge in Challenge.objects.select_related("focus_area"):
        groups.setdefault(str(challenge.focus_area), []).append((challenge.pk, str(challenge)))
    return list(groups.items())


def next_steps(user: User, organisations: list[Organisation]) -> QuerySet[Intention]:
    """Those a measure of *user* may grow out of: their own, and those of their *organisations*."""
    seen = Intention.objects.visible_to(user)
    return seen.filter(Q(person=user) | Q(organisation__in=organisations))
