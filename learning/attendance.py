"""Who was there: noted by the project lead during or after a session."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.models import Attendance, AttendanceStatus, LearningSession, Registration
from learning.waitlist import lock
from partners.models import Organisation, User


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
    one they act for. Raises ValidationError ("early") before the day of the session.
    """
    _refuse_before_the_day(session)
    noted = Attendance.objects.filter(session=session, person=person).first()
    if noted is None:
        noted = Attendance(session=session, person=person, organisation=_came_for(session, person))
    noted.organisation = organisation or noted.organisation
    noted.status = status
    noted.recorded_by = by
    noted.save()
    return noted


@transaction.atomic
def record_list(
    session: LearningSession, seen: Mapping[int, AttendanceStatus | None], *, by: User
) -> None:
    """Note a whole list: status by person id; None means nobody knows, and no row is kept.

    Only people already on the session's list are noted; what is unchanged is not written again.
    Raises ValidationError ("early") before the day of the session.
    """
    _refuse_before_the_day(session)
    session = lock(session)
    noted = {row.person_id: row for row in session.attendances.all()}
    came_for = dict(session.registrations.standing().values_list("person", "organisation"))
    unknown = [row.pk for row in noted.values() if seen.get(row.person_id, row.status) is None]
    Attendance.objects.filter(pk__in=unknown).delete()
    for person, status in seen.items():
        if status is None or (person in noted and noted[person].status == status):
            continue
        if person in noted:
            Attendance.objects.filter(pk=noted[person].pk).update(
                status=status, recorded_by=by, recorded_at=timezone.now()
            )
        elif person in came_for:
            Attendance.objects.create(
                session=session,
                person_id=person,
                organisation_id=came_for[person],
                status=status,
                recorded_by=by,
            )


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

    A known *email* is that person. Being noted makes nobody a member of *organisation*.
    """
    person = User.objects.filter(email__iexact=email).first() if email else None
    if person is None:
        person = User.objects.create_user(email or None, name)
    return record(session, person, AttendanceStatus.PRESENT, by=by, organisation=organisation)


@transaction.atomic
def finish(session: LearningSession, *, by: User) -> LearningSession:
    """Say that the list is done. Whom nobody noted stays unknown: unknown is not absent."""
    _refuse_before_the_day(session)
    session = lock(session)
    if session.attendance_taken_at is None:
        session.attendance_taken_at = timezone.now()
        session.save(update_fields=["attendance_taken_at"])
    return session


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


def _refuse_before_the_day(session: LearningSession) -> None:
    if timezone.localdate(session.starts_at) > timezone.localdate():
        raise ValidationError(
            _("Attendance can be taken from the day of the session."), code="early"
        )
