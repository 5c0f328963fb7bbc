"""Planning a session: create, change, publish, cancel."""

import uuid
from datetime import datetime
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Value
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.models import LearningSession, Series
from learning.places import mails as place_mails
from learning.places.waitlist import fill_free_seats, lock
from partners import patience
from partners.models import SearchKey, User
from partners.patience import patient


class Plan(TypedDict):
    """What somebody says about a session."""

    series: Series | str  # a str is the title of a series; where nothing is called so, it begins
    title_sv: str
    title_en: str
    summary_sv: str
    summary_en: str
    programme_sv: str  # one line a time of day
    programme_en: str
    preparation_sv: str
    preparation_en: str
    directions_sv: str
    directions_en: str
    map_url: str  # https, or ""
    starts_at: datetime
    ends_at: datetime
    mode: str
    venue: str
    meeting_url: str
    audience: str
    capacity: int | None  # None is room for everybody
    registration_opens_at: datetime | None
    registration_closes_at: datetime | None


# A change of these is told to those with a place who know them.
TOLD = ["starts_at", "ends_at", "mode", "venue", "meeting_url"]
# What an entry in a calendar says; a change of it makes the next entry newer than the last.
IN_CALENDARS = [*TOLD, "title_sv", "title_en", "summary_sv", "summary_en"]


@patient
@transaction.atomic
def create(plan: Plan, *, by: User) -> LearningSession:
    """Keep a new session as a draft that only the project sees, led by who made it.

    The same person sending the same plan again within two minutes gets the first one back. Raises
    ValidationError ("busy").
    """
    patience.take_turn(f"session:{by.pk}")
    plan = _with_series(plan)
    again = patience.made_just_now(LearningSession.objects.filter(created_by=by, **plan))
    if again is not None:
        return again
    return LearningSession.objects.create(**plan, lead=by, created_by=by, updated_by=by)


@patient
@transaction.atomic
def save(session: LearningSession, plan: Plan, *, version: int, by: User) -> LearningSession:
    """Keep the changed *plan* of *session*, if nobody else has changed it since *version*.

    Another time or place is told to everybody with a seat or in the queue, with an update of their
    calendars. More seats go to the queue. With fewer seats nobody loses the one they have.

    Saving what is already saved changes nothing, so a second click is no quarrel. Locks the
    session. Raises ValidationError ("changed") when somebody saved something else in between.
    """
    session = lock(session)
    before, after = plan_of(session), _with_series(plan)
    if before == after:
        return session
    if session.version != version:
        raise ValidationError(
            gettext_lazy(
                "%(name)s changed the session while you were writing. Both versions "
                "are below: choose what to keep and save again."
            ),
            code="changed",
            params={"name": session.updated_by or session.created_by},
        )
    for name, value in after.items():
        setattr(session, name, value)
    changed = {name for name, value in after.items() if before[name] != value}  # type: ignore[literal-required]
    session.ical_sequence += not changed.isdisjoint(IN_CALENDARS)
    session.version += 1
    session.updated_by = by
    session.save(update_fields=[*after, "ical_sequence", "version", "updated_by"])
    now = timezone.now()
    if not changed.isdisjoint(TOLD) and session.is_live and session.ends_at > now:
        place_mails.session_moved(session, before=before)
    fill_free_seats(session, now)
    return session


@patient
@transaction.atomic
def publish(session: LearningSession, *, by: User) -> LearningSession:
    """Show a session to the partners. A second call changes nothing.

    Locks the session. Raises ValidationError ("cancelled") for a cancelled session.
    """
    session = lock(session)
    if session.cancelled_at is not None:
        raise ValidationError(_("The session is cancelled."), code="cancelled")
    if session.published_at is None:
        session.published_at = timezone.now()
        session.published_by = by
        session.save(update_fields=["published_at", "published_by"])
    return session


@patient
@transaction.atomic
def cancel(session: LearningSession, *, by: User, text: str = "") -> LearningSession:
    """Call off a session and tell everybody with a place. A second call does nothing.

    *text* is the reason and what there is instead, in the project's own words; it stands in the
    letter and on the page of the session. Locks the session. Raises ValidationError ("past") when
    the session is over.
    """
    session = lock(session)
    if session.cancelled_at is not None:
        return session
    now = timezone.now()
    if session.ends_at <= now:
        raise ValidationError(_("The session is over and cannot be cancelled."), code="past")
    session.cancelled_at = now
    session.cancelled_by = by
    session.ical_sequence += 1
    session.cancelled_because = text
    session.save(
        update_fields=["cancelled_at", "cancelled_by", "cancelled_because", "ical_sequence"]
    )
    if session.published_at is not None:
        place_mails.session_cancelled(session)
    return session


def plan_of(session: LearningSession) -> Plan:
    """The plan of *session* as it is now."""
    said = {name: getattr(session, name) for name in Plan.__annotations__}
    return Plan(**said)  # type: ignore[typeddict-item]  # made of its own names


def _with_series(plan: Plan) -> Plan:
    """*plan* with a series where it names one: the one called so, else a new one.

    Two who begin the same series at the same moment begin one.
    """
    title = plan["series"]
    if isinstance(title, Series):
        return plan
    patience.take_turn("series")
    same = Series.objects.alias(key=SearchKey("title_sv")).filter(key=SearchKey(Value(title)))
    known = same.order_by("pk").first()
    slug = f"{slugify(title)[:60]}-{uuid.uuid4().hex[:6]}"
    return plan | {"series": known or Series.objects.create(title_sv=title, slug=slug)}
