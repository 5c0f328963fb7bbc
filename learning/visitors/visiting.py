"""A visitor comes to a session that is open to everybody: asks, and says yes by mail."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.models import LearningSession, Registration, SessionAudience, VisitorRequest
from learning.places import registration
from learning.visitors import mails
from partners import patience
from partners.models import Organisation, User
from partners.patience import patient
from partners.people.membership import person_with
from partners.post import tokens

LASTS = timedelta(hours=24)  # of the link, and of what is kept of who asked


@patient
@transaction.atomic
def ask(
    session: LearningSession, name: str, email: str, *, organisation: str, language: str
) -> VisitorRequest:
    """Keep that somebody asks for a seat, and mail *email* a link.

    Whether anybody here has the address is not looked up. A second click writes nothing more.
    Raises ValidationError ("closed") when the session takes no visitors now, and "busy".
    """
    _refuse_unless_open(session, timezone.now())
    patience.take_turn(f"visitor:{session.pk}:{email}")
    said = {"session": session, "name": name, "email": email, "organisation": organisation}
    same = patience.made_just_now(VisitorRequest.objects.filter(**said, confirmed_at=None))
    if same is not None:
        return same
    token, token_hash = tokens.new()
    asked = VisitorRequest.objects.create(**said, language=language, token_hash=token_hash)
    mails.confirm_visit(asked, token, expires_at=timezone.now() + LASTS)
    return asked


def asked_by(token: str) -> VisitorRequest | None:
    """What a mailed link is about, confirmed or not; None if nothing is, or not any more.

    One query.
    """
    since = timezone.now() - LASTS
    found = VisitorRequest.objects.filter(token_hash=tokens.hash_of(token), created_at__gt=since)
    return found.select_related("session", "registration").first()


@patient
@transaction.atomic
def confirm(asked: VisitorRequest) -> Registration:
    """Let the owner of the address come: on a seat, or in the queue, with the letters of all.

    Whoever has the address is the one who comes, by the name they have here; somebody new is made
    known by the name that was typed, and acts for nobody. A second call changes nothing.

    Locks the row, then the session. Raises ValidationError as registration.register, and "over"
    when the link is too old or the person may no longer log in.
    """
    held = VisitorRequest.objects.select_for_update(no_key=True, of=("self",))
    asked = held.select_related("session", "registration").filter(pk=asked.pk).first() or asked
    if asked.registration is not None:
        return asked.registration
    now = timezone.now()
    if asked.created_at <= now - LASTS:
        raise ValidationError(_("The link is too old. Register again."), code="over")
    _refuse_unless_open(asked.session, now)
    person = _person(asked)
    if not person.is_active:
        raise ValidationError(_("The link is too old. Register again."), code="over")
    place = registration.register(
        asked.session,
        person,
        by=person,
        organisation=Organisation.objects.of(person).in_order().first(),
    )
    _note_organisation(place, asked.organisation)
    asked.registration, asked.confirmed_at = place, now
    asked.save(update_fields=["registration", "confirmed_at"])
    return place


def forget(now: datetime) -> int:
    """Delete what is kept of those who asked, when their links are too old; return how many.

    Whoever said yes has a place by then. Safe to repeat.
    """
    with transaction.atomic():
        old = VisitorRequest.objects.filter(created_at__lte=now - LASTS)
        gone = list(old.select_for_update(skip_locked=True))
        mails.forget(gone)
        VisitorRequest.objects.filter(pk__in=[asked.pk for asked in gone]).delete()
    return len(gone)


def _refuse_unless_open(session: LearningSession, now: datetime) -> None:
    if session.audience != SessionAudience.PUBLIC or not session.takes_registrations(now):
        raise ValidationError(registration.why_closed(session, now), code="closed")


def _person(asked: VisitorRequest) -> User:
    is_new = not User.objects.with_address(asked.email).exists()
    person = person_with(asked.email, asked.name)
    if is_new and person.language != asked.language:
        person.language = asked.language
        person.save(update_fields=["language"])
    return person


def _note_organisation(place: Registration, typed: str) -> None:
    """Where the portal knows of no organisation, the lead reads the one they wrote."""
    if typed and place.organisation_id is None:
        place.typed_organisation = typed
        place.save(update_fields=["typed_organisation"])
