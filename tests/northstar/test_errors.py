import time

import pytest
from django.db import InterfaceError, InternalError, OperationalError, connection, transaction
from django.test import Client

from northstar.pages import home


def test_no_such_page_says_so_in_the_language_of_the_address(client):
    answer = client.get("/finns-inte/")
    assert answer.status_code == 404
    assert "Sidan finns inte" in answer.text
    assert 'lang="sv"' in answer.text
    assert "There is no such page" in client.get("/en/nowhere/").text


def test_a_refused_page_says_who_one_is(as_, ada):
    answer = as_(ada).get("/stil/")
    assert answer.status_code == 403
    assert "Ada Åström" in answer.text


def test_an_old_form_is_told_how_to_go_on(kim):
    client = Client(enforce_csrf_checks=True)
    client.force_login(kim)
    answer = client.post("/stil/")
    assert answer.status_code == 403
    assert "varit öppen för länge" in answer.text


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_database_that_is_away_is_503_and_asks_one_to_return(monkeypatch, client, error):
    def away(*args, **kwargs):
        raise error("connection refused")

    monkeypatch.setattr(connection, "cursor", away)
    client.raise_request_exception = False
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert "Vi är strax tillbaka" in answer.text
    assert "We will be back shortly" in answer.text


def test_the_database_going_away_before_the_view_is_503_too(monkeypatch, as_, ada):
    client = as_(ada)

    def away(*args, **kwargs):
        raise OperationalError("couldn't get a connection after 5.00 sec")

    client.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", away)
        answer = client.get("/stil/")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert "Vi är strax tillbaka" in answer.text


STOOD_STILL = "SET LOCAL idle_in_transaction_session_timeout = '50ms'"
NO_WRITING = "SET TRANSACTION READ ONLY"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", [STOOD_STILL, NO_WRITING])
def test_a_transaction_the_database_cut_or_may_not_write_in_is_503(monkeypatch, client, what):
    def cut(*args, **kwargs):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(what)
            time.sleep(0.2)
            cursor.execute("DELETE FROM cache")

    monkeypatch.setattr(home, "render", cut)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"


def test_another_fault_inside_the_database_is_500(monkeypatch, client, db):
    def broken(*args, **kwargs):
        raise InternalError("current transaction is aborted")

    monkeypatch.setattr(home, "render", broken)
    client.raise_request_exception = False
    assert client.get("/").status_code == 500


def test_a_fault_of_ours_is_500_and_shows_nothing_of_it(monkeypatch, client, db):
    def broken(*args, **kwargs):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(home, "render", broken)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert "Något gick fel hos oss" in answer.text
    assert "secret detail" not in answer.text


def test_a_host_that_is_not_ours_is_400(client):
    answer = client.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "Vi kunde inte läsa" in answer.text
