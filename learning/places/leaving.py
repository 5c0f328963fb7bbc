"""Places of people who have left: given on to the first in the queue, and told of."""

import logging
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from learning.models import Registration, RegistrationState
from learning.places import mails as place_mails
from learning.places.waitlist import fill_free_seats, lock
from partners.patience import patient

log = logging.getLogger(__name__)


def give_on(now: datetime) -> int:
    """Take back the places that are forfeited at *now*; return how many. Safe to repeat.

    Each in a transaction of its own, so that one session that is busy holds up no other.
    """
    found = Registration.objects.forfeited(now).select_related("session").order_by("pk")
    return sum(_give_on(place, now) for place in found)


def _give_on(place: Registration, now: datetime) -> bool:
    try:
        return _take_back(place, now)
    except ValidationError:
        log.warning("session %s is busy: place %s waits for the next time", place.session_id, place)
        return False


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
    still.state, still.withdrawn_at = RegistrationState.WITHDRAWN, now
    still.save(update_fields=["state", "withdrawn_at"])
    place_mails.place_forfeited(still, had_a_seat=had_a_seat)
    fill_free_seats(session, timezone.now())
    return True
