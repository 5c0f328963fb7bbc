"""Asking for a place in a session, and giving it back for good."""

from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.models import (
    LearningSession,
    Registration,
    RegistrationSource,
    RegistrationState,
)
from learning.places import mails as place_mails
from learning.places.waitlist import fill_free_seats, lock
from partners.models import Membership, Organisation, User, moment_in_words
from partners.patience import patient


class Situation(StrEnum):
    """What one person can do about one session now."""

    DRAFT = "draft"
    CANCELLED = "cancelled"
    PAST = "past"
    SEATED = "seated"
    QUEUED = "queued"
    LEAVING = "leaving"
    NOT_YET = "not_yet"
    CLOSED = "closed"
    FULL = "full"
    FOR_PARTNERS = "for_partners"
    OPEN = "open"


def situation(
    session: LearningSession, registration: Registration | None, now: datetime
) -> Situation:
    """How *session* (with_places) stands to the holder of *registration*, or to a stranger."""
    if session.cancelled_at is not None:
        return Situation.CANCELLED
    if session.ends_at <= now:
        return Situation.PAST
    if registration is not None and registration.may_be_taken_again(now):
        return Situation.LEAVING
    if registration is not None and not registration.is_leaving:
        seated = registration.state == RegistrationState.CONFIRMED
        return Situation.SEATED if seated else Situation.QUEUED
    if session.published_at is None:
        return Situation.DRAFT
    return _for_a_stranger(session, now)


def _for_a_stranger(session: LearningSession, now: datetime) -> Situation:
    if not session.takes_registrations(now):
        return Situation.NOT_YET if session.awaits_registration(now) else Situation.CLOSED
    full = session.seats_left == 0
    return Situation.FULL if full else Situation.OPEN


@patient
@transaction.atomic
def register(
    session: LearningSession, person: User, *, by: User, organisation: Organisation | None = None
) -> Registration:
    """Put *person* in the queue of *session*, and on a seat at once if one is free.

    A second call for the same person returns the standing registration and writes no letter; one
    that they are just leaving is theirs again.
    *organisation* is whom the person comes for; who acts for one or none may leave it out.
    Without a seat, what is returned knows its place_in_queue.

    Raises ValidationError: "closed" outside the registration window, "organisation" when it is
    not the person's or must be chosen, "busy" when the session's row could not be locked.
    """
    organisation_id = _organisation_id(person, organisation)
    session = lock(session, person)
    now = timezone.now()
    if session.own_state:
        standing = Registration.objects.standing().with_place_in_queue()
        place = standing.get(session=session, person=person)
        if not place.is_leaving or place.may_be_taken_again(now):
            return keep(place)
        withdraw(place, by=place.withdrawn_by or by)  # the time to think again is over
        session = lock(session, person)
    if not session.takes_registrations(now):
        raise ValidationError(why_closed(session, now), code="closed")
    registration = Registration.objects.create(
        session=session,
        person=person,
        organisation_id=organisation_id,
        created_by=by,
        source=_source(person, by),
    )
    seated = 0 if session.seats_left == 0 else fill_free_seats(session, now, registration)
    if registration.state == RegistrationState.CONFIRMED:
        return registration
    registration.place_in_queue = session.queued_count + 1 - seated
    place_mails.place_in_queue(registration)
    return registration


def keep(place: Registration) -> Registration:
    """Let a standing *place* be left no longer. Its session is locked in this transaction."""
    if place.is_leaving:
        place.leaves_at = place.withdrawn_by = None
        place.save(update_fields=["leaves_at", "withdrawn_by"])
    return place


@patient
@transaction.atomic
def withdraw(registration: Registration, *, by: User) -> Registration:
    """Give the place back for good; a free seat goes to the first in the queue.

    A second call changes nothing and writes no letter.

    Raises ValidationError ("begun") when the session has begun or was cancelled.
    """
    session = lock(registration.session)
    registration.refresh_from_db()
    if registration.state == RegistrationState.WITHDRAWN:
        return registration
    now = timezone.now()
    if session.cancelled_at is not None or session.starts_at <= now:
        raise ValidationError(
            _("The session has begun or is cancelled, so the place cannot be given back now."),
            code="begun",
        )
    give_up(registration, session, now, by=by)
    return registration


def give_up(
    registration: Registration, session: LearningSession, now: datetime, *, by: User
) -> None:
    """End a standing place in *session*, which is locked in this transaction, and tell of it.

    Of a session that is cancelled everybody has had a letter already.
    """
    had_a_seat = registration.state == RegistrationState.CONFIRMED
    registration.state = RegistrationState.WITHDRAWN
    registration.withdrawn_at, registration.withdrawn_by = now, by
    registration.leaves_at = None
    registration.save(update_fields=["state", "leaves_at", "withdrawn_at", "withdrawn_by"])
    if session.cancelled_at is None:
        has_queue = bool(session.queued_count)
        place_mails.place_given_back(
            registration, had_a_seat=had_a_seat, has_queue=has_queue, by=by
        )
    fill_free_seats(session, now)


def why_closed(session: LearningSession, now: datetime) -> str:
    """The sentence for a reader who cannot register for *session*."""
    if session.cancelled_at is not None:
        return _("The session is cancelled.")
    if session.awaits_registration(now):
        return _("Registration opens on %(moment)s.") % {
            "moment": moment_in_words(session.registration_opens_at)
        }
    return _(
        "Registration closed on %(moment)s. Write to %(contact)s if you still want to come."
    ) % {
        "moment": moment_in_words(session.registration_ends_at),
        "contact": session.lead or settings.CONTACT_NAME,
    }


def _organisation_id(person: User, chosen: Organisation | None) -> int | None:
    """Whom *person* comes for. Raises ValidationError ("organisation"). One query."""
    own = Membership.objects.organisation_ids_of(person)
    if chosen is None:
        if len(own) > 1:
            raise ValidationError(
                _("Choose which organisation you represent at the session."), code="organisation"
            )
        return own[0] if own else None
    if chosen.pk not in own:
        raise ValidationError(
            _("%(person)s does not represent %(organisation)s.")
            % {"person": person, "organisation": chosen},
            code="organisation",
        )
    return chosen.pk


def _source(person: User, by: User) -> RegistrationSource:
    if person == by:
        return RegistrationSource.SELF
    return RegistrationSource.LEAD if by.is_staff_of_portal else RegistrationSource.COLLEAGUE
