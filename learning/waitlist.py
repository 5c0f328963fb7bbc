"""The queue of a session: the one place where somebody gets a seat."""

from django.db import transaction
from django.utils import timezone

from learning import place_mails
from learning.models import LearningSession, Registration, RegistrationState


def lock(session: LearningSession) -> LearningSession:
    """Fetch *session* as it is now and hold it until the transaction ends.

    Everything that changes its seats takes this lock first. Readers and foreign keys do not wait.
    """
    return LearningSession.objects.select_for_update(no_key=True).get(pk=session.pk)


@transaction.atomic
def fill_free_seats(
    session: LearningSession, newcomer: Registration | None = None
) -> list[Registration]:
    """Give every free seat to the first in the queue, and tell those who got one.

    The only code that seats. Nobody is seated in a session that is cancelled, not published or
    begun. *newcomer* is told that they have a seat, the others that their turn came.
    """
    session = lock(session)
    now = timezone.now()
    if not session.is_live or now >= session.starts_at:
        return []
    queue = session.registrations.queued().select_related("person", "session", "created_by")
    if session.capacity is not None:
        taken = session.registrations.confirmed().count()
        queue = queue[: max(0, session.capacity - taken)]
    seated = list(queue)
    session.registrations.filter(pk__in=[place.pk for place in seated]).update(
        state=RegistrationState.CONFIRMED, seated_at=now
    )
    for place in seated:
        place.state, place.seated_at = RegistrationState.CONFIRMED, now
        if place == newcomer:
            place_mails.seat_confirmed(place)
        else:
            place_mails.seat_from_queue(place)
    return seated


def place_in_queue(registration: Registration) -> int:
    """The place of a queued registration: 1 is next. One query."""
    ahead = Registration.objects.queued().filter(
        session=registration.session_id, pk__lte=registration.pk
    )
    return ahead.count()
