from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from learning import scheduling
from learning.models import LearningSession
from learning.registration import register
from partners.models import Message
from tests.builders import make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(ada, bo):
    """A session with one seat: Ada has it, Bo waits."""
    session = make_session(capacity=1)
    register(session, ada, by=ada)
    register(session, bo, by=bo)
    return LearningSession.objects.get(pk=session.pk)


def kinds(person, **which):
    letters = Message.objects.filter(recipient=person, **which).order_by("pk")
    return [message.letter.removeprefix("learning/") for message in letters]


def test_a_new_session_is_a_draft_led_by_who_made_it(lo):
    session = make_session(published_at=None)
    session.pk, session.ical_uid, session.lead = None, None, None
    session.ical_uid = LearningSession._meta.get_field("ical_uid").get_default()
    made = scheduling.create(session, by=lo)
    assert (made.published_at, made.lead, made.created_by) == (None, lo, lo)


def test_more_seats_go_to_the_queue(full, bo):
    full.capacity = 2
    scheduling.save(full)
    assert full.registrations.get(person=bo).state == "confirmed"
    assert kinds(bo)[-1] == "seat_from_queue"


def test_unlimited_seats_empty_the_queue(full):
    full.capacity = None
    scheduling.save(full)
    assert full.registrations.queued().count() == 0


def test_with_fewer_seats_nobody_loses_theirs(full, ada, bo):
    full.capacity = 2
    scheduling.save(full)
    full.capacity = 1
    scheduling.save(full)
    assert full.registrations.confirmed().count() == 2


def test_another_time_is_told_to_all_with_a_place_and_updates_calendars(full, ada, bo):
    full.starts_at += timedelta(days=7)
    full.ends_at += timedelta(days=7)
    scheduling.save(full)

    assert kinds(ada, state="waiting") == ["session_moved"]
    assert kinds(bo, state="waiting") == ["session_moved"]
    told = Message.objects.get(recipient=ada, state="waiting")
    assert told.subject.startswith("Ny tid: ")
    assert (told.calendar_method, "SEQUENCE:10" in told.calendar) == ("REQUEST", True)
    assert Message.objects.get(recipient=bo, state="waiting").calendar == ""


def test_who_waits_is_not_told_the_meeting_link(full, ada, bo):
    full.mode, full.meeting_url = "hybrid", "https://meet.example/hemlig"
    scheduling.save(full)
    assert "hemlig" in Message.objects.get(recipient=ada, state="waiting").text
    assert "hemlig" not in Message.objects.get(recipient=bo, state="waiting").text


def test_another_title_writes_to_nobody(full):
    full.title_sv = "Budget"
    scheduling.save(full)
    assert not Message.objects.filter(letter="learning/session_moved").exists()


def test_cancelling_tells_everybody_why_and_clears_their_calendars(full, ada, bo):
    scheduling.cancel(full, text="Föreläsaren är sjuk.")
    scheduling.cancel(full)

    assert kinds(ada, state="waiting") == kinds(bo, state="waiting") == ["session_cancelled"]
    told = Message.objects.get(recipient=ada, state="waiting")
    assert "Föreläsaren är sjuk." in told.text
    assert (told.calendar_method, "METHOD:CANCEL" in told.calendar) == ("CANCEL", True)


def test_a_session_that_is_over_is_not_cancelled():
    with pytest.raises(ValidationError) as refusal:
        scheduling.cancel(make_session(in_days=-2))
    assert refusal.value.code == "past"


def test_publishing_twice_keeps_the_first_moment():
    session = scheduling.publish(make_session(published_at=None))
    assert scheduling.publish(session).published_at == session.published_at <= timezone.now()


def test_a_cancelled_session_is_not_published():
    session = make_session(published_at=None, cancelled_at=timezone.now())
    with pytest.raises(ValidationError):
        scheduling.publish(session)
