"""After a session those who attended are asked how it was; their answers are kept here."""

import contextlib
import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from learning import mails
from learning.models import (
    Attendance,
    BarrierObservation,
    Intention,
    IntentionSharing,
    IntentionStatus,
    LearningSession,
    Registration,
    RegistrationSource,
    SurveyAnswer,
    SurveyInvitation,
)
from partners import tokens

log = logging.getLogger(__name__)

ASK_AFTER = timedelta(hours=1)  # after the end
WINDOW = timedelta(days=14)  # after the end: attendance noted later is not asked about
OPEN_FOR = timedelta(days=14)  # after the invitation


@dataclass(frozen=True)
class Answers:
    """What somebody wrote in the survey."""

    usefulness: str
    safety: str
    when_text: str = ""
    then_text: str = ""
    due_on: date | None = None
    sharing: str = IntentionSharing.ORGANISATION
    barriers: tuple[str, ...] = ()  # kinds of barrier
    barrier_text: str = ""


def ask(now: datetime) -> int:
    """Invite those who attended sessions that ended an hour ago or more; return how many.

    Everybody once. Safe to repeat, and by two at a time. One query when nobody is due.
    """
    return sum(_invite(attendance, now) for attendance in _to_ask(now))


def _to_ask(now: datetime) -> list[Attendance]:
    """Who was there and has not been asked, the earliest session first."""
    asked = SurveyInvitation.objects.filter(session=OuterRef("session"), person=OuterRef("person"))
    # A list is history: whoever stands on it was not registered here and waits for no letter.
    listed = Registration.objects.filter(session=OuterRef("pk"), source=RegistrationSource.IMPORT)
    ended = LearningSession.objects.live().filter(
        ~Exists(listed), ends_at__lte=now - ASK_AFTER, ends_at__gt=now - WINDOW
    )
    return list(
        Attendance.objects.present()
        .filter(~Exists(asked), session__in=ended)
        .filter(person__email__isnull=False, person__is_active=True)
        .select_related("session", "person", "organisation")
        .order_by("session__ends_at", "pk")[:500]
    )


def _invite(attendance: Attendance, now: datetime) -> int:
    token, token_hash = tokens.new()
    try:
        with transaction.atomic():
            invitation, is_new = SurveyInvitation.objects.get_or_create(
                session=attendance.session,
                person=attendance.person,
                defaults={
                    "organisation": attendance.organisation,
                    "token_hash": token_hash,
                    "closes_at": now + OPEN_FOR,
                },
            )
            if is_new:
                mails.survey_invitation(invitation, token)
    except Exception:  # one person's letter must not cost the others theirs
        log.exception("no survey for attendance %s", attendance.pk)
        return 0
    return int(is_new)


def find(token: str) -> SurveyInvitation | None:
    """Return the invitation that *token* opens, or None. One query."""
    return (
        SurveyInvitation.objects.filter(token_hash=tokens.hash_of(token))
        .select_related("session", "person", "organisation", "answer")
        .first()
    )


def is_open(invitation: SurveyInvitation, now: datetime) -> bool:
    return now < invitation.closes_at


@transaction.atomic
def answer(invitation: SurveyInvitation, answers: Answers) -> SurveyInvitation:
    """Keep what somebody answered, in place of what they answered before.

    Locks the invitation. Raises ValidationError ("closed") once the survey has closed.
    """
    now = timezone.now()
    invitation = (
        SurveyInvitation.objects.select_for_update(of=("self",))
        .select_related("session", "person", "organisation")
        .get(pk=invitation.pk)
    )
    if not is_open(invitation, now):
        raise ValidationError(_("This survey has closed."), code="closed")
    SurveyAnswer.objects.update_or_create(
        invitation=invitation,
        defaults={"usefulness": answers.usefulness, "safety": answers.safety},
    )
    _keep_next_step(invitation, answers)
    _keep_barriers(invitation, answers)
    if invitation.completed_at is None:
        invitation.completed_at = now
        invitation.save(update_fields=["completed_at"])
    return invitation


def _keep_next_step(invitation: SurveyInvitation, answers: Answers) -> None:
    """A next step taken back is removed, unless it was begun or a measure grew out of it."""
    occasion: dict[str, Any] = {"session": invitation.session, "person": invitation.person}
    if answers.then_text:
        Intention.objects.update_or_create(
            **occasion,
            defaults={
                "organisation": invitation.organisation,
                "when_text": answers.when_text,
                "then_text": answers.then_text,
                "due_on": answers.due_on,
                "sharing": answers.sharing,
                "updated_by": invitation.person,
            },
        )
    else:
        with contextlib.suppress(ProtectedError):
            Intention.objects.filter(**occasion, status=IntentionStatus.OPEN).delete()


def _keep_barriers(invitation: SurveyInvitation, answers: Answers) -> None:
    occasion: dict[str, Any] = {"session": invitation.session, "person": invitation.person}
    BarrierObservation.objects.filter(**occasion).delete()
    BarrierObservation.objects.bulk_create(
        BarrierObservation(
            **occasion,
            organisation=invitation.organisation,
            type=kind,
            text=answers.barrier_text,
        )
        for kind in answers.barriers
    )
