"""Places that are left: by people who may think again, and by those who may no longer come."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.models import LearningSession, Registration, RegistrationState
from learning.places import mails as place_mails
from learning.places import registration
from learning.places.waitlist import fill_free_seats, lock
from partners.models import User
from partners.patience import patient
from partners.post import tokens

log = logging.getLogger(__name__)

UNDO_FOR = timedelta(minutes=15)
FINAL_BEFORE = timedelta(hours=2)  # the start: whoever waits must have time to come


def may_be_undone(session: LearningSession, now: datetime) -> bool:
    """Whether a place in *session* that is left at *now* may be taken again."""
    return session.is_live and now + FINAL_BEFORE < session.starts_at


def opened_by(token: str) -> Registration | None:
    """The place that a mailed link can leave; None for one that is over, or unknown. One query."""
    found = Registration.objects.opened_by(tokens.hash_of(token), timezone.now())
    return found.select_related("session", "person", "organisation").first()


@patient
@transaction.atomic
def leave(place: Registration, *, by: User) -> Registration:
    """Give *place* back: in UNDO_FOR, or at once and for good shortly before the start.

    Until then it is taken, nobody is moved up and nobody gets a letter. A second call changes
    nothing. Locks the session. Raises ValidationError as registration.withdraw.
    """
    session = lock(place.session)
    place.refresh_from_db()
    now = timezone.now()
    if place.is_leaving or place.state == RegistrationState.WITHDRAWN:
        return place
    if not may_be_undone(session, now):
        return registration.withdraw(place, by=by)
    place.leaves_at, place.withdrawn_by = now + UNDO_FOR, by
    place.save(update_fields=["leaves_at", "withdrawn_by"])
    return place


@patient
@transaction.atomic
def stay(place: Registration) -> Registration:
    """Take a *place* again that is being left. A second call changes nothing. Locks the session.

    Raises ValidationError ("over") when the time to think again is over.
    """
    session = lock(place.session)
    place.refresh_from_db()
    now = timezone.now()
    if place.state == RegistrationState.WITHDRAWN or (
        place.is_leaving and not place.may_be_taken_again(now)
    ):
        raise ValidationError(
            _("It is too late to undo that. Register again if there is a seat left."), code="over"
        )
    registration.keep(place)
    fill_free_seats(session, now)  # a seat that came free meanwhile waited for this place's turn
    return place


def end_due(now: datetime) -> int:
    """End the places whose time to think again is over at *now*; return how many. Safe to repeat.

    Whoever had a place is told then, and the first in the queue gets the seat.
    """
    due = Registration.objects.leaving().filter(leaves_at__lte=now)
    return _each(due.select_related("session").order_by("leaves_at", "pk"), now, _end)


def give_on(now: datetime) -> int:
    """Take back the places that are forfeited at *now*; return how many. Safe to repeat."""
    found = Registration.objects.forfeited(now).select_related("session").order_by("pk")
    return _each(found, now, _take_back)


def _each(
    places: Iterable[Registration],
    now: datetime,
    operation: Callable[[Registration, datetime], bool],
) -> int:
    """Each in a transaction of its own, so that one session that is busy holds up no other."""
    done = 0
    for place in places:
        try:
            done += operation(place, now)
        except ValidationError:
            log.warning("session %s is busy: place %s waits", place.session_id, place.pk)
    return done


@patient
@transaction.atomic
def _end(place: Registration, now: datetime) -> bool:
    """Under the session's lock, if it is still being left then."""
    session = lock(place.session)
    due = Registration.objects.leaving().filter(leaves_at__lte=now)
    still = due.select_related("person", "withdrawn_by").filter(pk=place.pk).first()
    if still is None or still.withdrawn_by is None:
        return False
    still.session = session
    registration.give_up(still, session, now, by=still.withdrawn_by)
    return True


@patient
@transaction.atomic
def _take_back(place: Registration, now: datetime) -> bool:
    """Under the session's lock, if the place is still forfeited then."""
    session = lock(place.session)
    still = Registration.objects.forfeited(now).select_related("person").filter(pk=place.pk).first()
    if still is None:
        return False
    had_a_seat = still.state == RegistrationState.CONFIRMED
    still.session = session
    still.state, still.withdrawn_at, still.leaves_at = RegistrationState.WITHDRAWN, now, None
    still.save(update_fields=["state", "withdrawn_at", "leaves_at"])
    place_mails.place_forfeited(still, had_a_seat=had_a_seat)
    fill_free_seats(session, timezone.now())
    return True
