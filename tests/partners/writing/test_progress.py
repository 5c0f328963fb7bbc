"""How far mailings have come, by what has become of their letters."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partners.models import MessageState
from partners.writing import progress
from tests.builders import make_letter, make_mailing, make_person

pytestmark = pytest.mark.django_db


def put(mailing, state, **fields):
    person = make_person()
    key = f"partners.mailing:{mailing.pk}:{person.pk}"
    if state == MessageState.SENT:
        fields["sent_at"] = timezone.now()
    return make_letter(person, key=key, state=state, **fields)


@pytest.mark.parametrize("number", [1, 3])
def test_letters_are_counted_by_mailing_in_one_query(kim, number, django_assert_num_queries):
    mailings = [make_mailing(kim) for _ in range(number)]
    for mailing in mailings:
        for state in ("sent", "sent", "waiting", "failed", "skipped"):
            put(mailing, state)
    with django_assert_num_queries(1):
        found = progress.of(mailings)
    assert found.keys() == {mailing.pk for mailing in mailings}
    for one in found.values():
        assert (one.written, one.left, one.waiting) == (5, 2, 1)
        assert [(state, n) for state, _, n in one.others] == [("failed", 1), ("skipped", 1)]


def test_another_mailings_letters_and_tests_of_it_are_not_counted(kim, ada):
    mailing = make_mailing(kim)
    make_letter(ada, key=f"partners.mailing:{mailing.pk}0:1")
    make_letter(ada, key=f"partners.mailing_test:{mailing.pk}:1:1:sv")
    assert progress.of([mailing])[mailing.pk] == progress.Progress()
    assert progress.of([]) == {}


def test_what_has_not_arrived_is_named(kim):
    mailing = make_mailing(kim)
    failed = put(mailing, "failed", last_error="550 5.1.1 User unknown")
    put(mailing, "waiting")
    assert list(progress.not_arrived(mailing)) == [failed]


def test_what_waits_for_its_hour_says_until_when(kim, time_machine):
    time_machine.move_to("2027-03-08T20:00:00+00:00", tick=False)
    now = timezone.now()
    mailing = make_mailing(kim)
    put(mailing, "waiting", next_try_at=now + timedelta(hours=12))
    put(mailing, "waiting", next_try_at=now + timedelta(hours=36))
    found = progress.of([mailing])[mailing.pk]
    assert found.waits_until(now) == now + timedelta(hours=12)
    assert found.waits_until(now + timedelta(hours=12)) is None
    assert progress.Progress().waits_until(now) is None
