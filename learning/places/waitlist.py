"""The queue of a session: the one place where somebody gets a seat."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from learning.models import LearningSession, Registration, RegistrationState
from learning.places import mails as place_mails
from partners.models import User
from partners.post import texts

# In SQL: the others wait for it, and building it from querysets takes longer than running it.
_HOLD = "SELECT FROM learning_learningsession WHERE id = %s FOR NO KEY UPDATE"
_SEAT_THE_FIRST = """
    UPDATE learning_registration SET state = 'confirmed', seated_at = %(now)s
    WHERE leaves_at IS NULL AND id IN (
        SELECT id FROM learning_registration
        WHERE session_id = %(session)s AND state = 'queued'
        ORDER BY id
        LIMIT CASE WHEN %(capacity)s::int IS NOT NULL THEN greatest(0, %(capacity)s::int - (
            SELECT count(*) FROM learning_registration
            WHERE session_id = %(session)s AND state = 'confirmed'
        )) END
    )
    RETURNING id
"""


def lock(session: LearningSession, reader: User | None = None) -> LearningSession:
    """Hold *session* until the transaction ends; return it as it is now, with_places(reader).

    Everything that changes its seats takes this lock first. Readers and foreign keys do not wait.
    Two queries, for a count made by the one that waits would be as old as the wait.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [session.pk])
    return LearningSession.objects.one_with_places(session.pk, reader)


def lock_all(sessions: Iterable[LearningSession]) -> None:
    """Hold all these *sessions* until the transaction ends; always in one order. One query."""
    pks = [session.pk for session in sessions]
    held = LearningSession.objects.select_for_update(no_key=True).filter(pk__in=pks)
    list(held.order_by("pk").values_list("pk"))


def fill_free_seats(
    session: LearningSession, now: datetime, newcomer: Registration | None = None
) -> int:
    """Give every free seat to the first in the queue at *now*, and tell those who got one.

    Returns how many of those who stood in it before *newcomer*, who knows their state afterwards.

    Beside seat_as_held the only code that seats. *session* is locked in this transaction. Nobody is
    seated in one that is cancelled, not published or begun. *newcomer* is told that they have a
    seat, the others that their turn came. *now* was read under the lock, once for all that the
    operation decides: a session cannot begin between two of its decisions. The turn of somebody who
    is just leaving the queue is kept until that is decided, so that nobody passes them.
    """
    if not session.is_live or now >= session.starts_at:
        return 0
    chosen = _seat_the_first(session, now)
    if newcomer is not None and newcomer.pk in chosen:
        chosen.remove(newcomer.pk)
        newcomer.state, newcomer.seated_at = RegistrationState.CONFIRMED, now
        place_mails.seat_confirmed(newcomer)
    if chosen:
        seated = session.registrations.filter(pk__in=chosen).select_related("person", "created_by")
        with texts.read_once():
            for place in seated.order_by("pk"):
                place_mails.seat_from_queue(place)
    return len(chosen)


def _seat_the_first(session: LearningSession, now: datetime) -> set[int]:
    with connection.cursor() as cursor:
        told = {"session": session.pk, "capacity": session.capacity, "now": now}
        cursor.execute(_SEAT_THE_FIRST, told)
        return {pk for (pk,) in cursor.fetchall()}


def seat_as_held(places: Iterable[Registration]) -> list[Registration]:
    """Write down seats somebody had at sessions that a list tells of; nobody gets a letter.

    What was, was: the capacity does not matter. Their sessions are locked or made in this
    transaction.
    """
    seated = list(places)
    for place in seated:
        place.state, place.seated_at = RegistrationState.CONFIRMED, place.session.starts_at
    return Registration.objects.bulk_create(seated)
