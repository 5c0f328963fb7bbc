"""A year of the real clock's work on real rows, and what somebody was written in it."""

from collections import Counter
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from learning.attendance import taking
from learning.models import AttendanceStatus
from learning.places import registration
from learning.reminders import running as of_sessions
from learning.surveys import asking
from measures.reminders import running as of_measures
from northstar.clock import gaps
from partners.asking import enquiries
from partners.models import Mailing, MailingState, Message, MessageState
from partners.models.moments import STOCKHOLM
from partners.post import delivery, gathering, kinds, quiet
from partners.writing import sending
from tests.builders import make_link, make_mailing, make_rule, make_session, queued

YEAR = 2027
A_DAY = timedelta(days=1)
SESSIONS = ["02-09T13:00", "02-11T13:00", "05-21T15:00", "06-24T13:00"]
SEASON = (1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12)  # months in which something is written to many


def at(day, hour=9, minute=0):
    return quiet.at(day, time(hour, minute, 5))


def moments(sessions):
    """When the clock comes by: at nine on each working day, often on and beside days of sessions.

    With each whether it is near a session. On the other days nothing falls due at another time, and
    what is held waits for nine.
    """
    on = {session.starts_at.astimezone(STOCKHOLM).date() for session in sessions}
    near = on | {day + A_DAY for day in on} | {day - A_DAY for day in on}
    day = date(YEAR, 1, 1)
    while day.year == YEAR:
        if day in near:
            yield from ((at(day, hour), True) for hour in (9, 10, 16, 18, 23))
        elif quiet.is_working_day(day):
            yield at(day), False
        day += A_DAY


def go_by(*, is_near_a_session):
    """What the clock does, as its tasks do it; whether it wrote of measures.

    Those that have certainly nothing to do are left out: a year has to be over in seconds.
    """
    now = timezone.now()
    if is_near_a_session:
        of_sessions.remind(now)
        asking.ask(now)
    written = of_measures.remind(now)
    enquiries.tell(now)
    gaps.tell(now)
    if Mailing.objects.filter(state=MailingState.QUEUED, send_at__lte=now).exists():
        sending.send_due(now)
    if Message.objects.filter(state=MessageState.WAITING).exists():
        gathering.gather_all(now, for_s=5)
        delivery.deliver_all()
    return written > 0


def four_sessions(people, lead):
    """Sessions that *people* have a place at, with material a day later for those who came."""
    found = []
    for text in SESSIONS:
        start = datetime.fromisoformat(f"{YEAR}-{text}").replace(tzinfo=STOCKHOLM)
        session = make_session(f"Träff {start:%d %m}", starts_at=start, hours=2, lead=lead)
        material = {"letter": "session_material", "whom": "attended", "side": "after"}
        make_rule(session=session, amount=1, edge="end", clock=time(10), **material)
        make_rule(session=session, amount=1, clock=time(9), counts_from=None)
        for person in people:
            registration.register(session, person, by=person)
        found.append(session)
    return found


def hold(session, people, lead):
    """When it is over somebody notes who came and leaves what was shown."""
    if timezone.now() >= session.ends_at and not session.attendances.exists():
        taking.take(
            session, dict.fromkeys((one.pk for one in people), AttendanceStatus.PRESENT), by=lead
        )
        make_link(session)


def news(by, day, groups):
    """A mailing that leaves on *day*, whatever day it is."""
    mailing = queued(make_mailing(by, groups=groups, subject_sv=f"Nytt {day:%d %m}"))
    mailing.send_at = at(day, 11)
    mailing.save()


def sent_to(person):
    """The letters that have left to *person*, in their order."""
    sent = Message.objects.filter(recipient=person, sent_at__isnull=False)
    return list(sent.order_by("sent_at", "pk"))


def by_kind(letters):
    return Counter(kinds.of(letter.letter).kind.name for letter in letters)


def days_of(letters, kind):
    return [
        letter.sent_at.astimezone(STOCKHOLM).date()
        for letter in letters
        if kinds.of(letter.letter).kind == kind
    ]


def nobody_is_nagged(letters):
    """At most one unasked letter a day and two a week, on working days alone."""
    days = days_of(letters, kinds.Kind.UNASKED)
    assert all(quiet.is_working_day(day) for day in days)
    assert max(Counter(days).values()) == 1
    assert all((later - first).days >= 7 for first, later in zip(days, days[2:], strict=False))
    return True
