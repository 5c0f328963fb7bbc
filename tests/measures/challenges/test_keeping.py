import pytest
from django.core.exceptions import ValidationError

from measures.challenges import keeping
from measures.models import Challenge
from partners.models import FocusArea
from tests.promise_builders import make_adoption, make_challenge
from tests.races import at_once, neck_and_neck

pytestmark = pytest.mark.django_db


def said(**facts):
    defaults = {"focus_area": FocusArea.objects.get(key="energy"), "title_sv": "Grön el"}
    return {"title_en": "", "meaning_sv": "", "meaning_en": "", **defaults, **facts}


def test_a_challenge_stands_last_in_its_area_with_who_wrote_it(kim):
    make_challenge("Tätare hus", focus_area=FocusArea.objects.get(key="energy"), position=1)

    made = keeping.add(said(), by=kim)

    assert (made.position, made.updated_by, made.version) == (2, kim, 1)
    assert made.updated_at is not None


def test_the_same_twice_is_one_and_another_of_that_name_is_refused(kim):
    first = keeping.add(said(), by=kim)

    assert keeping.add(said(), by=kim) == first
    with pytest.raises(ValidationError, match="Grön el") as refusal:
        keeping.add(said(title_sv="grön EL", meaning_sv="Köp el från vind."), by=kim)
    assert refusal.value.code == "taken"
    assert Challenge.objects.count() == 1


def test_who_changes_it_after_another_has_is_told(kim, lo):
    challenge = keeping.add(said(), by=kim)
    keeping.change(challenge, said(title_sv="Förnybar el"), version=1, by=lo)

    with pytest.raises(ValidationError, match="Lo Lind") as refusal:
        keeping.change(challenge, said(title_sv="Vindkraft"), version=1, by=kim)

    assert refusal.value.code == "changed"
    assert Challenge.objects.get().title_sv == "Förnybar el"


def test_in_another_area_it_stands_last(kim):
    food = FocusArea.objects.get(key="food")
    make_challenge("Mindre matsvinn", focus_area=food, position=1)
    challenge = keeping.add(said(), by=kim)

    keeping.change(challenge, said(focus_area=food), version=1, by=kim)

    assert list(food.challenges.values_list("title_sv", flat=True)) == [
        "Mindre matsvinn",
        "Grön el",
    ]


@pytest.mark.parametrize(
    ("place", "order"), [(1, "CAB"), (2, "ACB"), (3, "ABC"), (99, "ABC"), (0, "CAB")]
)
def test_it_is_moved_and_the_others_keep_their_order(kim, place, order):
    rows = {name: keeping.add(said(title_sv=name), by=kim) for name in "ABC"}

    keeping.move(rows["C"], place, by=kim)

    assert "".join(Challenge.objects.values_list("title_sv", flat=True)) == order


def test_a_retired_one_is_kept_by_who_has_it_and_can_be_taken_back(kim, bostaden):
    adoption = make_adoption(bostaden)
    keeping.retire(adoption.challenge, by=kim)
    assert not Challenge.objects.open().exists()
    adoption.refresh_from_db()
    assert adoption.state == "adopted"

    keeping.take_back(adoption.challenge, by=kim)
    assert Challenge.objects.open().get().updated_by == kim


@pytest.mark.django_db(transaction=True)
def test_two_who_add_the_same_at_once_make_one(kim, lo):
    facts = said()
    at_once(lambda: keeping.add(facts, by=kim), lambda: keeping.add(facts, by=lo))
    assert Challenge.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_it_at_once_one_is_told(kim, lo):
    challenge = keeping.add(said(), by=kim)

    came = neck_and_neck(
        lambda: keeping.change(challenge, said(title_sv="Vind"), version=1, by=kim),
        lambda: keeping.change(challenge, said(title_sv="Sol"), version=1, by=lo),
    )

    assert sorted(type(one).__name__ for one in came) == ["Challenge", "ValidationError"]
    assert Challenge.objects.get().version == 2
