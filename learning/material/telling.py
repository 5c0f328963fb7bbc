"""New material is told of, once, to those whom it concerns: if whoever leads the session wishes."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.models import (
    LearningSession,
    MaterialTelling,
    SessionReminderLetter,
    SessionReminderRun,
    SessionReminderWhom,
)
from learning.places.waitlist import lock
from learning.reminders import mails, putting
from learning.reminders.mails import Reader
from learning.reminders.putting import Reached
from partners.models import Message, MessageState, User
from partners.patience import made_just_now, patient
from partners.post import outbox


@dataclass(frozen=True)
class Standing:
    """What can be told of the material of a session, and what has been told of it last."""

    is_after: bool  # it is over: those who were there are told
    is_live: bool
    is_noted: bool  # somebody has noted who was there
    new: int  # pieces of material since the last time
    readers: int  # whom it would be told to
    latest: MaterialTelling | None
    waiting: int  # letters of the latest
    gone: int  # of the latest, that have left

    @property
    def may_tell(self) -> bool:
        known = self.is_noted or not self.is_after
        return self.is_live and known and self.new > 0 and self.readers > 0


@patient
@transaction.atomic
def tell(session: LearningSession, *, by: User) -> MaterialTelling:
    """Let those who were at *session* be told of what is new since the last time; one letter each.

    Before it is over it is those who have a seat. Whoever was told of all of it, by a reminder or
    by somebody, gets nothing. The letters wait for their readers' hour. A second click within two
    minutes gets the first one back. Locks the session. Raises ValidationError ("not_live",
    "not_noted", "nothing", "nobody", "busy").
    """
    session = lock(session)
    now = timezone.now()
    again = made_just_now(session.tellings.standing().filter(created_by=by))
    if again is not None:
        return again
    _refuse_unless_open(session, now)
    if not _new(session):
        raise ValidationError(_("Nothing is new since it was told last."), code="nothing")
    people = _people(session, now)
    if not people:
        raise ValidationError(_("There is nobody to tell who does not know it."), code="nobody")
    telling = session.tellings.create(is_after=_is_over(session, now), created_by=by)
    prefix = mails.telling_prefix(telling)
    readers = [Reader(f"{prefix}{one.person.pk}", one.person, one.place) for one in people]
    mails.session_material(session, readers, whom=_whom(session, now), now=now)
    return telling


@patient
@transaction.atomic
def take_back(session: LearningSession, *, by: User) -> int:
    """Stop the letters of what was told last that have not left; return how many.

    Locks the session. Raises ValidationError ("left") when none waits any more, and "busy".
    """
    session = lock(session)
    telling = session.tellings.standing().order_by("-pk").first()
    stopped = 0 if telling is None else outbox.drop(mails.telling_prefix(telling))
    if telling is None or not stopped:
        raise ValidationError(_("It is too late: no e-mail waits any more."), code="left")
    telling.taken_back_at, telling.taken_back_by = timezone.now(), by
    telling.save(update_fields=["taken_back_at", "taken_back_by"])
    return stopped


def drop_untrue(session: LearningSession) -> None:
    """Stop what waits to be told of material of *session*, which is locked, and is gone.

    All of it when none is left, and what tells of nothing that is still there.
    """
    if not session.materials.exists():
        outbox.drop(mails.material_prefix(session))
        return
    for telling in session.tellings.standing():
        before = _last_told(session, before=telling)
        told = session.materials.filter(created_at__lte=telling.created_at)
        if not (told.filter(created_at__gt=before) if before else told).exists():
            outbox.drop(mails.telling_prefix(telling))


def standing(session: LearningSession, now: datetime) -> Standing:
    """What can be told of the material of *session* at *now*. Seven queries at most."""
    latest = session.tellings.standing().select_related("created_by").order_by("-pk").first()
    letters = {"waiting": 0, "gone": 0}
    if latest is not None:
        left = Q(state__in=[MessageState.SENT, MessageState.BOUNCED]) | Q(
            state=MessageState.SKIPPED, gathered_in__isnull=False
        )
        waits = Q(state__in=[MessageState.WAITING, MessageState.STOPPED])
        written = Message.objects.filter(key__startswith=mails.telling_prefix(latest))
        letters = written.aggregate(
            waiting=Count("pk", filter=waits), gone=Count("pk", filter=left)
        )
    new = _new(session)
    return Standing(
        is_after=_is_over(session, now),
        is_live=session.is_live,
        is_noted=session.attendance_taken_at is not None,
        new=new,
        readers=len(_people(session, now)) if new else 0,
        latest=latest,
        **letters,
    )


def _refuse_unless_open(session: LearningSession, now: datetime) -> None:
    if not session.is_live:
        text = _("Nobody is told of material of a draft or of a cancelled session.")
        raise ValidationError(text, code="not_live")
    if _is_over(session, now) and session.attendance_taken_at is None:
        text = _("Note attendance first: only those who were there are told.")
        raise ValidationError(text, code="not_noted")


def _is_over(session: LearningSession, now: datetime) -> bool:
    return session.ends_at <= now


def _whom(session: LearningSession, now: datetime) -> str:
    is_over = _is_over(session, now)
    return SessionReminderWhom.ATTENDED if is_over else SessionReminderWhom.CONFIRMED


def _people(session: LearningSession, now: datetime) -> list[Reached]:
    """Whom it is told to: those of them who do not know all of it. Three queries."""
    told = mails.told_of_material(session)
    reached = putting.reached_by(_whom(session, now), session)
    return [one for one in reached if one.person.pk not in told]


def _new(session: LearningSession) -> int:
    """How many pieces of material came since it was told last. Three queries."""
    last = _last_told(session)
    return (session.materials.filter(created_at__gt=last) if last else session.materials).count()


def _last_told(session: LearningSession, before: MaterialTelling | None = None) -> datetime | None:
    """When the material was told of last, by somebody or by a reminder; None: never."""
    tellings = session.tellings.standing()
    runs = SessionReminderRun.objects.done().filter(
        session=session, rule__letter=SessionReminderLetter.MATERIAL
    )
    if before is not None:
        tellings = tellings.filter(pk__lt=before.pk)
        runs = runs.filter(noted_at__lt=before.created_at)
    moments = [
        tellings.aggregate(at=Max("created_at"))["at"],
        runs.aggregate(at=Max("noted_at"))["at"],
    ]
    return max((at for at in moments if at is not None), default=None)
