"""Whom the clock asks how a session was, and when."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from learning.models import (
    Attendance,
    LearningSession,
    Registration,
    RegistrationSource,
    SurveyInvitation,
)
from learning.surveys import mails
from partners.post import texts, tokens

log = logging.getLogger(__name__)

ASK_AFTER = timedelta(hours=1)  # after the end

# A note that is kept as it is ticked may be one of a hundred made with one press, and put right in
# the next minute. It is acted on when the list is said to be done, or when it has stood this long.
SETTLED_AFTER = timedelta(minutes=15)

WINDOW = timedelta(days=14)  # after the end: attendance noted later is not asked about

OPEN_FOR = timedelta(days=14)  # after the invitation


def ask(now: datetime) -> int:
    """Invite those who attended sessions that ended an hour ago or more; return how many.

    Everybody once. Safe to repeat, and by two at a time. One query when nobody is due.
    """
    with texts.read_once():
        return sum(_invite(attendance, now) for attendance in _to_ask(now))


def _to_ask(now: datetime) -> list[Attendance]:
    """Who was there and has not been asked, the earliest session first."""
    asked = SurveyInvitation.objects.filter(session=OuterRef("session"), person=OuterRef("person"))
    # A list is history: whoever stands on it was not registered here and waits for no letter.
    listed = Registration.objects.filter(session=OuterRef("pk"), source=RegistrationSource.IMPORT)
    ended = LearningSession.objects.live().filter(
        ~Exists(listed), ends_at__lte=now - ASK_AFTER, ends_at__gt=now - WINDOW
    )
    settled = Q(session__attendance_taken_at__lte=now) | Q(recorded_at__lte=now - SETTLED_AFTER)
    return list(
        Attendance.objects.present()
        .filter(~Exists(asked), settled, session__in=ended)
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
