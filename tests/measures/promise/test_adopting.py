from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from measures.models import ChallengeAdoption
from measures.promise import adopting
from tests.promise_builders import make_adoption, make_challenge, make_period
from tests.races import neck_and_neck

pytestmark = pytest.mark.django_db


def test_several_are_taken_on_at_once_and_twice_is_nothing_new(bostaden, cai):
    period, challenges = make_period(), [make_challenge("A"), make_challenge("B")]
    assert adopting.take_on(bostaden, period, challenges, by=cai) == 2
    assert adopting.take_on(bostaden, period, challenges, by=cai) == 0
    assert set(ChallengeAdoption.objects.values_list("adopted_by", "state")) == {
        (cai.pk, "adopted")
    }


def test_a_retired_one_is_refused_and_nothing_is_taken_on(bostaden, cai):
    retired = make_challenge("B", retired_at=timezone.now())
    with pytest.raises(ValidationError, match="B antas inte längre"):
        adopting.take_on(bostaden, make_period(), [make_challenge("A"), retired], by=cai)
    assert not ChallengeAdoption.objects.exists()


def test_one_that_was_dropped_stands_again(bostaden, cai):
    row = make_adoption(bostaden)
    adopting.drop(row, "Lagret är sålt.", by=cai)
    row.refresh_from_db()
    assert (row.state, row.reason, row.changed_by) == ("dropped", "Lagret är sålt.", cai)
    assert adopting.take_on(bostaden, row.period, [row.challenge], by=cai) == 1
    row.refresh_from_db()
    assert (row.state, row.reason, row.changed_by) == ("adopted", "", None)


@pytest.mark.parametrize(("minutes", "state"), [(14, "adopted"), (16, "achieved")])
def test_what_was_done_is_undone_for_fifteen_minutes(bostaden, cai, minutes, state):
    row = make_adoption(bostaden)
    adopting.achieve(row, "Alla tar tåget.", by=cai)
    then = timezone.now() - timedelta(minutes=minutes)
    ChallengeAdoption.objects.update(changed_at=then)
    if state == "achieved":
        with pytest.raises(ValidationError, match="15 minuter"):
            adopting.think_again(row, by=cai)
    else:
        adopting.think_again(row, by=cai)
    row.refresh_from_db()
    assert row.state == state


@pytest.mark.django_db(transaction=True)
def test_two_who_take_on_the_same_at_once_make_one(bostaden, cai, kim):
    period, challenge = make_period(), make_challenge()
    came = neck_and_neck(
        lambda: adopting.take_on(bostaden, period, [challenge], by=cai),
        lambda: adopting.take_on(bostaden, period, [challenge], by=kim),
    )
    assert sorted(came) == [0, 1]
    assert ChallengeAdoption.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_one_dropped_and_achieved_at_once_one_row_says_one_thing(bostaden, cai, kim):
    row = make_adoption(bostaden)
    neck_and_neck(
        lambda: adopting.drop(row, "Såld", by=cai), lambda: adopting.achieve(row, "Klart", by=kim)
    )
    row.refresh_from_db()
    assert (row.state, row.reason) in {("dropped", "Såld"), ("achieved", "Klart")}
