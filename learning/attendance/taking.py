"""Who was there: noted by the project lead during or after a session."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from learning.attendance import withdrawing
from learning.models import Attendance, AttendanceStatus, LearningSession, Registration
from learning.places.waitlist import lock
from partners.models import Organisation, User
from partners.patience import patient
from partners.people.membership import person_with
from partners.reading.addresses import canonical_address
from partners.reading.text import one_line


@dataclass(frozen=True)
class Part:
    """Seen for a part of the session: they came later, or left earlier."""

    minutes: int  # at least one; as many as the session has, or more, is all of it


Mark = AttendanceStatus | Part | None  # None: nobody knows


def mark_of(row: Attendance | None) -> Mark:
    """What is kept of somebody."""
    if row is None:
        return None
    return Part(row.minutes_present) if row.minutes_present else AttendanceStatus(row.status)


def length(session: LearningSession) -> int:
    """Of *session*, in whole minutes."""
    return int((session.ends_at - session.starts_at).total_seconds()) // 60


@patient
@transaction.atomic
def record(
    session: LearningSession,
    person: User,
    status: AttendanceStatus,
    *,
    by: User,
    organisation: Organisation | None = None,
) -> Attendance:
    """Note what was seen of *person*, registered or not; a later note replaces an earlier one.

    *organisation* is whom they came for; left out, it is that of their registration, else the only
    one they act for. Locks the session. Raises ValidationError ("early") before the day of the
    session.
    """
    session = lock(session)
    refuse_unless_open(session)
    noted = Attendance.objects.filter(session=session, person=person).first()
    if noted is None:
        noted = Attendance(session=session, person=person, organisation=_came_for(session, person))
    if noted.status == AttendanceStatus.PRESENT != status:
        withdrawing.not_there(session, [person.pk])
    noted.organisation = organisation or noted.organisation
    noted.status, noted.minutes_present = status, None
    noted.recorded_by = by
    noted.save()
    return noted


@dataclass(frozen=True)
class Disputed:
    """A note made while the list was open, and another on that list: one of them is to hold."""

    by: User | None  # None: the note was taken away, and nobody knows by whom
    noted: Mark
    wanted: Mark


Disputes = Mapping[int, Disputed]  # by person id


@patient
@transaction.atomic
def record_list(
    session: LearningSession,
    seen: Mapping[int, Mark],
    *,
    by: User,
    shown: Mapping[int, Mark] | None = None,
) -> Disputes:
    """Note a whole list: mark by person id; None means nobody knows, and no row is kept.

    Only people already on the session's list are noted; what is unchanged is not written again.
    *shown* is what the list held when it was read. What is kept by now and neither stood in
    *shown* nor is the same as in *seen* stays, whoever noted it: it is returned, to be asked about.
    Locks the session. Raises ValidationError ("early", "cancelled"), see refuse_unless_open.
    """
    session = lock(session)
    refuse_unless_open(session)
    noted = {
        row.person_id: row for row in session.attendances.select_related("person", "recorded_by")
    }
    disputes = dict(_disputed(noted, seen, shown or {}))
    seen = {pk: status for pk, status in seen.items() if pk not in disputes}
    _write(session, noted, seen, by)
    return disputes


@patient
@transaction.atomic
def take(
    session: LearningSession,
    seen: Mapping[int, Mark],
    *,
    by: User,
    shown: Mapping[int, Mark] | None = None,
) -> Disputes:
    """Note a whole list and say that it is done: both, or neither. See record_list and finish.

    A list that says nothing of anybody is not done, and no longer if it was. One of which
    something is disputed is as done as it was.
    """
    disputes = record_list(session, seen, by=by, shown=shown)
    if session.attendances.exists():
        if not disputes:
            finish(session, by=by)
    else:
        LearningSession.objects.filter(pk=session.pk).update(
            attendance_taken_at=None, attendance_taken_by=None
        )
    return disputes


@patient
@transaction.atomic
def record_stranger(
    session: LearningSession,
    name: str,
    email: str,
    *,
    by: User,
    organisation: Organisation | None = None,
) -> Attendance:
    """Note that somebody nobody had registered was there; make them known if they are not.

    A known *email* is that person. Without one, the same name noted for the same organisation at
    this session is the same person: a second click, or two leads who noted the same guest. Being
    noted makes nobody a member of *organisation*. Locks the session.
    """
    session = lock(session)
    name, email = one_line(name), canonical_address(email)
    if email:
        person = person_with(email, name)
    else:
        person = _noted_already(session, name, organisation) or User.objects.create_user(None, name)
    return record(session, person, AttendanceStatus.PRESENT, by=by, organisation=organisation)


@patient
@transaction.atomic
def finish(session: LearningSession, *, by: User) -> LearningSession:
    """Say that the list is done. Whom nobody noted stays unknown: unknown is not absent.

    The first one who says so is kept. Locks the session.
    """
    session = lock(session)
    refuse_unless_open(session)
    if session.attendance_taken_at is None:
        session.attendance_taken_at = timezone.now()
        session.attendance_taken_by = by
        session.save(update_fields=["attendance_taken_at", "attendance_taken_by"])
    return session


def _write(
    session: LearningSession,
    noted: Mapping[int, Attendance],
    seen: Mapping[int, Mark],
    by: User,
) -> None:
    came_for = dict(session.registrations.standing().values_list("person", "organisation"))
    unknown = [row.pk for row in noted.values() if seen.get(row.person_id, row.status) is None]
    Attendance.objects.filter(pk__in=unknown).delete()
    withdrawing.not_there(session, _were_there(noted, seen))
    whole = length(session)
    for person, mark in seen.items():
        if mark is None or mark == mark_of(noted.get(person)):
            continue
        kept = _columns(mark, whole)
        if person in noted:
            Attendance.objects.filter(pk=noted[person].pk).update(
                **kept, recorded_by=by, recorded_at=timezone.now()
            )
        elif person in came_for:
            Attendance.objects.create(
                session=session,
                person_id=person,
                organisation_id=came_for[person],
                **kept,
                recorded_by=by,
            )


def _were_there(noted: Mapping[int, Attendance], seen: Mapping[int, Mark]) -> list[int]:
    """Who was noted as there, and is not any more."""
    there = [pk for pk, row in noted.items() if row.status == AttendanceStatus.PRESENT]
    absent = {None, AttendanceStatus.ABSENT, AttendanceStatus.EXCUSED}
    return [pk for pk in there if pk in seen and seen[pk] in absent]


def _columns(mark: AttendanceStatus | Part, whole: int) -> dict[str, Any]:
    """*mark* as it is kept, of a session of *whole* minutes."""
    if not isinstance(mark, Part):
        return {"status": mark, "minutes_present": None}
    minutes = mark.minutes if mark.minutes < whole else None
    return {"status": AttendanceStatus.PRESENT, "minutes_present": minutes}


def _disputed(
    noted: Mapping[int, Attendance],
    seen: Mapping[int, Mark],
    shown: Mapping[int, Mark],
) -> Iterator[tuple[int, Disputed]]:
    for pk, wanted in seen.items():
        row = noted.get(pk)
        kept = mark_of(row)
        if kept not in {shown.get(pk, kept), wanted}:
            yield pk, Disputed(row.recorded_by if row else None, kept, wanted)


def _noted_already(
    session: LearningSession, name: str, organisation: Organisation | None
) -> User | None:
    """Somebody without an address who was noted at *session* by this name and organisation."""
    same = session.attendances.filter(
        person__name=name, person__email=None, organisation=organisation
    )
    noted = same.select_related("person").order_by("pk").first()
    return noted.person if noted else None


def _came_for(session: LearningSession, person: User) -> Organisation | None:
    place = (
        Registration.objects.standing()
        .filter(session=session, person=person)
        .select_related("organisation")
        .first()
    )
    if place is not None:
        return place.organisation
    own = list(Organisation.objects.of(person)[:2])
    return own[0] if len(own) == 1 else None


def refuse_unless_open(session: LearningSession) -> None:
    """Raise ValidationError "cancelled" for a cancelled session, "early" before the day of one."""
    if session.cancelled_at is not None:
        raise ValidationError(
            _("The session is cancelled, so there is no attendance to take."), code="cancelled"
        )
    if timezone.localdate(session.starts_at) > timezone.localdate():
        raise ValidationError(
            _("Attendance can be taken from the day of the session, %(day)s.")
            % {"day": date_format(timezone.localtime(session.starts_at), "DATE_FORMAT")},
            code="early",
        )
