"""How often somebody may ask to be let in: few codes an address, wide for a house of people."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse

from partners import limits
from partners.models import Message
from tests.builders import make_member
from tests.logging_in import ask, confirm


@pytest.fixture(autouse=True)
def no_limits_left_over(db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cache")


def test_asking_again_and_again_is_stopped_alike_for_known_and_unknown(ada, settings):
    settings.LOGIN_CODES_AN_ADDRESS = 3
    for email in (ada.email, "nobody@people.example"):
        answers = [ask(Client(), email).status_code for _ in range(5)]
        assert answers == [302, 302, 302, 422, 422]
    assert Message.objects.count() == 3


def test_a_new_code_counts_as_one_more(client, ada, settings):
    settings.LOGIN_CODES_AN_ADDRESS = 2
    ask(client, ada.email)
    for _ in range(3):
        client.post(reverse("account_confirm_login_code"), {"action": "resend"})
    assert Message.objects.count() == 2


def test_five_codes_and_two_hundred_requests_in_ten_minutes(settings):
    assert (settings.LOGIN_CODES_AN_ADDRESS, settings.LOGIN_REQUESTS_A_NETWORK) == (5, 200)
    assert limits.WINDOW_S == 600


@pytest.mark.django_db(transaction=True)
def test_forty_people_behind_one_address_log_in_at_once(bostaden):
    people = [make_member(bostaden, f"Person {number}") for number in range(40)]

    def log_in(person):
        client = Client()
        try:
            ask(client, person.email)
            letter = Message.objects.get(recipient=person)
            code = re.search(r"\d{4} \d{4}", letter.text).group()
            return confirm(client, code)["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(log_in, people)) == ["/"] * 40


def test_a_network_that_asks_without_end_is_refused_before_anything_is_looked_up(
    ada, settings, django_assert_num_queries
):
    settings.LOGIN_REQUESTS_A_NETWORK = 2
    asked = {"HTTP_X_FORWARDED_FOR": "198.51.100.7"}  # not believed: nobody said there is a proxy
    answers = [
        Client(REMOTE_ADDR=f"192.0.2.{number}", **asked)
        .post(reverse("account_login"), {"email": email})
        .status_code
        for number, email in enumerate([ada.email, "x@y.example", ada.email, "x@y.example"])
    ]
    assert answers == [302, 302, 429, 429]
    other = Client(REMOTE_ADDR="198.51.100.7").post(reverse("account_login"), {"email": ada.email})
    assert other.status_code == 302
    assert Message.objects.count() == 2


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ],
)
def test_a_network_is_as_wide_as_a_house(address, network):
    assert limits._network(RequestFactory().post("/", REMOTE_ADDR=address)) == network
