"""The demo's sessions: who has a seat, who came, what they read, said and mean to do."""

import hashlib
import random
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from learning.models import (
    Attendance,
    AttendanceStatus,
    BarrierObservation,
    Intention,
    IntentionSharing,
    IntentionStatus,
    LearningSession,
    Material,
    MaterialAudience,
    MaterialKind,
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
from northstar.demo.data import words
from northstar.demo.data.moments import working_day
from northstar.demo.data.people import Cast
from partners.models import Language, Organisation, User

FULL = 1  # which coming session is full, with a queue
OPEN = 2  # which one is open to everybody
ONLINE = 3  # which one is on the net
FULL_SEATS = 12
SEATS = 40
QUEUE = 6


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
    days = [-18 - 17 * back for back in range(past - 1)][::-1] + [-2]
    days += [4, 9, 15, 26, 47, *(60 + 6 * ahead for ahead in range(max(coming - 5, 0)))][:coming]
    made = [
        _session(number, in_days, past, series, cast, chance, now)
        for number, in_days in enumerate(days)
    ]
    made[-1].published_at = None
    cancelled = made[past // 2]
    cancelled.cancelled_at = cancelled.starts_at - timedelta(days=2)
    return LearningSession.objects.bulk_create(made)


def _session(
    number: int,
    in_days: int,
    past: int,
    series: list[Series],
    cast: Cast,
    chance: random.Random,
    now: datetime,
) -> LearningSession:
    """One session; the *past* first ones lie behind."""
    ahead = number - past
    kind = 1 if number % 3 == 2 or ahead in {OPEN, ONLINE} else 0
    texts = words.SESSIONS[kind]
    turn = -1 if ahead == OPEN else (number // 3 if kind else number - number // 3)
    title_sv, title_en, summary_sv, summary_en = texts[turn % len(texts)]
    starts_at = working_day(now, in_days, 8 if kind else 9, 15 if kind else 0)
    online = kind == 1 and ahead != OPEN
    seats = FULL_SEATS if ahead == FULL else 120 if ahead == OPEN else None if online else SEATS
    return LearningSession(
        series=series[kind],
        title_sv=title_sv,
        title_en=title_en,
        summary_sv=summary_sv,
        summary_en=summary_en,
        starts_at=starts_at,
        ends_at=starts_at + (timedelta(minutes=75) if kind else timedelta(hours=3)),
        mode=SessionMode.ONLINE if online else SessionMode.ON_SITE,
        venue="" if online else words.VENUES[number % len(words.VENUES)],
        meeting_url=f"https://mote.example/traff-{number}" if online else "",
        audience=SessionAudience.PUBLIC if ahead == OPEN else SessionAudience.PARTNERS,
        capacity=seats,
        registration_opens_at=starts_at - timedelta(days=60),
        lead=cast.lead,
        published_at=min(now, starts_at) - timedelta(days=45 + number % 5),
        attendance_taken_at=starts_at + timedelta(hours=4) if ahead < -1 else None,
        ical_uid=uuid.UUID(int=chance.getrandbits(128), version=4),
        created_at=min(now, starts_at) - timedelta(days=50),
        created_by=cast.lead,
    )


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
        if session.attendance_taken_at and not session.cancelled_at:
            attendances += _attendances(session, placed, people, cast, chance)
    Registration.objects.bulk_create(registrations, batch_size=5_000)
    Attendance.objects.bulk_create(attendances, batch_size=5_000)


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
    last = min(now, session.starts_at)
    step = (last - session.published_at) / (len(chosen) + 1)
    seats = session.capacity if session.capacity is not None else len(chosen)
    taken = 0
    for place, (organisation, person) in enumerate(chosen, start=1):
        at = session.published_at + step * place
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
            withdrawn_at=at + step / 2 if gave_back else None,
        )


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


def build_materials(sessions: list[LearningSession], cast: Cast) -> None:
    """Give the latest held sessions a link, a PDF and a text."""
    held = [one for one in sessions if one.attendance_taken_at and not one.cancelled_at][-5:]
    files = [
        ("Bilder från träffen", "bilder.pdf", "application/pdf", _pdf()),
        ("Anteckningar", "anteckningar.txt", "text/plain", _notes()),
    ]
    materials = []
    for session in held:
        shared = {
            "session": session,
            "language": Language.SWEDISH,
            "created_at": session.ends_at + timedelta(days=1),
            "created_by": cast.lead,
        }
        materials.append(
            Material(
                title="Läs mer om ämnet",
                kind=MaterialKind.LINK,
                audience=MaterialAudience.PARTNERS,
                url="https://www.viablecities.se/",
                **shared,
            )
        )
        for title, file_name, content_type, content in files:
            path = f"material/{session.starts_at:%Y}/{session.ical_uid.hex}-{file_name[:2]}"
            default_storage.delete(path)
            materials.append(
                Material(
                    title=title,
                    kind=MaterialKind.FILE,
                    audience=MaterialAudience.PARTICIPANTS,
                    file=default_storage.save(path, ContentFile(content)),
                    file_name=file_name,
                    content_type=content_type,
                    size_bytes=len(content),
                    sha256=hashlib.sha256(content).hexdigest(),
                    **shared,
                )
            )
    Material.objects.bulk_create(materials)


def _notes() -> bytes:
    return (
        "Anteckningar\n\n1. Vad vi prövade\n2. Vad som stod i vägen\n3. Vad vi gör härnäst\n"
    ).encode()


def _pdf() -> bytes:
    """A small PDF of one page, with the cross-reference table where its readers look for it."""
    text = "BT /F1 24 Tf 72 740 Td (Leda omst\\344llning tillsammans!) Tj ET"
    parts = [
        "<< /Type /Catalog /Pages 2 0 R /Lang (sv) >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(parts) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return f"{out}xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")


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
    Intention.objects.bulk_create(
        (_intention(one, chance) for one in answered if chance.random() < 0.6), batch_size=5_000
    )
    BarrierObservation.objects.bulk_create(
        (_barrier(one, chance) for one in answered if chance.random() < 0.45), batch_size=5_000
    )


def _intention(one: SurveyInvitation, chance: random.Random) -> Intention:
    when, then = chance.choice(words.INTENTIONS)
    assert one.completed_at is not None
    return Intention(
        person=one.person,
        organisation=one.organisation,
        session=one.session,
        when_text=when,
        then_text=then,
        due_on=(one.completed_at + timedelta(days=chance.randrange(14, 120))).date(),
        sharing=chance.choices(IntentionSharing.values, [60, 40])[0],
        status=chance.choices(IntentionStatus.values, [40, 30, 18, 8, 4])[0],
        created_at=one.completed_at,
        updated_at=one.completed_at,
    )


def _barrier(one: SurveyInvitation, chance: random.Random) -> BarrierObservation:
    kind, text = chance.choice(words.BARRIERS)
    return BarrierObservation(
        session=one.session,
        person=one.person,
        organisation=one.organisation,
        type=kind,
        text=text if chance.random() < 0.7 else "",
        created_at=one.completed_at or one.created_at,
    )
