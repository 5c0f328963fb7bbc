"""Seats while everything goes wrong at once: real connections, real web workers."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse

from tests.builders import make_member, make_organisation, make_person, make_session
from tests.faults import locks, oracle
from tests.faults.conftest import wait_until
from tests.faults.web import Web, log_in

HOOKS = Path(__file__).with_name("dying_web.py")
BUSY = "Många gör samma sak just nu."


@pytest.fixture
def pool():
    threads = ThreadPoolExecutor()
    yield threads
    threads.shutdown(wait=False)  # a web that is gone answers them all, with nothing


def place_of(person):
    return person.registrations.standing().with_place_in_queue().first()


def test_row_9_the_limits_of_the_product():
    with connection.cursor() as cursor:
        for name, limit in [
            ("lock_timeout", "3s"),
            ("statement_timeout", "10s"),
            ("idle_in_transaction_session_timeout", "15s"),
        ]:
            cursor.execute(f"SHOW {name}")
            assert cursor.fetchone()[0] == limit


def test_row_9_a_worker_hangs_while_it_holds_a_session(start, environment, pool):
    session = make_session(capacity=2, audience="public")
    ada, bo = make_person("Ada"), make_person("Bo")
    logins = {person: log_in(person) for person in (ada, bo)}
    address = reverse("register", args=[session.pk])
    cut = "?options=-c%20idle_in_transaction_session_timeout%3D8s"  # 15 s of the product
    web = Web(start, DATABASE_URL=environment["DATABASE_URL"] + cut)
    hangs, works = web.workers()

    works.stop()  # so that the other one takes what comes first
    with locks.held(session):
        first = pool.submit(web.post, address, logins[ada])
        assert wait_until(lambda: locks.waiting() == 1)
        hangs.stop()
        works.go_on()
    assert wait_until(lambda: locks.hanging() == 1)

    refused = web.post(address, logins[bo])  # LOCK_TIMEOUT is three seconds
    page = web.get(refused.headers["Location"], logins[bo])
    assert BUSY in page.text
    assert locks.hanging() == 1  # nobody waited for it, neither who writes nor who reads

    assert wait_until(lambda: locks.hanging() == 0, seconds=12)
    taken = web.post(address, logins[bo])
    assert taken.status == 302
    assert place_of(bo).state == "confirmed"
    assert place_of(ada) is None

    hangs.go_on()
    answer = first.result(10)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
    assert web.post(address, logins[ada]).status == 302
    assert place_of(ada).state == "confirmed"
    assert oracle.broken() == {}


def test_row_10_killed_between_the_commit_and_the_answer(start, tmp_path):
    session = make_session(capacity=1, audience="public")
    ada, bo = make_person("Ada"), make_person("Bo")
    login, address = log_in(ada), reverse("register", args=[session.pk])
    flag = tmp_path / "die"
    web = Web(start, HOOKS, DIES_WHEN_THERE_IS=str(flag))
    before = web.workers()
    flag.touch()

    assert web.post(address, login).status == 0  # no answer at all
    assert place_of(ada).state == "confirmed"  # and yet it was done
    again = web.post(address, login)  # by the other worker, or the new one

    assert again.status == 302
    assert "Du har en plats" in web.get(again.headers["Location"], login).text
    assert ada.registrations.count() == 1
    assert list(ada.messages.values_list("letter", flat=True)) == ["learning/seat_confirmed"]
    assert wait_until(lambda: len(web.workers()) == 2)
    assert web.workers() != before
    web.post(address, log_in(bo))
    assert place_of(bo).place_in_queue == 1
    assert oracle.broken() == {}


def test_row_10_a_colleague_is_registered_once_however_often_the_form_comes(start, tmp_path):
    bostaden = make_organisation("Bostaden")
    ada, bo = make_member(bostaden, "Ada"), make_member(bostaden, "Bo")
    session = make_session(capacity=1)
    login, address = log_in(ada), reverse("register_colleague", args=[session.pk])
    flag = tmp_path / "die"
    web = Web(start, HOOKS, DIES_WHEN_THERE_IS=str(flag))
    flag.touch()

    assert web.post(address, login, person=bo.pk).status == 0
    again = web.post(address, login, person=bo.pk)

    assert again.status == 302
    assert "Bo är anmäld" in web.get(again.headers["Location"], login).text
    assert list(bo.messages.values_list("letter", flat=True)) == [
        "learning/registered_by_colleague"
    ]
    assert oracle.broken() == {}
