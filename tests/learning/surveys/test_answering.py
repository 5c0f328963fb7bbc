"""Surveys: asked once, answered without login, kept confidential."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from learning.models import (
    BarrierObservation,
    Intention,
    IntentionStatus,
    SurveyAnswer,
)
from learning.surveys import answering
from tests.builders import (
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
def asked(ada, held):
    """Token and invitation of Ada."""
    return make_survey(held, ada)


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


def test_an_answer_clicked_in_a_letter_is_said_not_to_be_sent_yet(client, asked):
    token, _ = asked
    address = reverse("survey", args=[token])
    unsent, unsaved = "Inget är skickat än", "Ditt nya svar är inte sparat än"
    assert unsent not in client.get(address).text
    assert unsent in client.get(address, {"usefulness": "at_once"}).text
    client.post(address, ANSWERS)
    assert unsaved in client.get(address, {"usefulness": "not_now"}).text
    assert unsaved not in client.get(address, {"usefulness": ANSWERS["usefulness"]}).text
    assert unsent not in client.get(address, {"usefulness": "not_now"}).text


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


def test_a_day_is_understood_as_people_write_it(client, ada, asked):
    token, _invitation = asked
    client.post(reverse("survey", args=[token]), ANSWERS | {"due_on": "1 maj 2099"})
    assert Intention.objects.get(person=ada).due_on == date(2099, 5, 1)
