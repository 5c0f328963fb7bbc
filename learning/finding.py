"""The session an address names, for those who may see or change it."""

from django.shortcuts import get_object_or_404

from learning.models import LearningSession
from learning.permissions import may_edit
from partners.permissions import Asker, require


def visible_session(user: Asker, pk: int) -> LearningSession:
    """The session *pk*; not found for who may not see it. One query."""
    return get_object_or_404(LearningSession.objects.visible_to(user), pk=pk)


def editable_session(user: Asker, pk: int) -> LearningSession:
    """The session *pk*; forbidden for who may see it and not change it. One query.

    With what stands over all its lead's pages: with_places and with_material.
    """
    sessions = LearningSession.objects.visible_to(user).with_places().with_material()
    session = get_object_or_404(sessions, pk=pk)
    require(may_edit(user, session))
    return session
