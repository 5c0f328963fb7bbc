"""What is told of sessions and measures."""

import pytest

from northstar.own_data import gathering
from northstar.own_data.of_doings import MEASURES, MEETINGS
from tests.builders import make_next_step, make_session, make_survey

pytestmark = pytest.mark.django_db


def lines(key, person):
    one = next(one for one in (*MEETINGS, *MEASURES) if one.key == key)
    return [gathering.line(one, row, person) for row in gathering.rows(one, person)]


def test_a_survey_says_whether_it_was_answered(ada):
    _, asked = make_survey(make_session("Budget"), ada)
    assert [line.facts for line in lines("surveys", ada)] == ["inte besvarad"]
    asked.completed_at = asked.created_at
    asked.save()
    assert [line.facts for line in lines("surveys", ada)] == ["besvarad"]


def test_a_next_step_of_another_that_they_changed_is_not_read_out(ada, bo):
    step = make_next_step(make_session("Budget"), bo)
    step.updated_by = ada
    step.save()
    assert [str(line.what) for line in lines("next_steps", ada)] == ["Budget"]
    assert [str(line.what) for line in lines("next_steps", bo)] == [step.then_text]
