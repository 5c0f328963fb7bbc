"""What the clock will do in the days to come, as far as it is known now."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.models import LearningSession
from learning.reminders import outlook
from learning.surveys import asking
from measures.reminders import outlook as measures_outlook
from partners.models import Mailing, MailingState

AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class Coming:
    """Something the clock will do."""

    at: datetime
    what: str
    about: str
    address: str


def coming(now: datetime) -> list[Coming]:
    """Reminders, surveys and mailings of the days AHEAD, the next one first. Seven queries."""
    until = now + AHEAD
    found = [_line(at, what, session) for at, what, session in outlook.coming(now, until)]
    ends = {"ends_at__gt": now - asking.ASK_AFTER, "ends_at__lte": until - asking.ASK_AFTER}
    told = ("title_sv", "title_en", "ends_at")
    for session in LearningSession.objects.live().filter(**ends).only(*told):
        what = _("Survey to those who were there")
        found.append(_line(session.ends_at + asking.ASK_AFTER, what, session))
    decided = {"state": MailingState.QUEUED, "send_at__gt": now, "send_at__lte": until}
    for mailing in Mailing.objects.filter(**decided):
        address = reverse("mailing_detail", kwargs={"pk": mailing.pk})
        found.append(Coming(mailing.send_at or now, _("Mailing"), mailing.subject, address))
    found += [_of_measures(one) for one in measures_outlook.coming(now, until)]
    return sorted(found, key=lambda one: one.at)


def _line(at: datetime, what: str, session: LearningSession) -> Coming:
    address = reverse("session_detail", kwargs={"pk": session.pk})
    return Coming(at, what, session.title, address)


def _of_measures(one: measures_outlook.Coming) -> Coming:
    what = ngettext("Reminder of %(n)d measure", "Reminder of %(n)d measures", one.number)
    address = reverse("partner_detail", kwargs={"slug": one.organisation.slug})
    return Coming(one.at, what % {"n": one.number}, one.organisation.name, address)
