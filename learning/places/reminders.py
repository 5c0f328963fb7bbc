"""The day before a session, at nine in the morning, those who have a seat are reminded of it."""

import logging
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Coalesce

from learning.models import LearningSession, Registration
from learning.places import mails
from learning.places.calendar import STOCKHOLM
from learning.places.mails import reminder_prefix
from partners.models import Message, MessageState
from partners.patience import patient

log = logging.getLogger(__name__)

REMIND_AT = time(9, 0)  # on the clock on the wall in Umeå, the day before
LOOK_AHEAD = timedelta(days=2)  # longer than from nine o'clock until the next midnight


def due_at(session: LearningSession) -> datetime:
    """Return when people are reminded of *session*: by the wall clock, so always at nine."""
    day = session.starts_at.astimezone(STOCKHOLM).date() - timedelta(days=1)
    return datetime.combine(day, REMIND_AT, STOCKHOLM)


def remind(now: datetime) -> int:
    """Write the reminders that are due at *now*; return how many. Safe to repeat.

    Due from nine o'clock the day before until the session begins, so that a missed hour is caught
    up. Whoever got their seat after nine has just had a letter and gets no other. The occasion
    names the start: a session that was moved is due again.
    """
    coming = LearningSession.objects.live().filter(
        starts_at__gt=now, starts_at__lt=now + LOOK_AHEAD
    )
    due = [session for session in coming.order_by("starts_at", "pk") if due_at(session) <= now]
    return sum(_write_to(session, now) for session in due if any(_missing(session, now)))


def _write_to(session: LearningSession, now: datetime) -> int:
    """Each session in a transaction of its own: one that is busy holds up no other."""
    try:
        return _remind_of(session.pk, now)
    except ValidationError:
        log.warning("session %s is busy: its reminders wait for the next time", session.pk)
        return 0


@patient
@transaction.atomic
def _remind_of(pk: int, now: datetime) -> int:
    # Whoever moves, cancels or withdraws locks the session first: nothing changes while we write.
    session = LearningSession.objects.select_for_update(no_key=True).filter(pk=pk).first()
    if session is None or not session.is_live or not due_at(session) <= now < session.starts_at:
        return 0
    written = 0
    for registration, key in list(_missing(session, now)):
        try:
            with transaction.atomic():
                registration.session = session
                is_same_day = _is_same_day(session, now)
                mails.session_reminder(registration, key=key, is_same_day=is_same_day)
        except Exception:  # one person's letter must not cost the others theirs
            log.exception("no reminder for registration %s", registration.pk)
        else:
            written += 1
    return written


def _missing(session: LearningSession, now: datetime) -> Iterator[tuple[Registration, str]]:
    """Yield the registrations whose reminder is due and not written, and its key. Two queries."""
    registrations = (
        Registration.objects.confirmed()
        .filter(leaves_at=None)  # whoever thinks again before it is too late is reminded then
        .filter(session=session, person__email__isnull=False, person__is_active=True)
        .alias(had_a_seat_at=Coalesce("seated_at", "created_at"))
        .filter(had_a_seat_at__lte=due_at(session))
        .select_related("person")
        .order_by("pk")
    )
    letters = Message.objects.filter(key__startswith=reminder_prefix(session))
    written = dict(letters.values_list("key", "state"))
    for registration in registrations:
        eve = f"{reminder_prefix(session, registration.person)}{session.starts_at:%Y%m%dT%H%M}"
        if not _is_same_day(session, now):
            if eve not in written:
                yield registration, eve
        # A letter of the day before that did not leave in time does not count.
        elif written.get(eve, "skipped") == MessageState.SKIPPED and f"{eve}:day" not in written:
            yield registration, f"{eve}:day"


def _is_same_day(session: LearningSession, now: datetime) -> bool:
    return now.astimezone(STOCKHOLM).date() == session.starts_at.astimezone(STOCKHOLM).date()
