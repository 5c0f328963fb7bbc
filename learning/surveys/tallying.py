"""Answers added up in steps: at five, ten, fifteen … answers and when the survey has closed.

Between them nothing moves that anybody is shown, also when somebody changes what they answered:
the difference between two looks must always hold the answers of several people.
"""

from collections import Counter
from datetime import datetime

from learning.models import (
    BarrierObservation,
    Intention,
    IntentionSharing,
    LearningSession,
    SurveyAnswer,
    SurveyTally,
)
from learning.surveys.asking import WINDOW

STEP = 5  # answers; fewer point at people


def tally(session: LearningSession) -> None:
    """Add up the answers about *session* anew if a step has been reached since the last time.

    Locks the session, so that two who answer at once are both counted. Three queries, else seven.
    """
    session = LearningSession.objects.select_for_update(no_key=True).get(pk=session.pk)
    shown = SurveyTally.objects.filter(session=session).first()
    answered = SurveyAnswer.objects.filter(invitation__session=session).count()
    if answered // STEP > (shown.answered // STEP if shown else 0):
        found = added_up(session)
        found.pk = shown.pk if shown else None
        found.save()


def standing(session: LearningSession, *, closed: bool) -> SurveyTally | None:
    """What may be shown of the answers, by whether the survey has *closed* (is_closed).

    None below the first step. One query, or three.
    """
    if not closed:
        return SurveyTally.objects.filter(session=session).first()
    found = added_up(session)
    return found if found.answered >= STEP else None


def is_closed(session: LearningSession, now: datetime) -> bool:
    """Nobody can answer, and nobody will be asked. One query at most."""
    if now < session.ends_at + WINDOW:
        return False
    return not session.survey_invitations.filter(closes_at__gt=now).exists()


def added_up(session: LearningSession) -> SurveyTally:
    """All answers there are about *session*, not kept. Three queries."""
    answers = SurveyAnswer.objects.filter(invitation__session=session)
    said = list(answers.values_list("usefulness", "safety"))
    barriers = BarrierObservation.objects.filter(session=session).order_by("text", "type")
    shared = Intention.objects.filter(session=session, sharing=IntentionSharing.GROUP)
    return SurveyTally(
        session=session,
        answered=len(said),
        usefulness=Counter(useful for useful, _ in said),
        safety=Counter(safe for _, safe in said),
        barriers=[list(one) for one in barriers.values_list("type", "text")],
        next_steps=[
            list(one) for one in shared.order_by("pk").values_list("pk", "when_text", "then_text")
        ],
    )
