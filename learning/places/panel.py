"""The seat panel: where one reader stands with one session, and what they can do about it."""

from dataclasses import dataclass

from django.utils import timezone

from learning.models import LearningSession, Registration
from learning.places.forms import RegisterForm
from learning.places.registration import Situation, situation, why_closed
from partners.models import Organisation, User
from partners.permissions import Asker


@dataclass(frozen=True)
class SeatPanel:
    """What the seat panel shows one reader of one session."""

    situation: Situation
    place: Registration | None = None
    place_in_queue: int = 0
    form: RegisterForm | None = None
    why_closed: str = ""
    may_give_back: bool = False
    may_bring: bool = False


def seat_panel(
    user: Asker, session: LearningSession, form: RegisterForm | None = None
) -> SeatPanel:
    """Look up what *user* can do about *session*, with_places(user). One query at most."""
    now, place = timezone.now(), None
    if session.own_state:
        places = Registration.objects.standing().filter(session=session, person=user.pk)
        places = places.select_related("organisation").only("state", "organisation__name")
        place = places.with_place_in_queue().first()
    state = situation(session, place, now)
    takes = state in {Situation.OPEN, Situation.FULL}
    if takes and form is None and isinstance(user, User):
        form = RegisterForm(list(Organisation.objects.of(user)))
    return SeatPanel(
        situation=state,
        place=place,
        place_in_queue=getattr(place, "place_in_queue", 0),
        form=form,
        why_closed=why_closed(session, now) if state == Situation.CLOSED else "",
        may_give_back=place is not None and session.is_live and now < session.starts_at,
        may_bring=isinstance(user, User) and session.takes_registrations(now),
    )
