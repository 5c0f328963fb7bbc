"""Somebody who was noted as there was not: what waits to be written to them is not sent."""

from datetime import time

import pytest
from django.utils import timezone

from learning.attendance import taking
from learning.material import telling
from learning.models import AttendanceStatus, SurveyInvitation
from learning.reminders import running
from learning.surveys import asking
from partners.models import Message
from tests.builders import make_rule
from tests.learning import NIGHT

pytestmark = pytest.mark.django_db
PRESENT, ABSENT, EXCUSED = AttendanceStatus
MATERIAL = {"letter": "session_material", "side": "after", "edge": "end", "unit": "minutes"}


@pytest.fixture
def held(held_today):
    return held_today


CORRECTED = {
    "noted": lambda held, ada, lo: taking.record(held, ada, ABSENT, by=lo),
    "on the list": lambda held, ada, lo: taking.record_list(
        held, {ada.pk: EXCUSED}, by=lo, shown={ada.pk: PRESENT}
    ),
    "taken away": lambda held, ada, lo: taking.record_list(
        held, {ada.pk: None}, by=lo, shown={ada.pk: PRESENT}
    ),
}


def waiting(letter):
    letters = Message.objects.filter(letter=letter, state="waiting")
    return {one.recipient.name for one in letters}


@pytest.mark.parametrize("how", CORRECTED)
@pytest.mark.parametrize("by_whom", ["rule", "lead"])
def test_nobody_who_was_not_there_is_thanked_for_coming(held, ada, lo, how, by_whom):
    if by_whom == "rule":
        said = {"amount": 60, "clock": None, "counts_from": None, "whom": "attended"}
        make_rule(held, **MATERIAL | said)
        running.remind(NIGHT)
    else:
        telling.tell(held, by=lo)
    assert waiting("learning/session_material") == {"Ada Åström", "Cai Öberg"}
    CORRECTED[how](held, ada, lo)
    assert waiting("learning/session_material") == {"Cai Öberg"}


def test_whoever_was_told_as_they_had_a_seat_is_told_still(held, ada, lo):
    said = {"amount": 60, "clock": None, "counts_from": None, "whom": "confirmed"}
    make_rule(held, **MATERIAL | said)
    running.remind(NIGHT)
    CORRECTED["noted"](held, ada, lo)
    assert waiting("learning/session_material") == {"Ada Åström", "Cai Öberg"}


@pytest.mark.parametrize("how", CORRECTED)
def test_nor_is_anybody_asked_how_it_was_and_is_when_they_were_there_after_all(held, ada, lo, how):
    asking.ask(NIGHT)
    assert waiting("learning/survey_invitation") == {"Ada Åström", "Cai Öberg"}
    CORRECTED[how](held, ada, lo)
    assert waiting("learning/survey_invitation") == {"Cai Öberg"}
    assert not SurveyInvitation.objects.filter(person=ada).exists()
    taking.record(held, ada, PRESENT, by=lo)
    asking.ask(NIGHT)
    assert waiting("learning/survey_invitation") == {"Ada Åström", "Cai Öberg"}


def test_a_survey_that_waits_from_before_its_key_named_the_invitation_is_neither_twice_nor_untrue(
    held, ada, cai, lo
):
    asking.ask(NIGHT)
    for one in Message.objects.filter(letter="learning/survey_invitation"):
        # As the release before wrote it: without the invitation at the end.
        Message.objects.filter(pk=one.pk).update(key=one.key.rpartition(":")[0])
    asking.ask(NIGHT)
    assert Message.objects.filter(letter="learning/survey_invitation").count() == 2
    CORRECTED["noted"](held, ada, lo)
    assert waiting("learning/survey_invitation") == {"Cai Öberg"}
    taking.record(held, ada, PRESENT, by=lo)
    asking.ask(NIGHT)
    asking.ask(NIGHT)
    letters = Message.objects.filter(recipient=ada, letter="learning/survey_invitation")
    assert sorted(letters.values_list("state", flat=True)) == ["skipped", "waiting"]
    assert SurveyInvitation.objects.filter(person=ada).count() == 1


def test_a_survey_that_has_left_can_be_answered_still(held, ada, lo):
    asking.ask(NIGHT)
    Message.objects.update(state="sent", sent_at=timezone.now(), held=False)
    CORRECTED["noted"](held, ada, lo)
    assert SurveyInvitation.objects.filter(person=ada).exists()


def test_whoever_was_there_for_a_part_of_it_was_there(held, ada, lo):
    telling.tell(held, by=lo)
    part = {ada.pk: taking.Part(30)}
    taking.record_list(held, part, by=lo, shown={ada.pk: PRESENT})
    assert waiting("learning/session_material") == {"Ada Åström", "Cai Öberg"}


def test_a_list_in_which_nobody_is_corrected_asks_nothing_more(held, lo, ada, cai):
    assert time(20) == timezone.localtime().time()
    taking.record_list(held, {ada.pk: PRESENT, cai.pk: PRESENT}, by=lo)
    assert held.attendances.present().count() == 2
