"""Seats are never sold twice, whoever comes at once: tried with real connections."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.models import Max, Min
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learning.models import LearningSession, Registration, RegistrationState
from learning.places import registration, waitlist
from learning.places.registration import register, withdraw
from partners.models import Message
from tests.builders import make_person, make_registration, make_session

THREADS = 20


def all_at_once(people, act):
    """Run act(person) for all, from many connections; return what went wrong."""
    barrier = threading.Barrier(THREADS)

    def one_thread(share):
        wrong = []
        barrier.wait()
        for person in share:
            try:
                act(person)
            except Exception as error:
                wrong.append(error)
        connection.close()
        return wrong

    with ThreadPoolExecutor(THREADS) as pool:
        shares = [people[n::THREADS] for n in range(THREADS)]
        return [error for wrong in pool.map(one_thread, shares) for error in wrong]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_hundred_people_at_once_get_forty_seats_in_order():
    session = make_session(capacity=40)
    people = [make_person(f"P{n}") for n in range(200)]

    wrong = all_at_once(people, lambda person: register(session, person, by=person))

    assert wrong == []
    places = session.registrations
    assert (places.confirmed().count(), places.queued().count()) == (40, 160)
    assert (
        places.confirmed().aggregate(n=Max("pk"))["n"] < places.queued().aggregate(n=Min("pk"))["n"]
    )
    told = Message.objects.filter(letter="learning/place_in_queue").order_by("key")
    numbers = {int(m.subject.split("plats ")[1].split(":")[0]) for m in told}
    assert numbers == set(range(1, 161))


@pytest.mark.django_db(transaction=True)
def test_the_race_is_real_without_the_lock(monkeypatch):
    """The control: with the lock left out, seats are sold twice; so the test above proves it."""

    def no_lock(session, reader):
        return LearningSession.objects.with_places(reader).get(pk=session.pk)

    monkeypatch.setattr(registration, "lock", no_lock)
    for _ in range(5):
        session = make_session(capacity=5)
        people = [make_person(f"P{n}") for n in range(60)]
        all_at_once(people, lambda person, session=session: register(session, person, by=person))
        if session.registrations.confirmed().count() > 5:
            return
    pytest.fail("sixty at once never broke an unlocked session: the test proves nothing")


@pytest.mark.django_db(transaction=True)
def test_a_double_click_on_two_connections_is_one_place_and_one_letter():
    session = make_session(capacity=40)
    person = make_person("Ada")

    wrong = all_at_once([person] * THREADS, lambda person: register(session, person, by=person))

    assert wrong == []
    assert Registration.objects.count() == Message.objects.count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_withdrawing_while_others_register_leaves_no_seat_empty():
    session = make_session(capacity=10)
    first = [register(session, p, by=p) for p in [make_person(f"A{n}") for n in range(10)]]
    others = [make_person(f"B{n}") for n in range(30)]

    def act(what):
        if isinstance(what, Registration):
            withdraw(what, by=what.person)
        else:
            register(session, what, by=what)

    assert all_at_once([*first, *others], act) == []
    assert session.registrations.confirmed().count() == 10
    assert session.registrations.queued().count() == 20


@pytest.mark.django_db
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    capacity=st.integers(1, 4),
    steps=st.lists(st.tuples(st.sampled_from(["register", "withdraw"]), st.integers(0, 6))),
)
def test_whatever_people_do_seats_are_full_and_served_in_order(db, capacity, steps):
    session = make_session(capacity=capacity)
    people = [make_person(f"P{n}") for n in range(7)]
    for act, who in steps:
        standing = session.registrations.standing().filter(person=people[who]).first()
        if act == "register":
            register(session, people[who], by=people[who])
        elif standing is not None:
            withdraw(standing, by=people[who])

        seated = list(session.registrations.confirmed().values_list("pk", flat=True))
        queued = list(session.registrations.queued().values_list("pk", flat=True))
        assert len(seated) <= capacity
        assert not queued or (len(seated) == capacity and max(seated) < min(queued))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {"published_at": None},
        {"cancelled_at": timezone.now()},
        {"in_days": -0.01, "hours": 5},
    ],
    ids=["a draft", "cancelled", "begun"],
)
def test_nobody_is_seated_where_nobody_may_come(ada, fields):
    place = make_registration(make_session(**fields), ada, RegistrationState.QUEUED)

    assert waitlist.fill_free_seats(place.session, timezone.now()) == 0

    place.refresh_from_db()
    assert place.state == RegistrationState.QUEUED


@pytest.mark.django_db
def test_several_sessions_are_held_in_one_order_and_no_other_with_them():
    later, earlier = sorted((make_session(), make_session()), key=lambda s: -s.pk)
    make_session()
    with CaptureQueriesContext(connection) as asked:
        waitlist.lock_all([later, earlier])

    (held,) = [query["sql"] for query in asked if "FOR NO KEY UPDATE" in query["sql"]]
    assert f'WHERE "learning_learningsession"."id" IN ({later.pk}, {earlier.pk})' in held
    assert 'ORDER BY "learning_learningsession"."id" ASC' in held or "ORDER BY 1 ASC" in held


@pytest.mark.django_db
def test_letters_about_a_seat_are_written_in_the_order_of_the_queue(ada, bo, cai):
    session = make_session(capacity=3)
    places = [make_registration(session, one, RegistrationState.QUEUED) for one in (ada, bo, cai)]
    for place in places[:2]:
        place.save()  # written anew, and last where nobody asks for an order
    assert waitlist.fill_free_seats(session, timezone.now()) == 3
    letters = Message.objects.order_by("pk").values_list("recipient", flat=True)
    assert list(letters) == [ada.pk, bo.pk, cai.pk]
