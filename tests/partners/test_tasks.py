"""What the clock does for everybody: each task does its work, and says that it did."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from partners import tasks
from partners.models import ClockTick, Enquiry, MessageState
from partners.post import outbox
from tests.builders import make_enquiry, make_session
from tests.partners.post.asked_nothing import here, put_survey

pytestmark = pytest.mark.django_db


def test_deliver_sends_what_is_due_and_ticks(ada):
    session = make_session("Budget", in_days=1)
    context = {"session": session, "title": "Budget", "session_url": "https://portal.example/1/"}
    outbox.put("test:1", ada, "learning/session_reminder", context)

    tasks.deliver()

    assert [letter.to for letter in mail.outbox] == [[ada.email]]
    assert ada.messages.get().state == MessageState.SENT
    assert ClockTick.objects.filter(task="deliver").exists()


def test_gather_lets_go_of_what_is_held_and_ticks(ada, time_machine):
    time_machine.move_to(here("2027-04-08T10:00"), tick=False)
    put_survey(ada)

    tasks.gather()
    tasks.deliver()

    assert [letter.to for letter in mail.outbox] == [[ada.email]]
    assert ClockTick.objects.filter(task="gather").exists()


def test_sweep_removes_what_has_expired_and_nothing_else():
    now = timezone.now()
    for key, days in (("gone", -1), ("here", 1)):
        Session.objects.create(
            session_key=key, session_data="", expire_date=now + timedelta(days=days)
        )
        ClockTick.objects.create(task=key, ticked_at=now + timedelta(days=40 * days))
    cache.clear()  # what other tests committed there
    cache.set("gone", 1, timeout=100)
    cache.set("here", 1, timeout=100)
    with connection.cursor() as cursor:
        past = now - timedelta(seconds=5)
        cursor.execute("UPDATE cache SET expires = %s WHERE cache_key LIKE %s", [past, "%gone"])

    tasks.sweep()

    assert [session.session_key for session in Session.objects.all()] == ["here"]
    assert set(ClockTick.objects.values_list("task", flat=True)) == {"here", "sweep"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache")
        assert [key for (key,) in cursor.fetchall()] == [cache.make_key("here")]


def test_coordinators_are_told_and_what_nobody_confirmed_is_swept(kim):
    make_enquiry()
    old, _ = make_enquiry(confirmed_at=None)
    Enquiry.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=8))

    tasks.tell_of_enquiries()
    tasks.sweep()

    assert kim.messages.get().letter == "partners/new_enquiries"
    assert not Enquiry.objects.unconfirmed().exists()
    assert ClockTick.objects.filter(task="tell_of_enquiries").exists()
