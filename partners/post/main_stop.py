"""The one stop for all letters of the portal: pulled, and lifted. Login codes leave all the same.

It touches no letter: they wait. Single letters are stopped in `stopping`.
"""

from django.db import transaction
from django.utils import timezone

from partners import patience
from partners.models import PostStop, User
from partners.patience import patient

_TURN = "partners.post.main_stop"


def standing() -> PostStop | None:
    """The stop that holds all letters now, with who made it. One query."""
    return PostStop.objects.standing().select_related("stopped_by").first()


def is_on() -> bool:
    """Whether letters are held now. One query."""
    return PostStop.objects.standing().exists()


@patient
@transaction.atomic
def stop(why: str, *, by: User) -> bool:
    """Let nothing but codes leave; False if that was so already. Raises ValidationError ("busy").

    What a sender has in hand at this moment leaves, one letter for each: they look for a stop as
    they take the next one.
    """
    patience.take_turn(_TURN)
    if is_on():
        return False
    PostStop.objects.create(stopped_at=timezone.now(), stopped_by=by, why=why)
    return True


@patient
@transaction.atomic
def lift(*, by: User) -> bool:
    """Let letters leave again; False if they were not held. Raises ValidationError ("busy")."""
    patience.take_turn(_TURN)
    held = PostStop.objects.standing()
    return bool(held.update(lifted_at=timezone.now(), lifted_by=by))
