from datetime import date

import pytest
from django.core.exceptions import ValidationError

from measures.challenges import promising_back
from measures.models import CounterCommitment
from tests.promise_builders import make_challenge, make_counter_commitment
from tests.races import at_once

pytestmark = pytest.mark.django_db
SAID = {
    "text_sv": "Laddplatser på Teg",
    "text_en": "",
    "owner": "Umeå Energi",
    "state": "planned",
    "due_on": date(2027, 6, 30),
}


def test_a_promise_stands_last_and_twice_is_one(kim):
    challenge = make_challenge()
    make_counter_commitment(challenge, "Billigare busskort", position=1)

    made = promising_back.add(challenge, SAID, by=kim)

    assert promising_back.add(challenge, SAID, by=kim) == made
    assert (made.position, made.updated_by, made.due_on) == (2, kim, date(2027, 6, 30))


def test_who_changes_it_after_another_has_is_told(kim, lo):
    promise = promising_back.add(make_challenge(), SAID, by=kim)
    promising_back.change(promise, SAID | {"state": "kept"}, version=1, by=lo)
    with pytest.raises(ValidationError, match="Lo Lind"):
        promising_back.change(promise, SAID | {"state": "dropped"}, version=1, by=kim)
    assert CounterCommitment.objects.get().state == "kept"


def test_it_is_taken_away_and_put_back(kim, lo):
    promise = promising_back.add(make_challenge(), SAID, by=kim)

    promising_back.remove(promise, by=kim)
    promising_back.remove(promise, by=lo)
    promise.refresh_from_db()
    assert promise.removed_by == kim
    assert not CounterCommitment.objects.standing().exists()

    promising_back.put_back(promise, by=lo)
    assert CounterCommitment.objects.standing().get().updated_by == lo


def test_after_it_is_taken_away_the_same_is_a_new_one(kim):
    challenge = make_challenge()
    promising_back.remove(promising_back.add(challenge, SAID, by=kim), by=kim)
    promising_back.add(challenge, SAID, by=kim)
    assert CounterCommitment.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_add_the_same_at_once_make_one(kim, lo):
    challenge = make_challenge()
    at_once(
        lambda: promising_back.add(challenge, SAID, by=kim),
        lambda: promising_back.add(challenge, SAID, by=lo),
    )
    assert CounterCommitment.objects.count() == 1
