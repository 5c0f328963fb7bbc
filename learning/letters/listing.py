"""Which letters of the outbox are about a session: their keys begin with what they are about."""

from learning.attendance.groups import key_of
from learning.models import LearningSession
from partners.models import Mailing, Message, MessageQuerySet
from partners.writing import mails

# What letters about a session are about, as the keys name it: learning.<what>:<session>:…
ABOUT = ["place", "session", "session_material", "session_reminder", "survey_invitation", "visitor"]


def letters_of(session: LearningSession) -> MessageQuerySet:
    """What was written to people about *session*, also by its lead to a group of them.

    For whoever may_read_letters of it. One query.
    """
    mailings = Mailing.objects.filter(occasion=key_of(session)).only("pk")
    typed = [mails.prefix(mailing) for mailing in mailings]
    return Message.objects.about([f"learning.{what}:{session.pk}:" for what in ABOUT] + typed)
