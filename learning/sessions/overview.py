"""How a session stands, added up for whoever leads it: seats, who comes, how it filled."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from learning.models import (
    Attendance,
    AttendanceStatus,
    LearningSession,
    RegistrationState,
)
from partners.models import Sector


@dataclass(frozen=True)
class Bar:
    """How many people come from one sector."""

    label: str
    count: int  # people with a seat


@dataclass(frozen=True)
class Filled:
    """How the seats filled: a line of steps from the first registration to the last moment."""

    first: datetime
    last: datetime
    points: list[tuple[datetime, int]]  # when, and how many were taken from then on
    seats: int | None

    @property
    def taken(self) -> int:
        return self.points[-1][1]


@dataclass(frozen=True)
class Overview:
    """What the lead's page shows of a session."""

    organisations: int  # from which people with a seat come
    new: int  # people with a seat who have been at no session before
    left: int  # people who gave their place back
    sectors: list[Bar]
    filled: Filled | None  # None where fewer than two have registered
    came: int  # people noted as present
    absent: int  # people noted as not there, also those who had sent word
    not_noted: int  # people with a seat of whom nothing is noted


@dataclass(frozen=True)
class _Place:
    person: int
    state: str
    organisation: int | None
    sector: str
    seated_at: datetime | None
    withdrawn_at: datetime | None

    @property
    def has_seat(self) -> bool:
        return self.state == RegistrationState.CONFIRMED


def of(session: LearningSession, now: datetime) -> Overview:
    """Add up *session*. Three queries."""
    rows = session.registrations.order_by("pk").values_list(
        "person_id",
        "state",
        "organisation_id",
        "organisation__sector",
        "seated_at",
        "withdrawn_at",
    )
    places = [_Place(*row[:3], row[3] or "", *row[4:]) for row in rows]
    seated = [place for place in places if place.has_seat]
    held = {place.person for place in places if place.state != RegistrationState.WITHDRAWN}
    gone = {place.person for place in places} - held
    noted = Counter(session.attendances.values_list("status", flat=True))
    return Overview(
        organisations=len({place.organisation for place in seated} - {None}),
        new=_new(session, [place.person for place in seated]),
        left=len(gone),
        sectors=_sectors(seated),
        filled=_filled(places, session, now),
        came=noted[AttendanceStatus.PRESENT],
        absent=noted[AttendanceStatus.ABSENT] + noted[AttendanceStatus.EXCUSED],
        not_noted=_not_noted(session, now, len(seated), noted.total()),
    )


def _new(session: LearningSession, people: list[int]) -> int:
    """How many of *people* were noted as present at no earlier session."""
    before = Attendance.objects.present().filter(session__starts_at__lt=session.starts_at)
    seen = before.filter(person__in=people).values("person").distinct().count()
    return len(people) - seen


def _not_noted(session: LearningSession, now: datetime, seated: int, noted: int) -> int:
    return max(0, seated - noted) if session.starts_at <= now else 0


def _sectors(seated: Iterable[_Place]) -> list[Bar]:
    counted = Counter(place.sector for place in seated)
    names = {value: str(label) for value, label in Sector.choices} | {"": _("sector not known")}
    return [Bar(names[sector], number) for sector, number in counted.most_common()]


def _filled(places: list[_Place], session: LearningSession, now: datetime) -> Filled | None:
    """Each seat taken and each given back, in the order of time, up to *now* or the start."""
    ups = [(place.seated_at, 1) for place in places if place.seated_at]
    downs = [(place.withdrawn_at, -1) for place in places if place.seated_at and place.withdrawn_at]
    last = min(now, session.starts_at)
    moves = sorted((at, step) for at, step in [*ups, *downs] if at is not None and at <= last)
    if len(moves) < 2 or last - moves[0][0] < timedelta(days=1):
        return None
    taken, points = 0, []
    for at, step in moves:
        taken += step
        points.append((at, taken))
    return Filled(first=moves[0][0], last=last, points=points, seats=session.capacity)
