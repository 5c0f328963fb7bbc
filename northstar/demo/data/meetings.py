"""The demo's sessions: who has a seat, who came, what they said and mean to do."""

import hashlib
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from learning.models import (
    Attendance,
    AttendanceStatus,
    BarrierObservation,
    Intention,
    IntentionSharing,
    IntentionStatus,
    LearningSession,
    Registration,
    RegistrationSource,
    RegistrationState,
    Safety,
    Series,
    SessionAudience,
    SessionMode,
    SurveyAnswer,
    SurveyInvitation,
    Usefulness,
)
from learning.places import leaving
from learning.surveys import tallying
from northstar.demo.data import doings, programmes, words
from northstar.demo.data.moments import meeting_days, when_people_register
from northstar.demo.data.people import Cast
from partners.models import Organisation, User

FULL = 1  # which coming session is full, with a queue
OPEN = 2  # which one is open to everybody
ONLINE = 3  # which one is on the net
FULL_SEATS = 12
SEATS = 40
QUEUE = 6


VISITORS = [
    ("Gun Hedman", "gun.hedman@tegs-fastigheter.example", "Brf Tegsängen"),
    ("Said Warsame", "said.warsame@cykelkoket.example", "Cykelköket Umeå"),
    ("Britta Nyberg", "britta.nyberg@mejl.example", ""),
]


@dataclass(frozen=True)
class Kind:
    """What the sessions of one kind have in common."""

    series: int  # which of words.SERIES, and of words.SESSIONS
    begins: tuple[int, int]  # hour and minute
    lasts: timedelta
    mode: SessionMode
    audience: SessionAudience
    seats: int | None


WORKSHOP = Kind(
    series=0,
    begins=(9, 0),
    lasts=timedelta(hours=3),
    mode=SessionMode.ON_SITE,
    audience=SessionAudience.PARTNERS,
    seats=SEATS,
)
BREAKFAST = Kind(
    series=1,
    begins=(8, 15),
    lasts=timedelta(minutes=75),
    mode=SessionMode.ONLINE,
    audience=SessionAudience.PARTNERS,
    seats=None,
)
FOR_EVERYBODY = replace(
    BREAKFAST, mode=SessionMode.ON_SITE, audience=SessionAudience.PUBLIC, seats=120
)


def build_sessions(
    past: int, coming: int, cast: Cast, chance: random.Random, now: datetime
) -> list[LearningSession]:
    """Make the series and their sessions, the oldest first; the last one is a draft."""
    series = Series.objects.bulk_create(
        Series(
            title_sv=title_sv,
            title_en=title_en,
            slug=f"serie-{number}",
            summary_sv=summary_sv,
            summary_en=summary_en,
        )
        for number, (title_sv, title_en, summary_sv, summary_en) in enumerate(words.SERIES, 1)
    )
    made = [
        _session(number, day, past, series, cast, chance, now)
        for number, day in enumerate(meeting_days(now, past, coming))
    ]
    made[-1].published_at = None
    cancelled = made[past // 2]
    cancelled.cancelled_at = cancelled.starts_at - timedelta(days=2)
    return LearningSession.objects.bulk_create(made)


def _session(
    number: int,
    day: date,
    past: int,
    series: list[Series],
    cast: Cast,
    chance: random.Random,
    now: datetime,
) -> LearningSession:
    """One session; the *past* first ones lie behind."""
    kind = _kind(number, number - past)
    is_online = kind.mode == SessionMode.ONLINE
    title_sv, title_en, summary_sv, summary_en = _texts(kind, number)
    starts_at = datetime.combine(day, time(*kind.begins), timezone.get_current_timezone())
    venue = "" if is_online else words.VENUES[number % len(words.VENUES)]
    titles, is_breakfast = (title_sv, title_en), kind.series == BREAKFAST.series
    summary_sv, summary_en = programmes.told(titles, (summary_sv, summary_en))
    return LearningSession(
        series=series[kind.series],
        title_sv=title_sv,
        title_en=title_en,
        summary_sv=summary_sv,
        summary_en=summary_en,
        starts_at=starts_at,
        ends_at=starts_at + kind.lasts,
        mode=kind.mode,
        venue=venue,
        **programmes.texts(number, titles, venue, is_breakfast=is_breakfast),
        meeting_url=f"https://mote.example/traff-{number}" if is_online else "",
        audience=kind.audience,
        capacity=kind.seats,
        registration_opens_at=starts_at - timedelta(days=60),
        lead=cast.lead,
        published_at=min(now, starts_at) - timedelta(days=45 + number % 5),
        attendance_taken_at=starts_at + timedelta(hours=4) if number < past - 1 else None,
        ical_uid=uuid.UUID(int=chance.getrandbits(128), version=4),
        created_at=min(now, starts_at) - timedelta(days=50),
        created_by=cast.lead,
    )


def _kind(number: int, ahead: int) -> Kind:
    """What kind of session the *number*th is, which comes as the *ahead*th of the coming ones."""
    if ahead == OPEN:
        return FOR_EVERYBODY
    kind = BREAKFAST if number % 3 == 2 or ahead == ONLINE else WORKSHOP
    return replace(kind, seats=FULL_SEATS) if ahead == FULL else kind


def _texts(kind: Kind, number: int) -> tuple[str, str, str, str]:
    """Titles and summaries, taken in turns; the last breakfast is the one for everybody."""
    texts = words.SESSIONS[kind.series]
    if kind is FOR_EVERYBODY:
        return texts[-1]
    breakfasts = number // 3
    turn = breakfasts if kind.series == BREAKFAST.series else number - breakfasts
    return texts[turn % len(texts)]


def build_places(
    about: int, sessions: list[LearningSession], cast: Cast, chance: random.Random, now: datetime
) -> None:
    """Give people seats, places in queues and, where a session is over, their attendance."""
    people = cast.going_out()
    share = max(1, about // len(sessions))
    registrations: list[Registration] = []
    attendances: list[Attendance] = []
    for number, session in enumerate(sessions):
        if session.published_at is None:
            continue
        chosen = _comers(session, number, share, people, cast, chance, now)
        placed = list(_registrations(session, chosen, cast, chance, now))
        registrations += placed
        if session.starts_at > now and session.capacity == SEATS:
            _leave_one(placed, cast, now)
        if session.attendance_taken_at and not session.cancelled_at:
            attendances += _attendances(session, placed, people, cast, chance)
    for session in sessions:
        if session.published_at and session.audience == SessionAudience.PUBLIC:
            registrations += _visitors(session, now)
    Registration.objects.bulk_create(registrations, batch_size=5_000)
    Attendance.objects.bulk_create(attendances, batch_size=5_000)


def _visitors(session: LearningSession, now: datetime) -> Iterator[Registration]:
    """People without an account, who said yes by mail: they come of nobody the portal knows."""
    if session.starts_at <= now:
        return
    for hours, (name, address, organisation) in enumerate(VISITORS, start=1):
        at = now - timedelta(hours=hours)
        person = User.objects.create_user(address, name, date_joined=at)
        yield Registration(
            session=session,
            person=person,
            typed_organisation=organisation,
            state=RegistrationState.CONFIRMED,
            created_at=at,
            created_by=person,
            seated_at=at,
        )


def _comers(
    session: LearningSession,
    number: int,
    share: int,
    people: list[tuple[Organisation, User]],
    cast: Cast,
    chance: random.Random,
    now: datetime,
) -> list[tuple[Organisation, User]]:
    """Who registers, in order; the visitor's own people where they make a good story."""
    wanted = min(len(people), max(3, int(share * chance.uniform(0.75, 1.3))))
    if session.capacity == FULL_SEATS:
        wanted = min(len(people), FULL_SEATS + QUEUE)
    own = [(cast.organisations[0], cast.contact), (cast.organisations[0], cast.member)]
    chosen = [pair for pair in chance.sample(people, wanted) if pair not in own]
    if session.starts_at < now:
        own = [pair for pair in own if chance.random() < 0.7]
    elif session.capacity == FULL_SEATS:
        own = []
    elif session.capacity != SEATS:
        own = own[:1]
    return chosen[: len(chosen) // 2] + own + chosen[len(chosen) // 2 :]


def _registrations(
    session: LearningSession,
    chosen: list[tuple[Organisation, User]],
    cast: Cast,
    chance: random.Random,
    now: datetime,
) -> Iterator[Registration]:
    """Places in the order people came: seats while there are some, then the queue."""
    assert session.published_at is not None
    moments = when_people_register(
        session.published_at, min(now, session.starts_at), len(chosen), chance
    )
    seats = session.capacity if session.capacity is not None else len(chosen)
    taken = 0
    for at, (organisation, person) in zip(moments, chosen, strict=True):
        may_give_back = session.capacity != FULL_SEATS and person not in (cast.member, cast.contact)
        gave_back = chance.random() < 0.06 and may_give_back
        seated = not gave_back and taken < seats
        taken += seated
        state = RegistrationState.CONFIRMED if seated else RegistrationState.QUEUED
        yield Registration(
            session=session,
            person=person,
            organisation=organisation,
            state=RegistrationState.WITHDRAWN if gave_back else state,
            source=RegistrationSource.SELF,
            created_at=at,
            created_by=person,
            seated_at=at if seated or gave_back else None,
            withdrawn_at=at + (min(now, session.starts_at) - at) / 2 if gave_back else None,
        )


def _leave_one(placed: list[Registration], cast: Cast, now: datetime) -> None:
    """Somebody has just given their place back, and may still think again."""
    ours = {cast.member.pk, cast.contact.pk}
    for one in reversed(placed):
        if one.state == RegistrationState.CONFIRMED and one.person_id not in ours:
            one.leaves_at, one.withdrawn_by = now + leaving.UNDO_FOR, one.person
            return


def _attendances(
    session: LearningSession,
    placed: list[Registration],
    people: list[tuple[Organisation, User]],
    cast: Cast,
    chance: random.Random,
) -> Iterator[Attendance]:
    """Who came of those with a seat, and a few who walked in."""
    assert session.attendance_taken_at is not None
    weights = [84, 10, 6]
    came: list[tuple[Organisation | None, User, str]] = [
        (one.organisation, one.person, chance.choices(AttendanceStatus.values, weights)[0])
        for one in placed
        if one.state == RegistrationState.CONFIRMED
    ]
    known = {one.person_id for one in placed}
    walk_ins = [
        pair for pair in chance.sample(people, min(2, len(people))) if pair[1].pk not in known
    ]
    came += [(organisation, person, AttendanceStatus.PRESENT) for organisation, person in walk_ins]
    for organisation, person, status in came:
        yield Attendance(
            session=session,
            person=person,
            organisation=organisation,
            status=status,
            recorded_at=session.attendance_taken_at,
            recorded_by=cast.lead,
        )


def build_follow_up(sessions: list[LearningSession], chance: random.Random) -> None:
    """Ask those who came how it was; most answer, many note a next step."""
    present = Attendance.objects.present().filter(session__in=sessions).order_by("pk")
    invitations = [
        SurveyInvitation(
            session=one.session,
            person=one.person,
            organisation=one.organisation,
            token_hash=hashlib.sha256(chance.randbytes(32)).hexdigest(),
            created_at=one.session.ends_at + timedelta(hours=1),
            closes_at=one.session.ends_at + timedelta(days=14),
            completed_at=one.session.ends_at + timedelta(hours=chance.randrange(2, 200))
            if chance.random() < 0.62
            else None,
        )
        for one in present.select_related("session", "person", "organisation")
    ]
    SurveyInvitation.objects.bulk_create(invitations, batch_size=5_000)
    answered = [one for one in invitations if one.completed_at]
    SurveyAnswer.objects.bulk_create(
        (
            SurveyAnswer(
                invitation=one,
                usefulness=chance.choices(Usefulness.values, [38, 41, 16, 5])[0],
                safety=chance.choices(Safety.values, [46, 38, 13, 3])[0],
                submitted_at=one.completed_at or one.created_at,
            )
            for one in answered
        ),
        batch_size=5_000,
    )
    Intention.objects.bulk_create(_intentions(answered, chance), batch_size=5_000)
    BarrierObservation.objects.bulk_create(_barriers(answered, chance), batch_size=5_000)
    for session in sessions:
        tallying.tally(session)


def _intentions(answered: list[SurveyInvitation], chance: random.Random) -> Iterator[Intention]:
    """What more than half of them mean to do; no two of an organisation or a session the same."""
    meant: set[tuple[str | int, str]] = set()
    for one in answered:
        name = one.organisation.name if one.organisation else ""
        steps = [
            step
            for step in doings.steps_of(name)
            if not {(name, step[1]), (one.session_id, step[1])} & meant
        ]
        if steps and chance.random() < 0.6:
            step = chance.choice(steps)
            meant |= {(name, step[1]), (one.session_id, step[1])}
            yield _intention(one, step, chance)


def _intention(one: SurveyInvitation, step: tuple[str, str], chance: random.Random) -> Intention:
    assert one.completed_at is not None
    return Intention(
        person=one.person,
        organisation=one.organisation,
        session=one.session,
        when_text=step[0],
        then_text=step[1],
        due_on=(one.completed_at + timedelta(days=chance.randrange(14, 120))).date(),
        sharing=chance.choices(IntentionSharing.values, [45, 55])[0],
        status=chance.choices(IntentionStatus.values, [40, 30, 18, 8, 4])[0],
        created_at=one.completed_at,
        updated_at=one.completed_at,
    )


def _barriers(
    answered: list[SurveyInvitation], chance: random.Random
) -> Iterator[BarrierObservation]:
    """What some of them saw in the way: in words of their own, or the kind alone."""
    told = chance.sample(words.BARRIERS, len(words.BARRIERS))
    for one in answered:
        if chance.random() >= 0.45:
            continue
        in_words = bool(told) and chance.random() < 0.6
        kind, text = told.pop() if in_words else (chance.choice(words.BARRIERS)[0], "")
        yield BarrierObservation(
            session=one.session,
            person=one.person,
            organisation=one.organisation,
            type=kind,
            text=text,
            created_at=one.completed_at or one.created_at,
        )
