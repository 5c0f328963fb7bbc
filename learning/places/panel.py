"""The seat panel: where one reader stands with one session, and what they can do about it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learning.models import LearningSession, Registration, RegistrationState, SessionAudience
from learning.places.forms import RegisterForm, VisitorForm
from learning.places.leaving import may_be_undone
from learning.places.registration import Situation, situation, why_closed
from partners.models import Organisation, User, moment_in_words
from partners.permissions import Asker, acts_for_a_partner, is_staff_of_portal
from partners.post.letters import first_name_of


@dataclass(frozen=True)
class SeatPanel:
    """What the seat panel shows one reader of one session."""

    situation: Situation
    heading: str
    text: str
    place: Registration | None = None
    form: RegisterForm | VisitorForm | None = None
    may_give_back: bool = False
    may_bring: bool = False
    sees_colleagues: bool = False  # those who have a place, to give theirs back


HEADINGS: dict[Situation, str | Promise] = {
    Situation.DRAFT: gettext_lazy("Draft"),
    Situation.CANCELLED: gettext_lazy("The session is cancelled"),
    Situation.PAST: gettext_lazy("The session is over"),
    Situation.SEATED: gettext_lazy("You have a seat"),
    Situation.QUEUED: gettext_lazy("You are in the queue, place %(n)s"),
    Situation.LEAVING: gettext_lazy("Your place is cancelled"),
    Situation.NOT_YET: gettext_lazy("Registration is not open yet"),
    Situation.CLOSED: gettext_lazy("Registration is closed"),
    Situation.FULL: gettext_lazy("The session is fully booked"),
    Situation.OPEN: gettext_lazy("Do you want to come?"),
    Situation.FOR_PARTNERS: gettext_lazy("The session is for the partners"),
}


def seat_panel(
    user: Asker, session: LearningSession, form: RegisterForm | None = None
) -> SeatPanel:
    """Look up what *user* can do about *session*, with_places(user). One query at most."""
    now, place = timezone.now(), _own_place(user, session)
    state = situation(session, place, now)
    takes = state in {Situation.OPEN, Situation.FULL}
    acts = _acts(user, state, place)
    if takes and isinstance(user, User):
        own = list(Organisation.objects.of(user))
        form, acts = form or RegisterForm(own), any(each.is_partner for each in own)
        state = state if _is_for(user, session, acts) else Situation.FOR_PARTNERS
    is_for, is_coming = _is_for(user, session, acts), session.is_coming(now)
    return SeatPanel(
        situation=state,
        heading=_heading(state, place),
        text=TEXTS[state](session, place),
        place=place,
        form=form or (visitor_form() if takes else None),
        may_give_back=is_coming and state in {Situation.SEATED, Situation.QUEUED},
        may_bring=is_for and session.takes_registrations(now),
        sees_colleagues=is_for and is_coming and not is_staff_of_portal(user),
    )


def _own_place(user: Asker, session: LearningSession) -> Registration | None:
    if not session.own_state or not isinstance(user, User):
        return None
    return Registration.objects.held_by(user, session)


def visitor_form(said: QueryDict | None = None) -> VisitorForm:
    """What a visitor to an open session fills in."""
    return VisitorForm(said)


def _heading(state: Situation, place: Registration | None) -> str:
    is_queued = place is not None and place.state == RegistrationState.QUEUED
    if state is Situation.LEAVING and is_queued:
        return _("You have left the queue")
    return str(HEADINGS[state]) % {"n": getattr(place, "place_in_queue", 0)}


def _acts(user: Asker, state: Situation, place: Registration | None) -> bool:
    """Whether *user* acts for a partner, where the session takes nobody new. One query at most."""
    if state is Situation.CLOSED:
        return acts_for_a_partner(user)
    return place is not None and place.its_person_acts


def _is_for(user: Asker, session: LearningSession, acts: bool) -> bool:
    """As may_register, of a reader of whom is known whether they act for a partner."""
    is_open = session.audience == SessionAudience.PUBLIC
    return isinstance(user, User) and (is_open or acts or user.is_staff_of_portal)


def _nothing_more(session: LearningSession, place: Registration | None) -> str:
    return ""


def _why_cancelled(session: LearningSession, place: Registration | None) -> str:
    return session.cancelled_because


def _only_staff_see_it(session: LearningSession, place: Registration | None) -> str:
    return _("Only the project sees the session until it is published.")


def _for_whom(session: LearningSession, place: Registration | None) -> str:
    where = _("The calendar file is in your e-mail.")
    if place is None or not place.organisation_name:
        return where
    return " ".join([_("You represent %(name)s.") % {"name": place.organisation_name}, where])


def _how_one_hears(session: LearningSession, place: Registration | None) -> str:
    return _("We write at once if you get a seat. You need not answer then.")


def _when_it_opens(session: LearningSession, place: Registration | None) -> str:
    return _("It opens on %(when)s.") % {"when": moment_in_words(session.registration_opens_at)}


def _when_it_closed(session: LearningSession, place: Registration | None) -> str:
    return why_closed(session, timezone.now())


def _how_many_wait(session: LearningSession, place: Registration | None) -> str:
    if not session.queued_count:
        return _("Nobody is in the queue. Seats given back go to the first in the queue.")
    return ngettext(
        "One person is in the queue. Seats given back go to the first in the queue.",
        "%(n)s people are in the queue. Seats given back go to the first in the queue.",
        session.queued_count,
    ) % {"n": session.queued_count}


def _how_many_fit(session: LearningSession, place: Registration | None) -> str:
    left = session.seats_left
    if left is None:
        return _("There is room for everybody.")
    return ngettext("One seat left.", "%(n)s seats left.", left) % {"n": left}


def _why_not_for_you(session: LearningSession, place: Registration | None) -> str:
    return _("You act for no partner now, so you cannot ask for a seat.")


TEXTS: dict[Situation, Callable[[LearningSession, Registration | None], str]] = {
    Situation.DRAFT: _only_staff_see_it,
    Situation.CANCELLED: _why_cancelled,
    Situation.PAST: _nothing_more,
    Situation.SEATED: _for_whom,
    Situation.QUEUED: _how_one_hears,
    Situation.LEAVING: _nothing_more,
    Situation.NOT_YET: _when_it_opens,
    Situation.CLOSED: _when_it_closed,
    Situation.FULL: _how_many_wait,
    Situation.OPEN: _how_many_fit,
    Situation.FOR_PARTNERS: _why_not_for_you,
}


def leaving_page(place: Registration, reader: User) -> dict[str, object]:
    """What the page about leaving *place* shows *reader*, before and after. One query."""
    session, now = place.session, timezone.now()
    queued = Registration.objects.queued().filter(session=session, leaves_at=None)
    is_over = place.is_leaving or place.state == RegistrationState.WITHDRAWN
    return {
        "place": place,
        "session": session,
        "has_queue": queued.exists(),
        "is_final": not may_be_undone(session, now),
        "first_name": first_name_of(str(place.person)),
        "page_title": what_is_left(place, reader) if is_over else _what_to_leave(place, reader),
    }


def _what_to_leave(place: Registration, reader: User) -> str:
    is_own, is_queued = place.person_id == reader.pk, place.state == RegistrationState.QUEUED
    if is_queued:
        text = _("Leave the queue?") if is_own else _("Take %(person)s out of the queue?")
    else:
        text = _("Cancel your place?") if is_own else _("Cancel the place of %(person)s?")
    return text % {"person": place.person}


def what_is_left(place: Registration, reader: User) -> str:
    """What has become of a *place* that was given back, in a sentence."""
    is_own = place.person_id == reader.pk
    if place.seated_at is None and place.state != RegistrationState.CONFIRMED:
        text = _("You have left the queue") if is_own else _("%(person)s has left the queue")
    else:
        text = _("Your place is cancelled") if is_own else _("The place of %(person)s is cancelled")
    return text % {"person": place.person}


def what_is_kept(place: Registration) -> str:
    """What its person reads who has thought again, in a sentence."""
    if place.state == RegistrationState.QUEUED:
        return _("You are still in the queue")
    return _("You still have your place")
