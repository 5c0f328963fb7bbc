"""Surveys: asked once, answered without login, kept confidential."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from learning.models import (
    AttendanceStatus,
    BarrierObservation,
    Intention,
    IntentionStatus,
    RegistrationSource,
    SurveyAnswer,
    SurveyInvitation,
)
from learning.surveys import answering, asking
from learning.surveys import results as survey_results
from partners.models import Message
from tests.builders import (
    make_attendance,
    make_person,
    make_registration,
    make_session,
    make_survey,
)

pytestmark = pytest.mark.django_db

ANSWERS = {
    "usefulness": "at_once",
    "safety": "mostly",
    "when_text": "budgeten sätts i maj",
    "then_text": "fråga varje enhet",
    "due_on": "2099-05-01",
    "sharing": "group",
    "barriers": ["organisational_lock_in", "behaviour_change"],
    "barrier_text": "Två budgetar",
}


@pytest.fixture
def held(ada):
    """A session that ended two hours ago, and Ada was there."""
    now = timezone.now()
    session = make_session(starts_at=now - timedelta(hours=5), ends_at=now - timedelta(hours=2))
    make_attendance(session, ada)
    return session


@pytest.fixture
def asked(ada, held):
    """Token and invitation of Ada."""
    return make_survey(held, ada)


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


def test_answers_are_saved_without_login(client, asked, ada, bostaden):
    token, _ = asked
    response = client.post(reverse("survey", args=[token]), ANSWERS, follow=True)
    assert "När budgeten sätts i maj ska vi fråga varje enhet" in response.text
    step = Intention.objects.get()
    assert (step.person, step.organisation, step.sharing) == (ada, bostaden, "group")
    assert {seen.type for seen in BarrierObservation.objects.all()} == set(ANSWERS["barriers"])
    assert SurveyAnswer.objects.get().usefulness == "at_once"


def test_two_clicks_are_enough(client, asked):
    token, invitation = asked
    client.post(reverse("survey", args=[token]), {"usefulness": "unclear", "safety": "not"})
    invitation.refresh_from_db()
    assert invitation.completed_at
    assert not Intention.objects.exists()


def test_answers_can_be_changed_until_it_closes(client, asked):
    token, _ = asked
    address = reverse("survey", args=[token])
    client.post(address, ANSWERS)
    page = client.get(address)
    assert "budgeten sätts i maj" in page.text
    client.post(address, ANSWERS | {"usefulness": "not_now", "barriers": [], "barrier_text": ""})
    assert SurveyAnswer.objects.get().usefulness == "not_now"
    assert Intention.objects.count() == 1
    assert not BarrierObservation.objects.exists()


def test_a_next_step_taken_back_is_gone_unless_begun(client, asked):
    token, _ = asked
    address = reverse("survey", args=[token])
    client.post(address, ANSWERS)
    Intention.objects.update(status=IntentionStatus.DOING)
    without = {"usefulness": "at_once", "safety": "fully"}
    client.post(address, without)
    assert Intention.objects.count() == 1
    Intention.objects.update(status=IntentionStatus.OPEN)
    client.post(address, without)
    assert Intention.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"usefulness": ""}, "Välj hur användbar träffen var"),
        ({"then_text": ""}, "Skriv vad ni gör då"),
        ({"when_text": ""}, "Skriv när ni gör det"),
        ({"barriers": []}, "Välj vilken sorts hinder du har skrivit om"),
        ({"due_on": "2020-01-01"}, "Välj i dag eller en senare dag"),
    ],
)
def test_what_is_missing_is_said_and_the_rest_is_kept(client, asked, change, words):
    token, _ = asked
    response = client.post(reverse("survey", args=[token]), ANSWERS | change)
    assert response.status_code == 422
    assert words in response.text
    assert "Två budgetar" in response.text
    assert not SurveyAnswer.objects.exists()


def test_a_closed_survey_says_so(client, held, ada):
    token, _ = make_survey(held, ada, closes_at=timezone.now() - timedelta(seconds=1))
    address = reverse("survey", args=[token])
    assert client.get(address).status_code == 410
    assert client.post(address, ANSWERS).status_code == 410
    assert not SurveyAnswer.objects.exists()


def test_an_unknown_link_says_what_to_do(client):
    response = client.get(reverse("survey", args=["unknown"]))
    assert response.status_code == 404
    assert "kopiera hela länken" in response.text


def test_the_survey_page_costs_the_same_with_and_without_answers(
    client, asked, django_assert_num_queries
):
    token, _ = asked
    address = reverse("survey", args=[token])
    with django_assert_num_queries(3):
        client.get(address)
    client.post(address, ANSWERS)
    with django_assert_num_queries(3):
        client.get(address)


def answer(session, number):
    for _ in range(number):
        person = make_person()
        _, invitation = make_survey(session, person)
        said = answering.Answers("at_once", "not", "x", "y", None, "group", ("behaviour_change",))
        answering.answer(invitation, said)


def test_nothing_is_shown_until_five_have_answered(as_, lo, held):
    answer(held, 4)
    address = reverse("survey_results", args=[held.pk])
    page = as_(lo).get(address)
    assert "4 av 4 har svarat" in page.text
    assert "minst 5 har svarat" in page.text
    assert survey_results.of(held).usefulness == []
    answer(held, 1)
    rows = survey_results.of(held).usefulness
    assert [(row.count, row.percent) for row in rows] == [(5, 100), (0, 0), (0, 0), (0, 0)]
    assert "100" in as_(lo).get(address).text


def test_results_of_a_session_nobody_answered(held):
    results = survey_results.of(held)
    assert (results.invited, results.answered, results.next_steps) == (0, 0, [])
    assert [row.count for row in results.barriers] == [0, 0, 0]


@pytest.mark.parametrize("rows", [1, 3])
def test_results_cost_the_same_however_many_answered(
    as_, lo, held, rows, django_assert_num_queries
):
    answer(held, rows)
    client = as_(lo)
    with django_assert_num_queries(7):
        client.get(reverse("survey_results", args=[held.pk]))


def test_a_link_opens_its_own_invitation_and_no_other(held, bo, asked):
    token, invitation = asked
    other_token, other = make_survey(held, bo)
    assert answering.find(token) == invitation
    assert answering.find(other_token) == other
    assert answering.find("nobody's") is None


def test_a_survey_that_has_closed_keeps_nothing(held, ada):
    _token, invitation = make_survey(held, ada, closes_at=timezone.now())
    said = answering.Answers(usefulness="at_once", safety="mostly", then_text="fråga")
    with pytest.raises(ValidationError) as refusal:
        answering.answer(invitation, said)
    assert refusal.value.code == "closed"
    assert not SurveyAnswer.objects.exists()
    assert not Intention.objects.exists()


def test_taking_back_ones_own_words_takes_nobody_elses(held, ada, bo, asked):
    _token, invitation = asked
    _other_token, other = make_survey(held, bo)
    full = answering.Answers(
        usefulness="at_once",
        safety="mostly",
        then_text="fråga varje enhet",
        barriers=("organisational_lock_in",),
    )
    answering.answer(invitation, full)
    answering.answer(other, full)

    answering.answer(invitation, answering.Answers(usefulness="at_once", safety="mostly"))

    assert [step.person for step in Intention.objects.all()] == [bo]
    assert [seen.person for seen in BarrierObservation.objects.all()] == [bo]
