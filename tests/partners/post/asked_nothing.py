"""Letters that nobody asked for, put as the portal puts them."""

from datetime import datetime

from django.utils import timezone

from partners.models import Message
from partners.models.moments import STOCKHOLM
from partners.post import outbox, tokens
from tests.builders import make_session


def here(text):
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)


def put_survey(person, title="Budget", **options):
    """A survey about a session of its own; the row, and the token of its link."""
    session = make_session(title, starts_at=here("2027-03-02T13:00"))
    token, _hash = tokens.new()
    key = options.pop("key", f"learning.survey_invitation:{session.pk}:{person.pk}")
    answers = [{"value": "at_once", "label": "Direkt"}, {"value": "soon", "label": "Snart"}]
    about = {
        "session": session,
        "title": title,
        "first_answers": answers,
        "survey_url": outbox.link(person, "survey", token=token),
        "closes_at": timezone.now(),
    }
    outbox.put(key, person, "learning/survey_invitation", about, **options)
    return Message.objects.get(key=key), token
