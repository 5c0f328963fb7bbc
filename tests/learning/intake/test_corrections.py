"""A list that says of somebody who was noted as there that they were not: no untrue e-mail goes."""

import pytest

from learning.intake import attendance_lists
from learning.intake.words import ATTENDANCE_LIST
from learning.material import telling
from learning.models import Attendance, AttendanceStatus, SurveyInvitation
from learning.reminders import running
from learning.surveys import asking
from partners.intake import batches
from partners.models import Message
from tests.builders import make_rule
from tests.learning import NIGHT

pytestmark = pytest.mark.django_db
PRESENT = AttendanceStatus.PRESENT
BOTH = {"Ada Åström", "Cai Öberg"}


@pytest.fixture
def held(held_today):
    rule = {"letter": "session_material", "side": "after", "edge": "end", "unit": "minutes"}
    make_rule(held_today, **rule, amount=60, clock=None, counts_from=None, whom="attended")
    return held_today


def take_in(held, kim, *said):
    """A list of *held* with a row for each person and mark in *said*."""
    rows = "".join(
        f"2027-04-08 15:00-18:00;{held.title_sv};{person.name};Bostaden;{person.email};{mark}\n"
        for person, mark in said
    )
    text = f"Datum;Träff;Namn;Aktör;E-mail;Kom\n{rows}"
    batch = batches.open_batch(ATTENDANCE_LIST, "lista.csv", text.encode(), by=kim)
    return attendance_lists.apply(batch, by=kim)


def waiting(letter):
    letters = Message.objects.filter(letter=f"learning/{letter}", state="waiting")
    return {one.recipient.name for one in letters}


@pytest.mark.parametrize("mark", ["nej", "sjuk"])
def test_who_was_not_there_is_neither_thanked_nor_told_nor_asked(held, ada, cai, lo, kim, mark):
    running.remind(NIGHT)
    asking.ask(NIGHT)
    assert (waiting("session_material"), waiting("survey_invitation")) == (BOTH, BOTH)
    take_in(held, kim, (ada, mark), (cai, "ja"))
    assert set(Attendance.objects.present().values_list("person", flat=True)) == {cai.pk}
    assert (waiting("session_material"), waiting("survey_invitation")) == (
        {"Cai Öberg"},
        {"Cai Öberg"},
    )
    assert not SurveyInvitation.objects.filter(person=ada).exists()


def test_what_a_lead_let_be_told_of_the_material_is_stopped_too(held, ada, lo, kim):
    telling.tell(held, by=lo)
    assert waiting("session_material") == BOTH
    take_in(held, kim, (ada, "nej"))
    assert waiting("session_material") == {"Cai Öberg"}


def test_a_list_that_says_what_is_known_stops_nothing(held, ada, cai, kim):
    running.remind(NIGHT)
    asking.ask(NIGHT)
    take_in(held, kim, (ada, "ja"), (cai, "ja"))
    assert (waiting("session_material"), waiting("survey_invitation")) == (BOTH, BOTH)


def test_a_list_that_is_only_looked_at_stops_nothing(held, ada, kim):
    asking.ask(NIGHT)
    text = f"Datum;Träff;Namn;E-mail;Kom\n2027-04-08;{held.title_sv};{ada.name};{ada.email};nej\n"
    batch = batches.open_batch(ATTENDANCE_LIST, "lista.csv", text.encode(), by=kim)
    attendance_lists.plan(batch)
    assert waiting("survey_invitation") == BOTH
