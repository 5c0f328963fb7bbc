"""Whoever was there is asked once, by a letter that waits for nobody else's."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from learning.attendance import taking
from learning.models import (
    Attendance,
    AttendanceStatus,
    LearningSession,
    RegistrationSource,
    SurveyInvitation,
)
from learning.surveys import answering, asking, mails
from partners.models import Message
from tests.builders import make_attendance, make_registration, make_session, make_survey

pytestmark = pytest.mark.django_db


def test_an_imported_list_writes_to_nobody(held, ada):
    place = make_registration(held, ada, source=RegistrationSource.IMPORT)

    assert asking.ask(timezone.now()) == 0

    place.source = RegistrationSource.SELF
    place.save()
    assert asking.ask(timezone.now()) == 1


def test_those_who_attended_are_asked_once(held, ada, bo, cai):
    make_attendance(held, bo, AttendanceStatus.ABSENT)
    make_registration(held, cai)
    assert asking.ask(timezone.now()) == 1
    assert asking.ask(timezone.now()) == 0
    letter = Message.objects.get()
    assert letter.recipient == ada
    assert "påminn" not in letter.subject.lower()


def test_not_before_an_hour_has_passed(held):
    assert asking.ask(held.ends_at + timedelta(minutes=59)) == 0
    assert asking.ask(held.ends_at + timedelta(minutes=60)) == 1


def test_what_was_just_ticked_can_be_put_right_before_anybody_is_asked(held, ada, bo):
    LearningSession.objects.update(attendance_taken_at=None)
    noted = make_attendance(held, bo).recorded_at
    assert asking.ask(noted + timedelta(minutes=14)) == 0
    Attendance.objects.filter(person=ada).update(status=AttendanceStatus.ABSENT)
    assert asking.ask(noted + timedelta(minutes=15)) == 1
    assert SurveyInvitation.objects.get().person == bo


def test_whoever_says_that_the_list_is_done_need_not_wait(held, lo, ada):
    LearningSession.objects.update(attendance_taken_at=None)
    held.refresh_from_db()
    assert asking.ask(timezone.now()) == 0
    taking.finish(held, by=lo)
    assert asking.ask(timezone.now()) == 1


def test_attendance_noted_later_is_asked_about_for_two_weeks(held, bo, cai):
    asking.ask(timezone.now())
    make_attendance(held, bo)
    assert asking.ask(held.ends_at + timedelta(days=13)) == 1
    make_attendance(held, cai)
    assert asking.ask(held.ends_at + timedelta(days=14)) == 0


def test_who_has_no_address_or_may_not_log_in_is_not_asked(held, ada, bo):
    make_attendance(held, bo)
    type(ada).objects.filter(pk=ada.pk).update(email=None)
    type(bo).objects.filter(pk=bo.pk).update(is_active=False)
    assert asking.ask(timezone.now()) == 0
    assert not SurveyInvitation.objects.exists()


def test_a_survey_is_open_for_two_weeks_to_the_second(held, ada):
    now = timezone.now()
    asking.ask(now)
    invitation = SurveyInvitation.objects.get(person=ada)
    assert answering.is_open(invitation, now + timedelta(days=14, seconds=-1))
    assert not answering.is_open(invitation, now + timedelta(days=14))


def test_a_session_that_was_cancelled_asks_nobody(held):
    held.cancelled_at = held.starts_at
    held.save()
    assert asking.ask(timezone.now()) == 0


def test_the_letter_opens_the_survey_and_the_token_is_kept_nowhere_else(client, held, ada):
    asking.ask(timezone.now())
    address = re.search(r"http://localhost:8000(/\S+)", Message.objects.get().text).group(1)
    response = client.get(address)
    assert response.status_code == 200
    assert 'value="at_once" required' in response.text or "checked" in response.text
    token = address.split("/")[2]
    assert SurveyInvitation.objects.get().token_hash != token


def test_one_letter_that_cannot_be_written_costs_the_others_nothing(
    held, ada, bo, cai, monkeypatch, caplog
):
    for person in (bo, cai):
        make_attendance(held, person)
    write = mails.survey_invitation

    def fail_for_bo(invitation, token):
        if invitation.person == bo:
            raise RuntimeError("no template")
        write(invitation, token)

    monkeypatch.setattr(mails, "survey_invitation", fail_for_bo)
    assert asking.ask(timezone.now()) == 2
    asked = set(SurveyInvitation.objects.values_list("person", flat=True))
    assert asked == {ada.pk, cai.pk}, "who got no letter is not asked, and so is tried again"
    assert "no survey for attendance" in caplog.text

    monkeypatch.setattr(mails, "survey_invitation", write)
    assert asking.ask(timezone.now()) == 1
    assert set(Message.objects.values_list("recipient", flat=True)) == {ada.pk, bo.pk, cai.pk}


def test_nobody_due_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert asking.ask(timezone.now()) == 0


def test_whom_somebody_came_for_is_kept_with_the_question(held, bostaden):
    asking.ask(timezone.now())
    assert SurveyInvitation.objects.get().organisation == bostaden


def held_by(*people):
    now = timezone.now()
    session = make_session(
        starts_at=now - timedelta(hours=5),
        ends_at=now - timedelta(hours=2),
        attendance_taken_at=now - timedelta(hours=1),
    )
    for person in people:
        make_attendance(session, person)
    return session


def test_being_asked_about_one_session_is_not_being_asked_about_another(ada):
    first = held_by(ada)
    make_survey(first, ada)
    second = held_by(ada)

    assert asking.ask(timezone.now()) == 1
    assert set(SurveyInvitation.objects.values_list("session", "person")) == {
        (first.pk, ada.pk),
        (second.pk, ada.pk),
    }


def test_a_list_of_one_session_keeps_no_other_from_being_asked_about(ada, bo):
    listed, own = held_by(bo), held_by(ada)
    make_registration(listed, bo, source=RegistrationSource.IMPORT)
    make_registration(own, ada)

    assert asking.ask(timezone.now()) == 1
    assert SurveyInvitation.objects.get().session == own
