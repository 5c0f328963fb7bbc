"""After a session those who attended are asked how it was; their answers are kept here."""

import contextlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.models import (
    BarrierObservation,
    Intention,
    IntentionSharing,
    IntentionStatus,
    SurveyAnswer,
    SurveyInvitation,
)
from learning.surveys import tallying
from partners.models import User
from partners.patience import patient
from partners.post import tokens


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


def find(token: str) -> SurveyInvitation | None:
    """Return the invitation that *token* opens, or None. One query."""
    return (
        SurveyInvitation.objects.filter(token_hash=tokens.hash_of(token))
        .select_related("session", "person", "organisation", "answer")
        .first()
    )


def own(person: User, session_id: int) -> SurveyInvitation | None:
    """Return the invitation of *person* to say how a session was, or None. One query."""
    return (
        person.survey_invitations.filter(session=session_id)
        .select_related("session", "person", "organisation", "answer")
        .first()
    )


def is_open(invitation: SurveyInvitation, now: datetime) -> bool:
    return now < invitation.closes_at


@patient
@transaction.atomic
def answer(invitation: SurveyInvitation, answers: Answers) -> SurveyInvitation:
    """Keep what somebody answered, in place of what they answered before.

    Locks the invitation, then the session. Raises ValidationError ("closed", "busy").
    """
    invitation = (
        SurveyInvitation.objects.select_for_update(of=("self",))
        .select_related("session", "person", "organisation")
        .get(pk=invitation.pk)
    )
    now = timezone.now()
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
    tallying.tally(invitation.session)
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
