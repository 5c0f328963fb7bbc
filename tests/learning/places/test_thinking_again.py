"""Whoever leaves a place may think again for a while, on the page and by a letter's link."""

import re
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from learning.attendance import taking
from learning.models import (
    LearningSession,
    PlaceLink,
    Registration,
    RegistrationState,
)
from learning.places import leaving, registration
from learning.reminders import running
from learning.sessions import scheduling
from partners.models import Message
from tests.builders import (
    make_leaving,
    make_registration,
    make_session,
)
from tests.faults import oracle
from tests.races import at_once

WITHDRAWN = RegistrationState.WITHDRAWN


# Thinking again

START = datetime(2027, 4, 8, 13, tzinfo=ZoneInfo("Europe/Stockholm"))


@pytest.fixture
def full(ada, bo, time_machine):
    """A session with one seat, which Ada has and Bo waits for; it is the day before."""
    time_machine.move_to(START - timedelta(days=1), tick=False)
    session = make_session(capacity=1, starts_at=START)
    registration.register(session, ada, by=ada)
    registration.register(session, bo, by=bo)
    return session


def states(session):
    return {place.person.name.split()[0]: place.state for place in session.registrations.all()}


def seat_of(person):
    return Registration.objects.get(person=person)


def letters(person):
    return list(person.messages.order_by("pk").values_list("letter", flat=True))


def test_a_place_that_is_left_is_taken_for_fifteen_minutes(full, ada, bo):
    left = leaving.leave(seat_of(ada), by=ada)

    assert left.leaves_at == timezone.now() + timedelta(minutes=15)
    assert LearningSession.objects.with_places(ada).get().own_state == "leaving"
    assert LearningSession.objects.with_places().get().seats_left == 0
    assert states(full) == {"Ada": "confirmed", "Bo": "queued"}
    assert letters(ada) == ["learning/seat_confirmed"]
    assert leaving.end_due(left.leaves_at - timedelta(seconds=1)) == 0


def test_then_it_goes_to_the_next_and_both_are_told(full, ada, bo):
    left = leaving.leave(seat_of(ada), by=ada)

    assert leaving.end_due(left.leaves_at) == 1
    assert leaving.end_due(left.leaves_at) == 0

    assert states(full) == {"Ada": "withdrawn", "Bo": "confirmed"}
    assert letters(ada)[-1] == "learning/place_given_back"
    assert letters(bo)[-1] == "learning/seat_from_queue"
    ended = seat_of(ada)
    assert (ended.leaves_at, ended.withdrawn_by) == (None, ada)


def test_whoever_thinks_again_in_time_has_lost_nothing(full, ada, bo, time_machine):
    leaving.leave(seat_of(ada), by=ada)
    time_machine.shift(timedelta(minutes=14, seconds=59))

    leaving.stay(seat_of(ada))
    leaving.stay(seat_of(ada))

    assert leaving.end_due(timezone.now() + timedelta(hours=1)) == 0
    assert states(full) == {"Ada": "confirmed", "Bo": "queued"}
    assert (seat_of(ada).leaves_at, seat_of(ada).withdrawn_by) == (None, None)
    assert len(Message.objects.all()) == 2


@pytest.mark.parametrize("is_swept", [False, True])
def test_after_fifteen_minutes_it_is_too_late(full, ada, time_machine, is_swept):
    leaving.leave(seat_of(ada), by=ada)
    time_machine.shift(timedelta(minutes=15))
    if is_swept:
        leaving.end_due(timezone.now())
    with pytest.raises(ValidationError) as refusal:
        leaving.stay(seat_of(ada))
    assert refusal.value.code == "over"


def test_leaving_twice_gives_no_more_time(full, ada, time_machine):
    first = leaving.leave(seat_of(ada), by=ada).leaves_at
    time_machine.shift(timedelta(minutes=10))
    assert leaving.leave(seat_of(ada), by=ada).leaves_at == first


@pytest.mark.parametrize(
    ("before", "is_final"),
    [
        (timedelta(hours=2, seconds=1), False),
        (timedelta(hours=2), True),
        (timedelta(minutes=1), True),
    ],
)
def test_in_the_last_two_hours_leaving_is_final_at_once(full, ada, time_machine, before, is_final):
    time_machine.move_to(START - before, tick=False)
    leaving.leave(seat_of(ada), by=ada)
    assert (seat_of(ada).state == WITHDRAWN) is is_final
    assert (states(full)["Bo"] == "confirmed") is is_final


@pytest.mark.parametrize(
    ("start", "last"),
    [  # summer time begins and ends at two in the night between
        (datetime(2027, 3, 28, 3, 30), datetime(2027, 3, 28, 0, 30)),
        (datetime(2027, 10, 31, 3, 30), datetime(2027, 10, 31, 2, 30, fold=0)),
    ],
)
def test_two_hours_are_two_hours_on_both_days_of_the_clock(ada, start, last, time_machine):
    zone = ZoneInfo("Europe/Stockholm")
    start, last = start.replace(tzinfo=zone), last.replace(tzinfo=zone)
    assert start.astimezone(UTC) - last.astimezone(UTC) == timedelta(hours=2)
    time_machine.move_to(last - timedelta(days=1), tick=False)
    place = make_registration(make_session(starts_at=start.astimezone(UTC)), ada)
    just_before = last.astimezone(UTC) - timedelta(seconds=1)
    assert leaving.may_be_undone(place.session, just_before)
    assert not leaving.may_be_undone(place.session, last.astimezone(UTC))
    time_machine.move_to(just_before, tick=False)
    left = leaving.leave(place, by=ada)
    assert left.leaves_at == just_before + timedelta(minutes=15)
    assert leaving.end_due(just_before + timedelta(minutes=15)) == 1


def test_whoever_leaves_the_queue_keeps_their_turn_while_they_think(full, ada, bo, cai):
    registration.register(full, cai, by=cai)
    leaving.leave(seat_of(bo), by=bo)

    registration.withdraw(seat_of(ada), by=ada)
    assert states(full) == {"Ada": "withdrawn", "Bo": "queued", "Cai": "queued"}

    leaving.stay(seat_of(bo))
    assert states(full) == {"Ada": "withdrawn", "Bo": "confirmed", "Cai": "queued"}


def test_the_turn_goes_on_when_they_have_left_the_queue(full, ada, bo, cai):
    registration.register(full, cai, by=cai)
    left = leaving.leave(seat_of(bo), by=bo)
    registration.withdraw(seat_of(ada), by=ada)

    leaving.end_due(left.leaves_at)

    assert states(full) == {"Ada": "withdrawn", "Bo": "withdrawn", "Cai": "confirmed"}
    assert letters(bo)[-1] == "learning/queue_left"


def test_whoever_is_leaving_is_not_reminded_and_is_when_they_think_again(full, ada, time_machine):
    time_machine.move_to(START - timedelta(days=1, hours=4, minutes=5), tick=False)
    Registration.objects.filter(person=ada).update(seated_at=START - timedelta(days=9))
    leaving.leave(seat_of(ada), by=ada)
    assert running.remind(timezone.now() + timedelta(minutes=6)) == 0
    leaving.stay(seat_of(ada))
    assert running.remind(timezone.now() + timedelta(minutes=6)) == 1


def test_to_register_again_is_to_think_again(full, ada, bo, time_machine):
    leaving.leave(seat_of(ada), by=ada)
    assert registration.register(full, ada, by=ada) == seat_of(ada)
    assert seat_of(ada).leaves_at is None

    leaving.leave(seat_of(ada), by=ada)
    time_machine.shift(timedelta(minutes=16))  # and no sweep came
    assert registration.register(full, ada, by=ada).state == "queued"
    assert states(full)["Bo"] == "confirmed"


def test_a_session_called_off_meanwhile_is_told_of_once(full, ada, lo):
    left = leaving.leave(seat_of(ada), by=ada)
    scheduling.cancel(full, by=lo)
    assert leaving.end_due(left.leaves_at) == 1
    assert letters(ada) == ["learning/seat_confirmed", "learning/session_cancelled"]
    assert seat_of(ada).state == WITHDRAWN


def test_who_is_leaving_may_be_noted_as_present(full, ada, lo, time_machine):
    leaving.leave(seat_of(ada), by=ada)
    time_machine.move_to(START, tick=False)
    taking.take(full, {ada.pk: "present"}, by=lo)
    assert full.attendances.get().organisation == seat_of(ada).organisation
    leaving.end_due(timezone.now())
    taking.take(full, {ada.pk: "absent"}, by=lo)
    assert full.attendances.get().status == "absent"


@pytest.mark.django_db(transaction=True)
def test_four_who_leave_and_think_again_at_once_leave_one_answer(ada, bo):
    session = make_session(capacity=1)
    seat = registration.register(session, ada, by=ada)
    registration.register(session, bo, by=bo)
    calls = [lambda: leaving.leave(seat_of(ada), by=ada), lambda: leaving.stay(seat_of(ada))]
    answers = at_once(*calls, *calls)
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert states(session) == {"Ada": "confirmed", "Bo": "queued"}
    assert seat.session_id == session.pk
    assert oracle.broken() == {}


@pytest.mark.django_db(transaction=True)
def test_undo_and_sweep_at_once_do_not_both_win(ada, bo, monkeypatch):
    session = make_session(capacity=1)
    registration.register(session, ada, by=ada)
    registration.register(session, bo, by=bo)
    for _ in range(5):
        place = make_leaving(seat_of(ada))
        answers = at_once(
            lambda: leaving.stay(seat_of(ada)),
            partial(leaving.end_due, place.leaves_at),
            partial(leaving.end_due, place.leaves_at),
        )
        stayed, *ended = answers
        if isinstance(stayed, ValidationError):
            assert sorted(ended) == [0, 1]
            assert states(session) == {"Ada": "withdrawn", "Bo": "confirmed"}
            break
        assert ended == [0, 0]
        assert states(session) == {"Ada": "confirmed", "Bo": "queued"}
    assert oracle.broken() == {}


# By the link of a letter


def link_in(letter):
    return re.search(r"http://localhost:8000(/avboka/[\w-]{43}/)", letter.text).group(1)


def test_a_letters_link_leaves_the_place_without_login(full, ada, client):
    letter = Message.objects.get(recipient=ada)
    address = link_in(letter)
    page = client.get(address).content.decode()
    assert "Ada, det gäller din plats" in page
    assert full.title in page
    assert "Åström" not in page
    assert seat_of(ada).leaves_at is None

    left = client.post(address)
    assert (left.status_code, left["Location"]) == (302, address)
    assert (seat_of(ada).is_leaving, seat_of(ada).withdrawn_by) == (True, ada)
    assert "Du kan ångra dig till kl.\u00a013.15." in client.get(address).content.decode()

    kept = client.post(f"{address}angra/", follow=True).content.decode()
    assert not seat_of(ada).is_leaving
    assert ">Du har kvar din plats</h1>" in kept
    assert "Vill du avboka din plats?" not in kept
    assert 'class="button quiet">Avboka min plats<' in kept


def test_a_letters_link_names_the_session_first_and_leads_to_it_where_one_may_see_it(
    full, ada, client, as_
):
    address = link_in(Message.objects.get(recipient=ada))
    own = f'<a href="/traffar/{full.pk}/">'
    page = client.get(address).content.decode()
    assert page.index(full.title, page.index("<main")) < page.index("<h1")
    assert own not in page  # for partners: a reader without login would meet the login
    assert own in as_(ada).get(address).content.decode()
    assert "13.00–\u206016.00" in page


def test_each_letter_has_a_link_of_its_own_and_the_database_no_token(full, ada, bo):
    addresses = {link_in(letter) for letter in Message.objects.all()}
    assert len(addresses) == PlaceLink.objects.count() == 2
    for address in addresses:
        assert not PlaceLink.objects.filter(token_hash__in=address.split("/")).exists()
    assert all(letter.secret for letter in Message.objects.all())


@pytest.mark.parametrize("fate", ["unknown", "ended", "begun", "cancelled"])
def test_a_link_that_is_dead_answers_as_one_that_never_was(
    full, ada, lo, client, time_machine, fate
):
    address = link_in(Message.objects.get(recipient=ada))
    unknown = "x" * 43
    if fate == "unknown":
        address = f"/avboka/{unknown}/"
    elif fate == "ended":
        registration.withdraw(seat_of(ada), by=ada)
    elif fate == "begun":
        time_machine.move_to(START, tick=False)
    else:
        scheduling.cancel(full, by=lo)
    for path in (address, f"{address}angra/"):
        assert client.post(path).status_code == 404
    token = address.split("/")[2]
    answers = [client.get(f"/avboka/{one}/") for one in (token, unknown)]
    assert [answer.status_code for answer in answers] == [404, 404]
    one, other = (answer.content.decode().replace(token, unknown) for answer in answers)
    assert one == other


def test_in_the_last_two_hours_the_link_says_so_and_ends_with_the_place(
    full, ada, client, time_machine
):
    address = link_in(Message.objects.get(recipient=ada))
    time_machine.move_to(START - timedelta(hours=1), tick=False)
    assert "går inte att ångra en avbokning" in client.get(address).content.decode()
    done = client.post(address)
    assert done.status_code == 200
    assert "Din plats är avbokad" in done.content.decode()
    assert states(full) == {"Ada": "withdrawn", "Bo": "confirmed"}
    assert client.get(address).status_code == 404


def test_links_are_tried_as_seldom_as_logins(full, ada, client, settings):
    settings.LOGIN_REQUESTS_A_NETWORK = 1
    address = link_in(Message.objects.get(recipient=ada))
    assert client.post(address).status_code == 302
    assert client.post(f"{address}angra/").status_code == 429


# On the pages


def test_the_panel_says_until_when_and_takes_it_back(full, ada, as_):
    browser = as_(ada)
    browser.post(reverse("withdraw", args=[seat_of(ada).pk]))
    page = browser.get(reverse("session_detail", args=[full.pk])).content.decode()
    assert '<section class="undo">' in page
    assert "Du kan ångra dig till kl. 13.15. " in " ".join(page.split())
    assert "Sedan går platsen till nästa i kön." in page
    assert "Nyss avbokad" in browser.get("/traffar/").content.decode()
    browser.post(reverse("stay", args=[seat_of(ada).pk]))
    assert "Du har en plats" in browser.get(reverse("session_detail", args=[full.pk])).text


def test_a_lead_who_cancels_for_somebody_may_think_again(full, ada, lo, as_):
    browser = as_(lo)
    address = reverse("withdraw", args=[seat_of(ada).pk])
    left = browser.post(address, follow=True)
    assert left.redirect_chain[0][0] == address
    assert "Ada Åström är avbokad" in left.text
    assert '<section class="undo">' in left.text
    people = browser.get(reverse("participants", args=[full.pk])).text
    assert "Avbokad, kan ångras till kl.\u00a013.15" in people
    back = browser.post(reverse("stay", args=[seat_of(ada).pk]), follow=True)
    assert "Ada Åström har kvar sin plats." in back.text
    assert not seat_of(ada).is_leaving
