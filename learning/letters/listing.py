"""Which letters of the outbox are about a session: their keys begin with what they are about."""

from learning.models import LearningSession
from partners.models import Message, MessageQuerySet

# What letters about a session are about, as the keys name it: learning.<what>:<session>:…
ABOUT = ["place", "session", "session_material", "session_reminder", "survey_invitation", "visitor"]


def letters_of(session: LearningSession) -> MessageQuerySet:
    """What was written to people about *session*: for whoever may_read_letters of it."""
    return Message.objects.about([f"learning.{what}:{session.pk}:" for what in ABOUT])
