"""The queue of a session: the only code that gives somebody a seat."""

from django.db import transaction
from django.utils import timezone

from learning import place_mails
from learning.models import LearningSession, Registration, RegistrationState
from partners.models import User


def lock(session: LearningSession, reader: User | None = None) -> LearningSession:
    """Hold *session* until the transaction ends; return it as it is now, with_places(reader).

    Everything that changes its seats takes this lock first. Readers and foreign keys do not wait.
    Two queries, for a count made by the one that waits would be as old as the wait.
    """
    held = LearningSession.objects.select_for_update(no_key=True).filter(pk=session.pk)
    held.values_list("pk").get()
    return LearningSession.objects.with_places(reader).get(pk=session.pk)


def enter(session: LearningSession, place: Registration) -> None:
    """Keep the new *place* in *session*, which lock returned just now, and tell its person.

    It is a seat if one is free when everybody before it has had their turn, and otherwise the
    last place in the queue, which it then knows (place_in_queue).
    """
    if session.queued_count and session.seats_left != 0:
        fill_free_seats(session)
        session = lock(session)
    if session.seats_left == 0:
        place.save(force_insert=True)
        place.place_in_queue = session.queued_count + 1
        place_mails.place_in_queue(place)
    else:
        place.state, place.seated_at = RegistrationState.CONFIRMED, timezone.now()
        place.save(force_insert=True)
        place_mails.seat_confirmed(place)


@transaction.atomic(savepoint=False)
def fill_free_seats(session: LearningSession) -> list[Registration]:
    """Give every free seat to the first in the queue, and tell those who got one.

    Nobody is seated in a session that is cancelled, not published or begun.
    """
    session = lock(session)
    now = timezone.now()
    if not session.is_live or now >= session.starts_at:
        return []
    queue = session.registrations.queued().select_related("person", "session", "created_by")
    seated = list(queue[: session.seats_left])
    session.registrations.filter(pk__in=[place.pk for place in seated]).update(
        state=RegistrationState.CONFIRMED, seated_at=now
    )
    for place in seated:
        place.state, place.seated_at = RegistrationState.CONFIRMED, now
        place_mails.seat_from_queue(place)
    return seated
