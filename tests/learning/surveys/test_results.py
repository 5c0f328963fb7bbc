"""Answers added up, and hidden while they would point at people."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from learning.models import BarrierObservation, IntentionSharing, SurveyAnswer
from learning.surveys import answering
from learning.surveys import results as survey_results
from tests.builders import make_next_step, make_person, make_session, make_survey

pytestmark = pytest.mark.django_db

WHEN_CLOSED = timezone.now() + timedelta(days=60)  # nobody can answer any more, and all is shown


def five_who_say_no_more(session):
    """Enough answers for the rest to be shown, without next steps or obstacles."""
    for _ in range(5):
        _token, invitation = make_survey(session, make_person(), completed_at=timezone.now())
        SurveyAnswer.objects.create(invitation=invitation, usefulness="at_once", safety="mostly")


def answer(session, number):
    for _ in range(number):
        person = make_person()
        _, invitation = make_survey(session, person)
        said = answering.Answers("at_once", "not", "x", "y", None, "group", ("behaviour_change",))
        answering.answer(invitation, said)


def test_nothing_is_shown_until_five_have_answered(as_, lo, held):
    answer(held, 4)
    make_survey(held, make_person())
    address = reverse("survey_results", args=[held.pk])
    page = as_(lo).get(address)
    assert "Färre än 5 av 5 har svarat hittills" in page.text
    assert "Vi visar resultat när minst 5 har svarat" in page.text
    assert "Enkäten är öppen till och med" in page.text
    assert 'class="answered' not in page.text
    assert "Beteende" not in page.text
    assert survey_results.of(held, WHEN_CLOSED).usefulness == []
    answer(held, 1)
    rows = survey_results.of(held, timezone.now()).usefulness
    assert [(row.count, row.percent) for row in rows] == [(5, 100), (0, 0), (0, 0)]
    text = strip_tags(as_(lo).get(address).text)
    assert "5 svar av 6 är sammanräknade" in " ".join(text.split())
    assert "Vi visar resultat när" not in text


def test_a_session_nobody_was_asked_about_says_so_and_what_to_do(as_, lo, held):
    page = as_(lo).get(reverse("survey_results", args=[held.pk])).text
    assert "Ingen har fått frågor om träffen än" in page
    assert "har svarat" not in page
    assert reverse("attendance", args=[held.pk]) in page


def test_results_of_a_session_nobody_answered(held):
    results = survey_results.of(held, WHEN_CLOSED)
    assert (results.invited, results.answered, results.next_steps) == (0, 0, [])
    assert (results.barriers, results.is_shown) == ([], False)
    assert (results.so_far, results.last_day) == (0, None)


@pytest.mark.parametrize("steps", [1, 3])
def test_results_cost_the_same_however_many_answered(
    as_, lo, held, steps, django_assert_num_queries
):
    answer(held, steps * 5)
    client = as_(lo)
    with django_assert_num_queries(6):
        client.get(reverse("survey_results", args=[held.pk]))


def test_when_the_survey_has_closed_with_few_answers_their_number_is_said(as_, lo, held):
    answer(held, 3)
    make_survey(held, make_person())
    held.survey_invitations.update(closes_at=timezone.now() - timedelta(days=3))
    ended = timezone.now() - timedelta(days=20)
    type(held).objects.filter(pk=held.pk).update(
        starts_at=ended - timedelta(hours=2), ends_at=ended
    )
    page = as_(lo).get(reverse("survey_results", args=[held.pk])).text
    assert "3 av 4 har svarat" in page
    assert "Enkäten var öppen till och med" in page


def test_who_was_asked_and_has_not_answered_is_counted_apart(held, ada):
    answer(held, 2)
    make_survey(held, ada)
    results = survey_results.of(held, WHEN_CLOSED)
    assert (results.invited, results.answered, results.is_shown) == (3, 0, False)
    answer(held, 3)
    results = survey_results.of(held, WHEN_CLOSED)
    assert (results.invited, results.answered, results.is_shown) == (6, 5, True)
    assert [row.count for row in results.safety] == [0, 0, 5]


def test_shares_are_of_those_who_answered(held):
    answer(held, 5)
    for choice in ("unclear", "not_now"):
        _, invitation = make_survey(held, make_person())
        said = answering.Answers(choice, "fully", "", "", None, "group", ())
        answering.answer(invitation, said)
    rows = survey_results.of(held, WHEN_CLOSED).usefulness
    assert [(row.count, row.percent) for row in rows] == [(5, 71), (0, 0), (2, 29)]


def test_nobody_stands_alone_in_the_lowest_step_until_ten_have_answered(held):
    answer(held, 8)
    for choice in ("unclear", "not_now"):
        rows = survey_results.of(held, WHEN_CLOSED).usefulness
        assert len(rows) == 3
        assert "eller inte relevant" in rows[-1].label
        _, invitation = make_survey(held, make_person())
        answering.answer(invitation, answering.Answers(choice, "fully", "", "", None, "group", ()))
    rows = survey_results.of(held, WHEN_CLOSED).usefulness
    assert [row.count for row in rows] == [8, 0, 1, 1]


def test_a_next_step_kept_in_the_organisation_is_not_read_by_the_project(held, ada, bo):
    five_who_say_no_more(held)
    shared = make_next_step(held, ada, sharing=IntentionSharing.GROUP)
    make_next_step(held, bo)
    make_next_step(make_session(), ada, sharing=IntentionSharing.GROUP)
    assert survey_results.of(held, WHEN_CLOSED).next_steps == [shared]


def test_the_order_of_what_stands_in_the_way_tells_nothing_of_the_writers(held, ada, bo, cai):
    five_who_say_no_more(held)
    for person, text in ((ada, "Ö"), (bo, ""), (cai, "A")):
        BarrierObservation.objects.create(
            session=held, person=person, type="behaviour_change", text=text
        )
    seen = [row for row in survey_results.of(held, WHEN_CLOSED).barriers if row.count]
    assert [(row.count, row.texts) for row in seen] == [(3, ["A", "Ö"])]


def answered_about(session, usefulness="at_once", text=""):
    person = make_person()
    _token, invitation = make_survey(session, person, completed_at=timezone.now())
    SurveyAnswer.objects.create(invitation=invitation, usefulness=usefulness, safety="mostly")
    BarrierObservation.objects.create(
        session=session, person=person, type="organisational_lock_in", text=text
    )
    return person


def test_answers_steps_and_barriers_of_another_session_are_not_counted(ada):
    session, other = make_session(in_days=-2), make_session(in_days=-2)
    for _ in range(5):
        answered_about(session)
        answered_about(other, usefulness="not_now")
    make_survey(session, ada)
    make_next_step(other, ada, sharing=IntentionSharing.GROUP)

    found = survey_results.of(session, WHEN_CLOSED)

    assert (found.invited, found.answered) == (6, 5)
    assert [row.count for row in found.usefulness][0] == 5
    assert found.next_steps == []
    assert [row.count for row in found.barriers] == [5, 0, 0]


def test_only_what_is_shared_with_everybody_is_shown(ada, cai):
    session = make_session(in_days=-2)
    five_who_say_no_more(session)
    make_next_step(session, cai, sharing=IntentionSharing.ORGANISATION)
    shared = make_next_step(session, ada, sharing=IntentionSharing.GROUP)
    assert survey_results.of(session, WHEN_CLOSED).next_steps == [shared]


def test_the_order_of_what_stood_in_the_way_tells_nothing_of_who_wrote_it():
    session = make_session(in_days=-2)
    five_who_say_no_more(session)
    for text in ("Två budgetar", "Avtal", "Mandat"):
        answered_about(session, text=text)
    assert survey_results.of(session, WHEN_CLOSED).barriers[0].texts == [
        "Avtal",
        "Mandat",
        "Två budgetar",
    ]


def test_shared_steps_stand_in_the_order_they_were_taken(ada, cai):
    session = make_session(in_days=-2)
    five_who_say_no_more(session)
    first = make_next_step(session, ada, sharing=IntentionSharing.GROUP)
    second = make_next_step(session, cai, sharing=IntentionSharing.GROUP)
    first.save()  # written anew, and last where nobody asks for an order
    assert survey_results.of(session, WHEN_CLOSED).next_steps == [first, second]
