"""A double click at the login: one letter, whose code works, and a login that stays."""

import pytest
from django.test import Client
from django.urls import reverse

from northstar.login import codes
from partners.models import Message, User
from tests.logging_in import ask, code_in, confirm, sent

pytestmark = pytest.mark.django_db


def browser(name="a"):
    client = Client()
    client.cookies["csrf"] = name * 32
    return client


def logged_in(client):
    return client.get("/").wsgi_request.user.is_authenticated


def test_a_browser_that_asks_twice_gets_one_letter_whose_code_works_in_both(ada):
    first, second = browser(), browser()
    ask(first, ada.email)
    ask(second, ada.email)
    [letter] = sent()
    for client in (first, second):
        confirm(client, code_in(letter))
        assert logged_in(client)


def test_another_browser_never_shares_a_code(ada):
    ask(browser("a"), ada.email)
    ask(browser("b"), ada.email)
    first, second = Message.objects.order_by("pk")
    assert first.text != second.text
    assert (first.state, second.state) == ("skipped", "waiting")


def test_a_code_that_has_left_is_not_sent_twice(ada):
    ask(browser(), ada.email)
    sent()
    ask(browser(), ada.email)
    first, second = sent()
    assert code_in(first) != code_in(second)


def test_the_second_click_on_log_in_keeps_the_login(client, ada):
    ask(client, ada.email)
    again = Client()
    again.cookies.load(client.cookies.output(header="", sep=";"))
    code = code_in(sent()[0])
    confirm(client, code)

    answer = confirm(again, code)

    assert answer["Location"] == "/"
    assert logged_in(again)


def test_a_second_click_with_another_code_or_in_another_browser_opens_nothing(client, ada):
    ask(client, ada.email)
    cookies = client.cookies.output(header="", sep=";")
    code = code_in(sent()[0])
    confirm(client, code)
    for known_by, given in ((cookies, "0000 0000"), (cookies, ""), ("sid=" + "x" * 32, code)):
        other = Client()
        other.cookies.load(known_by)
        confirm(other, given)
        assert not logged_in(other)


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": "new@people.example"}])
def test_a_second_click_opens_nothing_that_the_first_would_not(client, ada, change):
    ask(client, ada.email)
    again = Client()
    again.cookies.load(client.cookies.output(header="", sep=";"))
    code = code_in(sent()[0])
    User.objects.filter(pk=ada.pk).update(**change)
    for one in (client, again):
        confirm(one, code)
        assert not logged_in(one)


def test_asking_twice_for_another_code_in_a_moment_sends_one(client, ada):
    ask(client, ada.email)
    for _ in range(2):
        client.post(reverse("account_confirm_login_code"), {"action": "resend"})
    [letter] = sent()
    confirm(client, code_in(letter))
    assert logged_in(client)


def test_what_is_kept_of_a_code_does_not_tell_it():
    assert "1234" not in codes._digits("1234 5678")
    assert codes._digits("1234 5678") == codes._digits("12345678")
