"""What the clock will do in the days to come, as far as it is known now."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from learning.models import LearningSession
from learning.places import reminders
from learning.surveys import asking

AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class Coming:
    """Something the clock will do."""

    at: datetime
    what: str
    about: str
    address: str


def coming(now: datetime) -> list[Coming]:
    """Reminders and surveys of the AHEAD, the next one first. One query."""
    # A reminder goes before its session, so one of a later day may be due within the time.
    until = now + AHEAD
    sessions = LearningSession.objects.live().filter(
        ends_at__gt=now - asking.ASK_AFTER, starts_at__lt=until + reminders.LOOK_AHEAD
    )
    found = []
    for session in sessions.only("title_sv", "title_en", "starts_at", "ends_at"):
        address = reverse("session_detail", kwargs={"pk": session.pk})
        due = {
            _("Reminder to those who have a place"): reminders.due_at(session),
            _("Survey to those who were there"): session.ends_at + asking.ASK_AFTER,
        }
        found += [Coming(at, what, session.title, address) for what, at in due.items()]
    return sorted((one for one in found if now < one.at <= until), key=lambda one: one.at)
