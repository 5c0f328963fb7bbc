"""What we write to people about sessions: a function a letter."""

from datetime import datetime, timedelta

from django.utils import timezone, translation

from learning.models import SurveyInvitation, Usefulness
from partners.post import outbox


def survey_invitation(invitation: SurveyInvitation, token: str) -> None:
    """Ask somebody who attended four questions; only this letter knows the *token*."""
    session, person = invitation.session, invitation.person
    with translation.override(person.language):
        answers = [{"value": value, "label": str(label)} for value, label in Usefulness.choices]
    outbox.put(
        f"learning.survey_invitation:{session.pk}:{person.pk}:{invitation.pk}",
        person,
        "learning/survey_invitation",
        {
            "session": session,
            "title": session.title_in(person.language),
            "first_answers": answers,
            "survey_url": outbox.link(person, "survey", token=token),
            "closes_at": last_moment(invitation.closes_at),
        },
        useless_after=invitation.closes_at,
    )


def last_moment(closes_at: datetime) -> datetime:
    """The last moment before *closes_at*: its day is the one "up to and including" names."""
    return timezone.localtime(closes_at - timedelta(microseconds=1))
