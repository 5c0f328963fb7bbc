"""Telling of new material: once, to those whom it concerns, and nothing untrue."""

from datetime import datetime, time, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from learning.attendance import taking
from learning.material import keeping, telling
from learning.models import AttendanceStatus
from learning.reminders import mails, running
from partners.choices import choosing
from partners.models import Message, Topic
from partners.models.moments import STOCKHOLM
from partners.post import delivery, gathering
from tests.builders import (
    make_attendance,
    make_bounced,
    make_link,
    make_registration,
    make_rule,
    make_session,
    make_telling,
)
from tests.races import at_once

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 4, 8, 12, 0, tzinfo=STOCKHOLM)  # a Thursday
PRESENT, ABSENT = AttendanceStatus.PRESENT, AttendanceStatus.ABSENT
MATERIAL = {"letter": "session_material", "whom": "attended", "side": "after", "edge": "end"}


@pytest.fixture(autouse=True)
def the_day_after(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def held(ada, cai, lo):
    """A session of yesterday: ada was there, cai was not; material came today."""
    session = make_session(starts_at=NOON - timedelta(hours=26), hours=3, lead=lo)
    for person in (ada, cai):
        make_registration(session, person)
    taking.take(session, {ada.pk: PRESENT, cai.pk: ABSENT}, by=lo)
    make_link(session)
    session.refresh_from_db()
    return session


def waiting():
    letters = Message.objects.filter(letter="learning/session_material", state="waiting")
    return [letter.recipient for letter in letters.order_by("pk")]


def let_go(time_machine):
    time_machine.shift(timedelta(minutes=1))
    gathering.gather_all(timezone.now(), for_s=5)
    delivery.deliver_all()


def test_those_who_were_there_get_one_letter_in_the_digest(held, ada, lo, time_machine):
    told = telling.tell(held, by=lo)
    assert (told.created_by, told.is_after) == (lo, True)
    assert waiting() == [ada]
    assert "Tack för att du kom." in Message.objects.get().text
    assert Message.objects.get().held
    let_go(time_machine)
    assert [letter.to for letter in mail.outbox] == [[ada.email]]


def test_before_the_session_those_who_have_a_seat_do(ada, cai, bo, lo):
    session = make_session(lead=lo)
    make_registration(session, ada)
    make_registration(session, bo, state="queued")
    make_link(session)
    telling.tell(session, by=lo)
    assert waiting() == [ada]
    assert "var anmäld till träffen" in Message.objects.get().text


def test_a_second_click_is_the_first_and_later_nothing_is_new(held, lo, time_machine):
    first = telling.tell(held, by=lo)
    assert telling.tell(held, by=lo) == first
    time_machine.shift(timedelta(minutes=3))
    with pytest.raises(ValidationError) as refusal:
        telling.tell(held, by=lo)
    assert refusal.value.code == "nothing"
    let_go(time_machine)
    time_machine.shift(timedelta(minutes=1))
    make_link(held, "Anteckningar")
    assert telling.tell(held, by=lo) != first


def test_what_comes_while_the_letters_wait_is_told_by_them(held, ada, lo, time_machine):
    first = telling.tell(held, by=lo)
    time_machine.shift(timedelta(seconds=30))
    make_link(held, "Anteckningar")
    stands = telling.standing(held, timezone.now())
    assert (stands.new, stands.waiting, stands.may_tell) == (0, 1, False)
    assert telling.tell(held, by=lo) == first
    time_machine.shift(timedelta(minutes=3))
    with pytest.raises(ValidationError) as refusal:
        telling.tell(held, by=lo)
    assert refusal.value.code == "nothing"
    let_go(time_machine)
    assert waiting() == []
    assert telling.standing(held, timezone.now()).new == 0
    assert len(mail.outbox) == 1


def test_a_press_just_after_the_letters_left_tells_of_what_came_since(held, ada, lo, time_machine):
    first = telling.tell(held, by=lo)
    let_go(time_machine)
    time_machine.shift(timedelta(seconds=10))
    make_link(held, "Anteckningar")
    assert telling.tell(held, by=lo) != first
    assert waiting() == [ada]


def test_of_some_who_have_their_letter_and_some_who_wait_only_the_first_are_told_again(
    held, ada, bo, lo, time_machine
):
    make_attendance(held, bo)
    telling.tell(held, by=lo)
    later = NOON + timedelta(days=5)
    Message.objects.filter(recipient=bo).update(next_try_at=later)
    let_go(time_machine)
    assert waiting() == [bo]
    time_machine.shift(timedelta(minutes=3))
    newer = make_link(held, "Anteckningar")
    stands = telling.standing(held, timezone.now())
    assert (stands.new, stands.readers) == (1, 1)
    telling.tell(held, by=lo)
    assert waiting() == [bo, ada]
    keeping.remove(newer, by=lo)
    assert waiting() == [bo]


def test_whom_it_reaches_and_whom_not_is_counted_before_and_after(held, ada, bo, kim, lo):
    for person in (bo, kim):
        make_attendance(held, person)
    choosing.switch_off(kim, [Topic.NEWS])
    make_bounced(bo)
    stands = telling.standing(held, NOON)
    assert (stands.readers, stands.unreached, stands.unwilling) == (1, [bo], 1)
    assert stands.leaves_at == NOON
    telling.tell(held, by=lo)
    stands = telling.standing(held, NOON)
    assert (stands.waiting, stands.gone, stands.lost) == (1, 0, [bo, kim])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"attendance_taken_at": None}, "not_noted"),
        ({"published_at": None}, "not_live"),
        ({"cancelled_at": NOON}, "not_live"),
    ],
    ids=str,
)
def test_it_is_refused_where_nobody_can_be_told(held, lo, change, code):
    type(held).objects.filter(pk=held.pk).update(**change)
    with pytest.raises(ValidationError) as refusal:
        telling.tell(held, by=lo)
    assert refusal.value.code == code
    assert not telling.standing(type(held).objects.get(pk=held.pk), NOON).may_tell


def test_where_nobody_was_there_nobody_is_told(held, ada, lo):
    held.attendances.update(status=ABSENT)
    with pytest.raises(ValidationError) as refusal:
        telling.tell(held, by=lo)
    assert refusal.value.code == "nobody"


def test_it_is_taken_back_until_it_leaves(held, ada, lo, time_machine):
    told = telling.tell(held, by=lo)
    assert telling.take_back(held, by=lo) == 1
    told.refresh_from_db()
    assert (told.taken_back_by, told.taken_back_at) == (lo, NOON)
    letter = Message.objects.get()
    assert (letter.last_error, letter.decided_by) == (mails.TAKEN_BACK, lo)
    assert letter.decided_at == NOON
    assert waiting() == []
    assert telling.standing(held, NOON).may_tell
    telling.tell(held, by=lo)
    assert waiting() == [ada]
    let_go(time_machine)
    with pytest.raises(ValidationError) as refusal:
        telling.take_back(held, by=lo)
    assert refusal.value.code == "left"
    assert len(mail.outbox) == 1


def test_what_somebody_told_no_reminder_tells_again(held, ada, lo):
    make_rule(held, amount=1, clock=time(12), counts_from=None, **MATERIAL)
    telling.tell(held, by=lo)
    running.remind(NOON)
    assert waiting() == [ada]


def test_nor_does_somebody_what_a_reminder_told(held, ada, lo):
    make_rule(held, amount=1, clock=time(12), counts_from=None, **MATERIAL)
    running.remind(NOON)
    assert waiting() == [ada]
    with pytest.raises(ValidationError) as refusal:
        telling.tell(held, by=lo)
    assert refusal.value.code == "nothing"


def test_what_came_after_the_reminder_is_told_of(held, ada, lo, time_machine):
    make_rule(held, amount=1, clock=time(12), counts_from=None, **MATERIAL)
    running.remind(NOON)
    let_go(time_machine)
    time_machine.shift(timedelta(minutes=1))
    make_link(held, "Anteckningar")
    telling.tell(held, by=lo)
    assert waiting() == [ada]


# What is true no more


@pytest.mark.parametrize("how", ["rule", "lead"])
def test_material_that_is_taken_away_is_told_of_no_more(held, lo, how, time_machine):
    if how == "rule":
        make_rule(held, amount=1, clock=time(12), counts_from=None, **MATERIAL)
        running.remind(NOON)
    else:
        telling.tell(held, by=lo)
    assert waiting()
    keeping.remove(held.materials.get(), by=lo)
    assert waiting() == []
    let_go(time_machine)
    assert not mail.outbox


def test_of_two_pieces_one_may_go(held, ada, lo):
    other = make_link(held, "Anteckningar")
    telling.tell(held, by=lo)
    keeping.remove(other, by=lo)
    assert waiting() == [ada]


def test_what_tells_of_nothing_that_is_still_there_is_stopped(held, ada, lo, time_machine):
    telling.tell(held, by=lo)
    let_go(time_machine)
    time_machine.shift(timedelta(minutes=3))
    newer = make_link(held, "Anteckningar")
    time_machine.shift(timedelta(minutes=3))
    telling.tell(held, by=lo)
    assert waiting() == [ada]
    keeping.remove(newer, by=lo)
    assert waiting() == []


@pytest.mark.django_db(transaction=True)
def test_of_two_who_tell_at_once_one_is_refused(held, lo, kim):
    found = at_once(lambda: telling.tell(held, by=lo), lambda: telling.tell(held, by=kim))
    assert sorted(type(one).__name__ for one in found) == ["MaterialTelling", "ValidationError"]
    assert Message.objects.filter(letter="learning/session_material").count() == 1


@pytest.mark.parametrize("number", [1, 3])
def test_how_it_stands_costs_the_same_for_any_number(
    held, bostaden, lo, number, django_assert_num_queries, time_machine
):
    from_before = make_telling(held, lo)
    let_go(time_machine)
    time_machine.shift(timedelta(minutes=1))
    for n in range(number):
        make_link(held, f"Bild {n}")
        make_attendance(held, type(lo).objects.create_user(f"p{n}@people.example", f"P {n}"))
    with django_assert_num_queries(11):
        stands = telling.standing(held, timezone.now())
    assert (stands.new, stands.readers, stands.waiting) == (number, number + 1, 0)
    assert stands.latest == from_before
