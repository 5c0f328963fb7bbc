"""A seat or an offer that several want at the same moment: threads that meet in the lock."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learning.models import LearningSession
from learning.places import leaving, registration
from learning.places.waitlist import lock
from learning.sessions import scheduling
from partners.models import Membership
from partners.people import invitations, membership
from tests.builders import (
    make_invitation,
    make_member,
    make_organisation,
    make_person,
    make_session,
)
from tests.faults import locks, oracle
from tests.faults.conftest import wait_until
from tests.races import at_once

MS = timedelta(milliseconds=1)
CONTESTS = 8


class Gate:
    """Lets the threads of one contest meet in the lock; who comes again comes alone."""

    def __init__(self, monkeypatch, number=3):
        self.barrier = threading.Barrier(number)
        self.been = threading.local()
        for module in (registration, scheduling, leaving):
            monkeypatch.setattr(module, "lock", self.lock)

    def meet(self):
        if not hasattr(self.been, "here"):
            self.been.here = True
            self.barrier.wait(5)

    def lock(self, session, reader=None):
        self.meet()
        return lock(session, reader)


class Open(Gate):
    """The control: all read what is so, and nobody holds it."""

    def lock(self, session, reader=None):
        read = LearningSession.objects.one_with_places(session.pk, reader)
        self.meet()
        return read


def contest(monkeypatch, gate):
    """Three seats fall free in three ways at once while five wait; what went wrong."""
    bostaden = make_organisation("Bostaden")
    kim, ada, eva = make_person("Kim"), make_person("Ada"), make_member(bostaden, "Eva")
    session = make_session(capacity=2)
    for person in (ada, eva):
        registration.register(session, person, by=person)
    queue = [make_person(f"P{number}") for number in range(5)]
    for person in queue:
        registration.register(session, person, by=person)
    membership.end(eva.memberships.get(), by=kim)
    plan = scheduling.plan_of(session) | {"capacity": 3}

    with monkeypatch.context() as patch:
        gate(patch)
        results = at_once(
            lambda: registration.withdraw(ada.registrations.get(), by=ada),
            lambda: scheduling.save(session, plan, version=session.version, by=kim),
            lambda: leaving.give_on(timezone.now()),
        )
    wrong = [result for result in results if isinstance(result, Exception)]
    seated = session.registrations.confirmed().values_list("person", flat=True)
    if set(seated) != {person.pk for person in queue[:3]}:
        wrong.append(f"seated: {seated}")
    return wrong + list(oracle.broken())


def test_row_5_given_back_made_and_forfeited_at_once_each_seat_is_filled_once(monkeypatch):
    for _ in range(CONTESTS):
        assert contest(monkeypatch, Gate) == []


def test_row_5_the_contest_is_real_without_the_lock(monkeypatch):
    assert any(contest(monkeypatch, Open) for _ in range(CONTESTS))


class Clock:
    """Stands still until it is moved; with a step it goes on each time somebody looks."""

    def __init__(self, moment, step=timedelta(0)):
        self.moment, self.step = moment, step

    def __call__(self):
        seen = self.moment
        self.moment += self.step
        return seen


@pytest.fixture
def clock(monkeypatch):
    standing = Clock(timezone.now())
    monkeypatch.setattr(timezone, "now", standing)
    return standing


@pytest.fixture
def asked(bostaden, cai):
    """An invitation of Bo to act for Bostaden; it waits for a yes."""
    bo = make_person("Bo Berg")
    return make_invitation(bo, bostaden, by=cai, role="member", name="Bo")[0]


def act_for(person):
    return Membership.objects.current().filter(person=person).count()


def say_yes(asked):
    return invitations.agree(asked, by=asked.person)


def take_back(asked):
    return invitations.withdraw(asked, by=asked.created_by)


def come_one_after_the_other(row, clock, moment, first, second):
    """Both begin a second before *moment* and wait for *row*; it is free when it is *moment*."""
    results = {}

    def run(call):
        try:
            results[call] = call() and "done"
        except ValidationError as refusal:
            results[call] = refusal.code
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[call]) for call in (first, second)]
    clock.moment = moment - timedelta(seconds=1)
    with locks.held(row):
        for number, thread in enumerate(threads, start=1):
            thread.start()
            assert wait_until(lambda number=number: locks.waiting() == number)
        clock.moment = moment
    for thread in threads:
        thread.join(10)
    return results[first], results[second]


@pytest.mark.parametrize("late", [-MS, timedelta(0), MS], ids=["before", "at", "after"])
@pytest.mark.parametrize("order", [(say_yes, take_back), (take_back, say_yes)])
def test_row_6_yes_at_the_instant_an_offer_ends(asked, clock, order, late):
    calls = [lambda act=act: act(asked) for act in order]
    said = come_one_after_the_other(asked.person, clock, asked.expires_at + late, *calls)

    assert said == (("done", "over") if late < timedelta(0) else ("over", "over"))
    yes = order[0] is say_yes and late < timedelta(0)
    assert act_for(asked.person) == yes
    asked.refresh_from_db()
    assert (asked.accepted_at is not None) == yes
    assert oracle.broken() == {}


LOOKS = range(1, 5)  # more than any operation has


@pytest.mark.parametrize("looks", LOOKS)
@pytest.mark.parametrize("act", [say_yes, take_back])
def test_row_6_an_offer_does_not_end_between_two_looks_at_the_clock(asked, clock, act, looks):
    clock.moment, clock.step = asked.expires_at - looks * MS, MS
    try:
        act(asked)
    except ValidationError:
        assert act_for(asked.person) == 0
        asked.refresh_from_db()
        assert (asked.accepted_at, asked.withdrawn_at) == (None, None)
    else:
        asked.refresh_from_db()
        assert (asked.accepted_at or asked.withdrawn_at) < asked.expires_at
    assert oracle.broken() == {}


@pytest.mark.parametrize("late", [-MS, timedelta(0), MS], ids=["before", "at", "after"])
@pytest.mark.parametrize("end", ["registration_closes_at", "starts_at"])
def test_row_6_a_seat_asked_for_at_the_instant_of_closing(clock, end, late):
    closes = {"registration_closes_at": clock.moment + timedelta(days=1)}
    session = make_session(capacity=1, **(closes if end == "registration_closes_at" else {}))
    ada, bo = make_person("Ada"), make_person("Bo")
    calls = [
        lambda person=person: registration.register(session, person, by=person)
        for person in (ada, bo)
    ]
    said = come_one_after_the_other(session, clock, getattr(session, end) + late, *calls)

    is_open = late < timedelta(0)
    assert said == (("done", "done") if is_open else ("closed", "closed"))
    states = list(session.registrations.order_by("pk").values_list("person", "state"))
    assert states == ([(ada.pk, "confirmed"), (bo.pk, "queued")] if is_open else [])
    assert oracle.broken() == {}


@pytest.mark.parametrize("looks", LOOKS)
def test_row_6_a_session_does_not_begin_between_two_looks_at_the_clock(clock, looks):
    session, ada = make_session(capacity=1), make_person("Ada")
    clock.moment, clock.step = session.starts_at - looks * MS, MS
    try:
        place = registration.register(session, ada, by=ada)
    except ValidationError:
        assert not session.registrations.exists()
    else:
        assert place.state == "confirmed"
        assert place.seated_at < session.starts_at
    assert oracle.broken() == {}


def devices(person):
    """Two browsers in which *person* has logged in."""
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.force_login(person)
    return browsers


def press(browser, button, asked):
    answer = browser.post(reverse(button, args=[asked.pk]), follow=True)
    assert answer.status_code == 200
    return answer.text


OVER = "Inbjudan är besvarad, återtagen eller för gammal."


@pytest.mark.parametrize("_", range(3))
def test_row_7_yes_on_two_devices_is_one_yes(asked, _):
    pages = at_once(
        *(
            lambda browser=browser: press(browser, "invitation_agree", asked)
            for browser in devices(asked.person)
        )
    )
    assert all("Du representerar nu Bostaden." in page for page in pages)
    assert asked.person.memberships.count() == 1
    assert oracle.broken() == {}


@pytest.mark.parametrize("_", range(3))
def test_row_7_yes_on_one_device_and_no_on_the_other_is_one_of_them(asked, _):
    one, other = devices(asked.person)
    yes, no = at_once(
        lambda: press(one, "invitation_agree", asked),
        lambda: press(other, "invitation_decline", asked),
    )
    assert [OVER in yes, OVER in no].count(True) == 1
    assert act_for(asked.person) == (OVER in no)
    assert oracle.broken() == {}


def test_row_7_the_race_is_real_without_the_lock(monkeypatch, asked):
    gate = threading.Barrier(2)

    def read_and_meet(invitation, person):
        read = type(asked).objects.select_related("organisation", "created_by").get(pk=asked.pk)
        gate.wait(5)
        return read

    monkeypatch.setattr(invitations, "_as_it_is", read_and_meet)
    at_once(lambda: say_yes(asked), lambda: invitations.decline(asked, by=asked.person))
    assert "V4 nobody says yes to what is over" in oracle.broken()


def test_row_11_a_yes_and_a_coordinator_who_takes_in_the_same_person_wait_in_one_order(
    asked, clock, bostaden, kim
):
    bo, before = asked.person, locks.deadlocks()

    def take_in():
        return membership.invite(bostaden, bo.email, bo.name, "member", by=kim)

    moment = asked.expires_at - timedelta(days=1)
    said = come_one_after_the_other(bo, clock, moment, lambda: say_yes(asked), take_in)
    assert said == ("done", "done")
    assert (act_for(bo), locks.deadlocks()) == (1, before)
    assert oracle.broken() == {}


def register_both(monkeypatch, operation):
    """Two people register for two sessions, and each holds the session that the other wants."""
    one, other = make_session(), make_session()
    tries, gate = [], threading.Barrier(2)

    def cross(session, reader=None):
        tries.append(session)
        held = lock(session, reader)
        if len(tries) <= 2:
            gate.wait(5)
        lock(other if session.pk == one.pk else one)
        return held

    monkeypatch.setattr(registration, "lock", cross)
    results = at_once(
        *(
            lambda session=session, person=person: operation(session, person, by=person)
            for session, person in [(one, make_person("Ada")), (other, make_person("Bo"))]
        )
    )
    return tries, [result for result in results if isinstance(result, Exception)]


def test_row_11_two_in_reverse_order_cost_one_try_more_and_no_error(monkeypatch):
    before = locks.deadlocks()
    tries, errors = register_both(monkeypatch, registration.register)
    assert (len(tries), errors) == (3, [])
    assert oracle.broken() == {}
    assert wait_until(lambda: locks.deadlocks() == before + 1)


def test_row_11_without_another_try_somebody_gets_an_error(monkeypatch):
    tries, errors = register_both(monkeypatch, registration.register.__wrapped__)
    assert (len(tries), len(errors)) == (2, 1)
    assert isinstance(errors[0], OperationalError)
