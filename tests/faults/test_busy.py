"""Somebody holds a row and does not go on: whoever wants it hears so, and what they wrote stays."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learning.places import registration
from learning.reminders import running
from measures.models import Measure
from measures.planning import planning
from partners import patience
from partners.models import Message
from tests.builders import (
    make_invitation,
    make_measure,
    make_person,
    make_registration,
    make_session,
    make_survey,
)
from tests.faults import locks
from tests.measures.planning.test_planning import a_plan
from tests.measures.planning.test_views import named
from tests.races import at_once

BUSY = "Många gör samma sak just nu."


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch):
    """A tenth of a second in the place of three."""
    monkeypatch.setattr(patience, "WAITS_S", patience.WAITS_S / 30)
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '100ms'")
    yield
    connection.close()  # the next one has the limits of the product


def test_row_9_answers_to_a_survey_stay_on_the_page(ada):
    token, invitation = make_survey(make_session(in_days=-1), ada)
    said = {"usefulness": "at_once", "safety": "mostly", "sharing": "group"}
    step = {"when_text": "i maj", "then_text": "fråga varje enhet", "due_on": "2099-05-01"}
    with locks.held(invitation):
        answer = Client().post(reverse("survey", args=[token]), said | step)
    assert answer.status_code == 422
    assert BUSY in answer.text
    assert "fråga varje enhet" in answer.text


TITLE = "Solceller på taket"


def test_row_9_a_measure_that_could_not_be_kept_stays_in_its_form(as_, ada, bostaden):
    measure = make_measure(bostaden, "Byt lampor")
    browser, written = as_(ada), named(title=TITLE)
    with locks.held(bostaden):
        new = browser.post(reverse("measure_create"), written)
    with locks.held(measure):
        again = written | {"version": measure.version}
        edited = browser.post(reverse("measure_name", args=[measure.pk]), again)
        report = {"status": "completed", "text": TITLE, "reduction_t": "10", "method": "measured"}
        told = browser.post(reverse("measure_report", args=[measure.pk]), report)
        hidden = browser.post(reverse("measure_unpublish", args=[measure.pk]), follow=True)
    for answer in (new, edited, told):
        assert answer.status_code == 422
        assert BUSY in answer.text
        assert TITLE in answer.text
    assert BUSY in hidden.text
    assert not Measure.objects.filter(title=TITLE).exists()


def test_row_9_whoever_writes_a_measure_holds_up_nobody_who_registers(ada, bostaden):
    session = make_session()
    with transaction.atomic():
        planning.create(bostaden, a_plan(), {}, by=ada)
        (place,) = at_once(lambda: registration.register(session, ada, by=ada))
    assert (place.state, place.organisation_id) == ("confirmed", bostaden.pk)


def test_row_9_a_no_that_could_not_be_kept_is_not_called_too_late(bostaden, cai):
    asked, token = make_invitation(make_person("Bo"), bostaden, by=cai, role="member", name="Bo")
    with locks.held(asked.person):
        answer = Client().post(reverse("decline_invitation", args=[token]), follow=True)
    assert answer.status_code == 200
    assert BUSY in answer.text
    assert reverse("decline_invitation", args=[token]) in answer.text


def test_row_9_one_busy_session_holds_up_no_reminders_of_another():
    long_ago = timezone.now() - timedelta(days=20)
    busy, free = make_session(in_days=0.5), make_session(in_days=0.6)
    for session in (busy, free):
        make_registration(session, make_person("Ada"), seated_at=long_ago)
    with locks.held(busy):
        assert running.remind(timezone.now()) == 1
    assert Message.objects.get().key.startswith(f"learning.session_reminder:{free.pk}:")
    assert running.remind(timezone.now()) == 1
