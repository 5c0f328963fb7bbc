"""Planning a session: create, change, publish, cancel."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning import place_mails
from learning.models import LearningSession
from learning.waitlist import fill_free_seats, lock
from partners.models import User
from partners.patience import patient

PLANNED = [
    "series",
    "title_sv",
    "title_en",
    "summary_sv",
    "summary_en",
    "starts_at",
    "ends_at",
    "mode",
    "venue",
    "meeting_url",
    "audience",
    "capacity",
    "registration_opens_at",
    "registration_closes_at",
    "lead",
]
# What stands in people's calendars; a change of it is told to everybody with a place.
IN_CALENDARS = ["starts_at", "ends_at", "mode", "venue", "meeting_url"]


def create(session: LearningSession, *, by: User) -> LearningSession:
    """Keep a new session as a draft that only the project sees."""
    session.created_by = by
    session.lead = session.lead or by
    session.save()
    return session


@patient
@transaction.atomic
def save(session: LearningSession) -> LearningSession:
    """Keep the changed plan of *session*.

    Another time or place is told to everybody with a seat or in the queue, with an update of their
    calendars. More seats go to the queue. With fewer seats nobody loses the one they have.
    """
    before = lock(session)
    moved = any(getattr(before, name) != getattr(session, name) for name in IN_CALENDARS)
    session.ical_sequence = before.ical_sequence + moved
    session.published_at, session.cancelled_at = before.published_at, before.cancelled_at
    session.save(update_fields=[*PLANNED, "ical_sequence"])
    if moved and session.is_live and session.ends_at > timezone.now():
        place_mails.session_moved(session, previous_start=before.starts_at)
    fill_free_seats(session)
    return session


@patient
@transaction.atomic
def publish(session: LearningSession) -> LearningSession:
    """Show a session to the partners. A second call changes nothing.

    Raises ValidationError ("cancelled") for a cancelled session.
    """
    session = lock(session)
    if session.cancelled_at is not None:
        raise ValidationError(_("The session is cancelled."), code="cancelled")
    if session.published_at is None:
        session.published_at = timezone.now()
        session.save(update_fields=["published_at"])
    return session


@patient
@transaction.atomic
def cancel(session: LearningSession, *, text: str = "") -> LearningSession:
    """Call off a session and tell everybody with a place. A second call does nothing.

    *text* is the reason and what there is instead, in the project's own words; it stands in the
    letter. Raises ValidationError ("past") when the session is over.
    """
    session = lock(session)
    if session.cancelled_at is not None:
        return session
    now = timezone.now()
    if session.ends_at <= now:
        raise ValidationError(_("The session is over and cannot be cancelled."), code="past")
    session.cancelled_at = now
    session.ical_sequence += 1
    session.save(update_fields=["cancelled_at", "ical_sequence"])
    if session.published_at is not None:
        place_mails.session_cancelled(session, text=text)
    return session
