"""Whom the clock asks after a session."""

from datetime import timedelta

import pytest
from django.utils import timezone

from learning.models import SurveyInvitation
from learning.surveys import asking, mails
from tests.builders import make_attendance, make_session, make_survey

pytestmark = pytest.mark.django_db


def held(*people):
    now = timezone.now()
    session = make_session(starts_at=now - timedelta(hours=5), ends_at=now - timedelta(hours=2))
    for person in people:
        make_attendance(session, person)
    return session


def test_being_asked_about_one_session_is_not_being_asked_about_another(ada):
    first = held(ada)
    make_survey(first, ada)
    second = held(ada)

    assert asking.ask(timezone.now()) == 1
    assert set(SurveyInvitation.objects.values_list("session", "person")) == {
        (first.pk, ada.pk),
        (second.pk, ada.pk),
    }


def test_one_letter_that_cannot_be_written_costs_the_others_nothing(ada, bo, monkeypatch):
    session = held(ada, bo)
    write = mails.survey_invitation

    def fail_for_ada(invitation, token):
        if invitation.person == ada:
            raise RuntimeError
        write(invitation, token)

    monkeypatch.setattr(mails, "survey_invitation", fail_for_ada)
    assert asking.ask(timezone.now()) == 1
    assert [one.person for one in session.survey_invitations.all()] == [bo]

    monkeypatch.setattr(mails, "survey_invitation", write)
    assert asking.ask(timezone.now()) == 1  # next time round
    assert asking.ask(timezone.now()) == 0
