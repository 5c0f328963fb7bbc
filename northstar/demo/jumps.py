"""Where the demo's clock can be moved to, and what may happen on the way."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from learning.attendance import taking
from learning.models import AttendanceStatus, LearningSession, Registration
from northstar.demo import clock
from partners.models import User
from partners.post import quiet
from partners.ticks import tick

SOON = timedelta(seconds=1)


@dataclass(frozen=True)
class Jump:
    """A place in time the clock can be moved to."""

    key: str
    to: datetime
    session: LearningSession | None = None


def jumps(user: User | AnonymousUser, now: datetime) -> list[Jump]:
    """The jumps on offer, all forward. One query, two for somebody without a coming session."""
    found = [
        Jump("hour", now + timedelta(hours=1)),
        Jump("day", now + timedelta(days=1)),
        Jump("week", now + timedelta(days=7)),
    ]
    session = next_session(user, now)
    if session is not None:
        day_before = timezone.localtime(session.starts_at).date() - timedelta(days=1)
        at_nine = datetime.combine(day_before, time(9), timezone.get_current_timezone()) + SOON
        if at_nine > now:
            found.append(Jump("before", at_nine, session))
        an_hour_after = session.ends_at + timedelta(hours=1) + SOON
        found.append(Jump("after", an_hour_after, session))
        # A survey leaves in working hours only, and whoever jumps wants to see it.
        found.append(Jump("after-all-came", quiet.next_moment(an_hour_after) + SOON, session))
    return found


def next_session(user: User | AnonymousUser, now: datetime) -> LearningSession | None:
    """The next session *user* has a seat in; for others the next one of all."""
    live = LearningSession.objects.live().coming(now)
    if isinstance(user, User) and not user.is_staff_of_portal:
        seats = Registration.objects.confirmed().filter(person=user)
        own = live.filter(pk__in=seats.values("session")).first()
        if own is not None:
            return own
    return live.first()


def make(jump: Jump) -> None:
    """Move the clock; where it says so, everybody with a seat was there."""
    clock.move_to(jump.to)
    tick("watch", timezone.now())  # moved on purpose: it has not stood still
    if jump.key == "after-all-came" and jump.session is not None:
        _everybody_came(jump.session)


def _everybody_came(session: LearningSession) -> None:
    by = session.lead or session.created_by
    seats = Registration.objects.confirmed().filter(session=session)
    people = seats.values_list("person", flat=True)
    taking.take(session, dict.fromkeys(people, AttendanceStatus.PRESENT), by=by)
