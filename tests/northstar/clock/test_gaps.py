"""The clock stood still: from when to when, and what became of the letters."""

from datetime import UTC, datetime, timedelta

import pytest

from northstar.clock import gaps
from partners.models import ClockGap
from partners.ticks import tick
from tests.builders import make_letter

pytestmark = pytest.mark.django_db

NOON = datetime(2027, 3, 9, 11, 0, tzinfo=UTC)  # twelve in Umeå
HOUR = timedelta(hours=1)


def letter(person, **facts):
    made = make_letter(person, **facts)
    type(made).objects.filter(pk=made.pk).update(created_at=NOON)
    return made


def test_a_clock_that_runs_leaves_no_gap():
    assert not gaps.note(NOON)  # its first look of all
    tick("watch", NOON)
    assert not gaps.note(NOON + timedelta(minutes=10))
    assert not gaps.note(NOON - HOUR)  # turned back
    assert not ClockGap.objects.exists()


def test_a_gap_is_noted_once_however_many_look(kim):
    tick("watch", NOON)
    for _ in range(2):
        assert gaps.note(NOON + 2 * HOUR)
    gap = ClockGap.objects.get()
    assert (gap.began_at, gap.ended_at) == (NOON, NOON + 2 * HOUR)


def test_coordinators_are_told_once_what_was_sent_afterwards_and_what_came_too_late(kim, lo, ada):
    end = NOON + 2 * HOUR
    ClockGap.objects.create(began_at=NOON, ended_at=end)
    due = {"next_try_at": NOON + HOUR}
    for minutes in (1, 2):
        letter(ada, state="sent", sent_at=end + timedelta(minutes=minutes), **due)
    letter(ada, state="sent", sent_at=NOON + HOUR, **due)  # another sender was alive
    letter(ada, state="skipped", useless_after=NOON + HOUR, **due)
    letter(ada, state="skipped", **due)  # overtaken by events: nobody missed it
    letter(ada, **due)
    letter(ada, next_try_at=end + HOUR)  # was never due in it

    assert gaps.tell(end + timedelta(minutes=1)) == 0  # the sweeps are still at it
    assert gaps.tell(end + gaps.SETTLES) == 1
    assert gaps.tell(end + gaps.SETTLES) == 0

    gap = ClockGap.objects.get()
    assert (gap.caught_up, gap.missed) == (2, 1)
    told = kim.messages.get()
    assert told.subject == "Portalens klocka stod still till 9 mars 2027 kl. 14.00"
    for line in (
        "Från: tisdag 9 mars 2027 kl. 12.00",
        "Till: tisdag 9 mars 2027 kl. 14.00",
        "Skickade i efterhand: 2 mejl",
        "Väntar fortfarande: 1 mejl",
        "För sena, skickas inte: 1 mejl",
    ):
        assert line in told.text.replace("\xa0", " ")
    assert not lo.messages.exists()
