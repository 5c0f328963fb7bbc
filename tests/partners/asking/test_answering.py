"""Taking, answering and closing what has arrived."""

import pytest
from django.core.exceptions import ValidationError

from partners.asking import answering
from partners.models import EnquiryState
from tests.builders import make_enquiry

pytestmark = pytest.mark.django_db


def test_whoever_takes_it_is_named_and_another_may_take_it_over(kim, lo):
    enquiry, _ = make_enquiry()
    first = answering.take(enquiry, by=kim)
    again = answering.take(enquiry, by=kim)
    assert (again.taken_by, again.taken_at) == (kim, first.taken_at)
    assert answering.take(enquiry, by=lo).taken_by == lo


def test_who_answers_has_taken_it_unless_another_had(kim, lo):
    enquiry, _ = make_enquiry()
    answered = answering.note(enquiry, "answered", "Ringde.", version=1, by=kim)
    assert (answered.state, answered.taken_by) == (EnquiryState.ANSWERED, kim)
    assert (answered.changed_by, answered.version) == (kim, 2)
    taken = answering.take(make_enquiry()[0], by=lo)
    assert answering.note(taken, "answered", "", version=1, by=kim).taken_by == lo


def test_the_second_of_two_who_write_is_refused_and_the_same_words_are_not(kim, lo):
    enquiry, _ = make_enquiry()
    answering.note(enquiry, "new", "Väntar på svar.", version=1, by=kim)
    assert answering.note(enquiry, "new", "Väntar på svar.", version=1, by=lo).changed_by == kim
    with pytest.raises(ValidationError) as refusal:
        answering.note(enquiry, "closed", "Skräp.", version=1, by=lo)
    assert refusal.value.code == "changed"
