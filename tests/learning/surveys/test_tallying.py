"""Answers are shown in steps, and between them nothing moves."""

import re
from datetime import timedelta

import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from learning.models import SurveyTally
from learning.surveys import answering, tallying
from learning.surveys.answering import Answers
from tests.builders import make_person, make_session, make_survey
from tests.races import at_once

SAID = Answers("at_once", "fully", "budgeten sätts", "fråga", None, "group", ("behaviour_change",))
OTHERWISE = Answers("not_now", "not", "", "", None, "organisation", ("sub_optimisation",), "Avtal")


def answer(session, said=SAID):
    _token, invitation = make_survey(session, make_person())
    return answering.answer(invitation, said)


def shown(page, address):
    """What the page says, but for the numbers that guard its forms."""
    return re.sub('name="csrfmiddlewaretoken" value="[^"]+"', "", page.get(address).text)


@pytest.mark.django_db
def test_nothing_moves_from_one_step_to_the_next(as_, lo, held):
    invitations = [make_survey(held, make_person())[1] for _ in range(11)]
    page, address = as_(lo), reverse("survey_results", args=[held.pk])
    seen = [shown(page, address)]
    for number, invitation in enumerate(invitations):
        answering.answer(invitation, OTHERWISE if number % 2 else SAID)
        seen.append(shown(page, address))
    moved = [number for number in range(1, 12) if seen[number] != seen[number - 1]]
    assert moved == [5, 10]


@pytest.mark.django_db
def test_an_answer_that_is_changed_moves_nothing_before_the_next_step(as_, lo, held):
    first, *_ = [answer(held) for _ in range(5)]
    page, address = as_(lo), reverse("survey_results", args=[held.pk])
    before = shown(page, address)
    answering.answer(first, Answers("not_now", "not", "sedan", "annat", None, "group", ()))
    assert shown(page, address) == before
    for _ in range(5):
        answer(held)
    found = SurveyTally.objects.get()
    assert (found.answered, found.safety) == (10, {"fully": 9, "not": 1})


@pytest.mark.django_db
def test_a_step_no_longer_shared_is_shown_no_more(as_, lo, held):
    first, *_ = [answer(held) for _ in range(5)]
    answering.answer(first, Answers("at_once", "fully", "x", "y", None, "organisation", ()))
    page = as_(lo).get(reverse("survey_results", args=[held.pk])).text
    assert page.count("ska vi fråga") == 4


@pytest.mark.django_db
@pytest.mark.parametrize(("answers", "shown"), [(4, None), (5, 5), (7, 7)])
def test_a_survey_that_has_closed_shows_all_there_is_from_five(answers, shown):
    now = timezone.now()
    session = make_session(in_days=-15)
    for _ in range(answers):
        _token, invitation = make_survey(session, make_person())
        answering.answer(invitation, SAID)
        invitation.closes_at = now - timedelta(minutes=1)
        invitation.save(update_fields=["closes_at"])
    tally = tallying.standing(session, closed=tallying.is_closed(session, now))
    assert (tally and tally.answered) == shown


@pytest.mark.django_db
def test_a_survey_somebody_can_still_answer_has_not_closed():
    session = make_session(in_days=-15)
    for _ in range(7):
        answer(session)
    closed = tallying.is_closed(session, timezone.now())
    assert (closed, tallying.standing(session, closed=closed).answered) == (False, 5)


@pytest.mark.django_db(transaction=True)
def test_five_who_answer_at_once_are_all_added_up():
    session = make_session(in_days=-2)
    invitations = [make_survey(session, make_person())[1] for _ in range(5)]

    def one(invitation):
        try:
            return answering.answer(invitation, SAID)
        finally:
            connections.close_all()

    results = at_once(*[lambda i=i: one(i) for i in invitations])
    assert [result for result in results if isinstance(result, Exception)] == []
    assert SurveyTally.objects.get().answered == 5


@pytest.mark.django_db
def test_somebody_who_logs_in_answers_without_the_letter(as_, ada, bo, held):
    make_survey(held, ada)
    address = reverse("survey_own", args=[held.pk])
    page = as_(ada)
    assert address in page.get("/").text
    said = {"usefulness": "at_once", "safety": "fully", "sharing": "organisation"}
    assert page.post(address, said).status_code == 302
    assert held.survey_invitations.get().answer.usefulness == "at_once"
    assert as_(bo).get(address).status_code == 404
