"""A place that goes to somebody else, who comes instead."""

from django.db import transaction

from learning.models import Registration, RegistrationSource
from learning.places import mails as place_mails
from learning.places.waitlist import lock
from partners.models import User
from partners.patience import patient


@patient
@transaction.atomic
def pass_on(place: Registration, to: User, *, by: User) -> Registration:
    """Let *to* have *place* as it is, on its seat or in the queue; they get a letter.

    Nobody else notices: the seat is not free in between. Links in letters to whoever had it no
    longer open it, and what waits to be written to them about it is not sent. For somebody who has
    no place in the session. Locks the session.
    """
    session = lock(place.session)
    had_it = place.person
    place_mails.forget_place(place, had_it)
    place.links.all().delete()
    place.session, place.person, place.created_by = session, to, by
    place.source = RegistrationSource.COLLEAGUE
    place.told, place.leaves_at, place.withdrawn_by = {}, None, None
    place.save(
        update_fields=["person", "created_by", "source", "told", "leaves_at", "withdrawn_by"]
    )
    place_mails.place_passed_on(place)
    return place
