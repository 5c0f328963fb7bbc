"""New material is told of, once, to those whom it concerns: if whoever leads the session wishes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Min
from django.db.models.functions import Coalesce
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
from partners.models import BouncedAddress, Message, MessageState, User
from partners.patience import made_just_now, patient
from partners.post import holding, outbox, quiet

LETTER = "learning/session_material"
_WAITS = [MessageState.WAITING, MessageState.STOPPED]
_LEFT = [MessageState.SENT, MessageState.BOUNCED]


@dataclass(frozen=True)
class Standing:
    """What can be told of the material of a session, and what has been told of it last."""

    is_after: bool  # it is over: those who were there are told
    is_live: bool
    is_noted: bool  # somebody has noted who was there
    new: int  # pieces of material that no letter tells of which has left or waits
    readers: int  # who would get a letter
    unreached: list[User]  # who would not, as e-mails to them come back
    unwilling: int  # who would not, as they have switched it off
    leaves_at: datetime  # when it would leave, at the earliest
    latest: MaterialTelling | None
    waiting: int  # letters of the latest
    gone: int  # of the latest, that have left
    lost: list[User]  # whom those of the latest do not reach

    @property
    def may_tell(self) -> bool:
        known = self.is_noted or not self.is_after
        return self.is_live and known and self.new > 0 and self.readers > 0


@patient
@transaction.atomic
def tell(session: LearningSession, *, by: User) -> MaterialTelling:
    """Let those who were at *session* be told of what is new since the last time; one letter each.

    Before it is over it is those who have a seat. Whoever was told of all of it, by a reminder or
    by somebody, gets nothing; nor whoever has a letter that waits, for it tells of what is there
    when it is read. The letters wait for their readers' hour. A second click within two minutes
    gets the first one back, if nothing has come since. Locks the session. Raises ValidationError
    ("not_live", "not_noted", "nothing", "nobody", "busy").
    """
    session = lock(session)
    now = timezone.now()
    again = made_just_now(session.tellings.standing().filter(created_by=by))
    is_new = _new(session, now) > 0
    if again is not None and not is_new:
        return again
    _refuse_unless_open(session, now)
    if not is_new:
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
    stopped = 0
    if telling is not None:
        stopped = outbox.call_off(mails.telling_prefix(telling), mails.TAKEN_BACK, by=by)
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
        before = _covered_until(session, before=telling)
        if before and not session.materials.filter(created_at__gt=before).exists():
            outbox.drop(mails.telling_prefix(telling))


def standing(session: LearningSession, now: datetime) -> Standing:
    """What can be told of the material of *session* at *now*. Eleven queries at most."""
    latest = (
        session.tellings.standing().select_related("created_by", "session").order_by("-pk").first()
    )
    new = _new(session, now)
    people = [one.person for one in _people(session, now)] if new else []
    unwilling = holding.unwilling(LETTER, [one.pk for one in people]) if people else set()
    willing = [one for one in people if one.pk not in unwilling]
    unreached = _unreached(willing)
    return Standing(
        is_after=_is_over(session, now),
        is_live=session.is_live,
        is_noted=session.attendance_taken_at is not None,
        new=new,
        readers=len(willing) - len(unreached),
        unreached=unreached,
        unwilling=len(unwilling),
        leaves_at=quiet.next_moment(now),
        latest=latest,
        **(_of_latest(latest) if latest else {"waiting": 0, "gone": 0, "lost": []}),
    )


def _of_latest(telling: MaterialTelling) -> dict[str, Any]:
    """How many letters of *telling* wait and have left, and whom the others were for.

    A letter that waits and will not leave, as its reader's address does not work, is no hope.
    """
    letters = Message.objects.filter(key__startswith=mails.telling_prefix(telling))
    rows = list(letters.select_related("recipient").order_by("pk"))
    gone = {one.pk for one in rows if one.state in _LEFT or _went_along(one)}
    hoped = {one.pk for one in _hoped_for([one for one in rows if one.state in _WAITS])}
    lost = [one.recipient for one in rows if one.pk not in gone | hoped]
    return {"waiting": len(hoped), "gone": len(gone), "lost": list(filter(None, lost))}


def _hoped_for(waiting: list[Message]) -> list[Message]:
    """Those of the letters *waiting* whose readers' addresses work."""
    dead = {one.pk for one in _unreached([one.recipient for one in waiting if one.recipient])}
    return [one for one in waiting if one.recipient_id not in dead]


def _went_along(letter: Message) -> bool:
    return letter.state == MessageState.SKIPPED and letter.gathered_in_id is not None


def _unreached(people: Sequence[User]) -> list[User]:
    """Those of *people* to whom e-mails come back. One query, none for nobody."""
    if not people:
        return []
    marks = BouncedAddress.objects.standing().filter(address__in=[one.email for one in people])
    dead = set(marks.values_list("address", flat=True))
    return [one for one in people if one.email in dead]


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


def _new(session: LearningSession, now: datetime) -> int:
    """How many pieces of material no letter tells of that has left or waits. Four queries."""
    last = _covered_until(session, now=now)
    return (session.materials.filter(created_at__gt=last) if last else session.materials).count()


def _covered_until(
    session: LearningSession,
    *,
    now: datetime | None = None,
    before: MaterialTelling | None = None,
) -> datetime | None:
    """Until when material came that was told of, by somebody or by a reminder; None: of none.

    Letters say that it is on the session's page, so they tell of what came before the first of
    them left; and of all there is *now*, as long as none has. Of what was told *before* a telling,
    if one is meant, only what has left counts.
    """
    last = _last_told(session, before=before)
    if last is None:
        return None
    letters = mails.letters_of_material(session)
    if before is not None:
        letters = letters.filter(created_at__lt=before.created_at)
    left_at = Coalesce("gathered_in__sent_at", "sent_at")
    left = letters.annotate(left_at=left_at).filter(left_at__gte=last)
    first: datetime | None = left.aggregate(at=Min("left_at"))["at"]
    if first is not None:
        return first
    waits = now is not None and letters.filter(state=MessageState.WAITING).exists()
    return now if waits else last


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
