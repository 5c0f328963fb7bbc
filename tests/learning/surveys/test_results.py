"""What a session gave is of this session alone, and names nobody by its order."""

import pytest
from django.utils import timezone

from learning.models import BarrierObservation, IntentionSharing, SurveyAnswer
from learning.surveys import results
from tests.builders import make_next_step, make_person, make_session, make_survey

pytestmark = pytest.mark.django_db


def answered(session, usefulness="at_once", text=""):
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
        answered(session)
        answered(other, usefulness="not_now")
    make_survey(session, ada)
    make_next_step(other, ada, sharing=IntentionSharing.GROUP)

    found = results.of(session)

    assert (found.invited, found.answered) == (6, 5)
    assert [row.count for row in found.usefulness][0] == 5
    assert found.next_steps == []
    assert [row.count for row in found.barriers] == [5, 0, 0]


def test_only_what_is_shared_with_everybody_is_shown(ada, cai):
    session = make_session(in_days=-2)
    make_next_step(session, cai, sharing=IntentionSharing.ORGANISATION)
    shared = make_next_step(session, ada, sharing=IntentionSharing.GROUP)
    assert results.of(session).next_steps == [shared]


def test_the_order_of_what_stood_in_the_way_tells_nothing_of_who_wrote_it():
    session = make_session(in_days=-2)
    for text in ("Två budgetar", "Avtal", "Mandat"):
        answered(session, text=text)
    assert results.of(session).barriers[0].texts == ["Avtal", "Mandat", "Två budgetar"]
