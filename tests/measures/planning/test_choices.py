import pytest
from django.utils import timezone, translation
from django.utils.formats import date_format

from learning.models import Intention, IntentionSharing, LearningSession
from measures.models import Challenge
from measures.planning import choices
from partners.models import FocusArea
from tests.builders import make_attendance, make_next_step, make_registration, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def names(user, kept=None):
    return {
        heading: [name for _pk, name in rows]
        for heading, rows in choices.sessions_by_part(user, kept)
    }


def test_what_one_was_at_or_has_a_seat_in_stands_first_and_the_latest_on_top(ada, bo):
    make_attendance(make_session("Was at", in_days=-400), ada)
    make_registration(make_session("Has a seat", in_days=-1), ada)
    make_attendance(make_session("Of others", in_days=-3), bo)
    make_attendance(make_session("Stayed away", in_days=-4), ada, status="absent")
    make_session("Called off", cancelled_at=timezone.now())
    found = names(ada)
    assert list(found) == ["Sessions you took part in", "Other sessions"]
    own, others = ([name.split(",")[0] for name in group] for group in found.values())
    assert own == ["Has a seat", "Was at"]
    assert others == ["Of others", "Stayed away"]


def test_a_session_to_come_is_no_origin(ada):
    make_registration(make_session("Tomorrow", in_days=1), ada)
    make_session("Now", in_days=0)
    assert list(choices.sessions(ada, None).values_list("title_sv", flat=True)) == ["Now"]
    assert [name.split(",")[0] for name in names(ada)["Other sessions"]] == ["Now"]


def test_a_session_is_named_with_its_day(ada):
    session = make_session("Open", in_days=-3)
    day = date_format(timezone.localdate(session.starts_at), "j F Y")
    assert names(ada) == {"Other sessions": [f"Open, {day}"]}


def test_the_session_that_is_kept_stays_even_where_it_is_not_on_offer(ada, monkeypatch):
    old = make_session("Old", in_days=-900)
    make_session("New", in_days=-1)
    monkeypatch.setattr(choices, "MOST_SESSIONS", 1)
    hidden = make_session("Hidden", published_at=None)
    assert [name.split(",")[0] for name in names(ada, old)["Other sessions"]] == ["New", "Old"]
    assert set(choices.sessions(ada, hidden)) == set(LearningSession.objects.all())
    assert hidden not in choices.sessions(ada, None)


def test_challenges_stand_below_their_focus_areas():
    first, second, *_rest = FocusArea.objects.all()
    food = Challenge.objects.create(focus_area=second, title_sv="Mat", title_en="Food")
    travel = Challenge.objects.create(focus_area=first, title_sv="Resor", title_en="Travel")
    assert choices.challenges_by_area() == [
        (str(first), [(travel.pk, "Travel")]),
        (str(second), [(food.pk, "Food")]),
    ]


def test_next_steps_are_those_of_ones_organisations_not_all_one_may_read(
    ada, cai, bo, bostaden, norrbyggen
):
    session = make_session(in_days=-3)
    make_attendance(session, ada)
    own, colleagues = make_next_step(session, ada, organisation=None), make_next_step(session, cai)
    shared = make_next_step(session, bo, sharing=IntentionSharing.GROUP)
    assert shared in Intention.objects.visible_to(ada)
    assert set(choices.next_steps(ada, [bostaden])) == {own, colleagues}


@pytest.mark.parametrize("rows", [1, 3])
def test_each_choice_costs_one_query(ada, rows, django_assert_num_queries):
    for number in range(rows):
        make_attendance(make_session(in_days=-number - 1), ada)
        Challenge.objects.create(focus_area=FocusArea.objects.first(), title_sv=f"Nr {number}")
    with django_assert_num_queries(1):
        choices.sessions_by_part(ada, None)
    with django_assert_num_queries(1):
        choices.challenges_by_area()
