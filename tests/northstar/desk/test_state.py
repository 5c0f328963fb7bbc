"""The outbox in figures."""

from datetime import UTC, datetime, timedelta

import pytest

from northstar.desk import state
from partners.post import pauses
from tests.builders import make_letter

pytestmark = pytest.mark.django_db

NOON = datetime(2027, 3, 9, 11, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_letters_are_counted_by_what_becomes_of_them(ada, time_machine, django_assert_num_queries):
    time_machine.move_to(NOON, tick=False)
    make_letter(ada, next_try_at=NOON - HOUR)
    make_letter(ada, next_try_at=NOON)
    make_letter(ada, next_try_at=NOON + HOUR, attempts=1)
    make_letter(ada, next_try_at=NOON + 2 * HOUR)
    make_letter(ada, state="failed")
    make_letter(ada, state="failed", useless_after=datetime(2020, 1, 1, tzinfo=UTC))
    make_letter(ada, state="sent", sent_at=datetime(2027, 3, 8, 23, 30, tzinfo=UTC))  # 00.30
    make_letter(ada, state="sent", sent_at=datetime(2027, 3, 8, 22, 30, tzinfo=UTC))  # yesterday
    pauses.end()

    with django_assert_num_queries(4):  # one asks the cache whether the mail server refuses us
        found = state.queue(NOON)

    assert (found.due, found.oldest_due) == (2, NOON - HOUR)
    assert (found.to_be_tried_again, found.next_try, found.later) == (1, NOON + HOUR, 1)
    assert (found.failed, found.sent_today, found.paused_because) == (1, 1, "")
