"""What waits to be written to people as they were at a session is untrue when they were not."""

from collections.abc import Collection

from learning.models import (
    LearningSession,
    SessionReminderLetter,
    SessionReminderRun,
    SessionReminderWhom,
    SurveyInvitation,
)
from learning.reminders import mails
from partners.models import Message, MessageState
from partners.post import outbox


def not_there(session: LearningSession, people: Collection[int]) -> None:
    """Stop the letters that wait and say that *people*, by their keys, were at *session*.

    Whoever had been asked how it was, in a letter that has not left, is asked anew if they turn out
    to have been there. *session* is locked. No query without people.
    """
    if not people:
        return
    _drop_material(session, people)
    _drop_surveys(session, people)


def _drop_material(session: LearningSession, people: Collection[int]) -> None:
    to_those_there = SessionReminderRun.objects.done().filter(
        session=session,
        rule__letter=SessionReminderLetter.MATERIAL,
        rule__whom=SessionReminderWhom.ATTENDED,
    )
    prefix = mails.material_prefix(session)
    occasions = set(to_those_there.values_list("occasion", flat=True))
    keys = [mails.key_of(prefix, pk, occasion) for pk in people for occasion in occasions]
    outbox.drop_these(keys)
    for telling in session.tellings.filter(is_after=True):
        outbox.drop(mails.telling_prefix(telling), to=people)


def _drop_surveys(session: LearningSession, people: Collection[int]) -> None:
    prefix = f"learning.survey_invitation:{session.pk}:"
    waits = [MessageState.WAITING, MessageState.STOPPED]
    waiting = Message.objects.filter(key__startswith=prefix, state__in=waits)
    unread = list(waiting.filter(recipient__in=people).values_list("recipient", flat=True))
    outbox.drop(prefix, to=unread)
    SurveyInvitation.objects.filter(session=session, person__in=unread, completed_at=None).delete()
