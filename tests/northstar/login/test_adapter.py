import re

import pytest
from allauth.core.context import request_context
from django.contrib.messages import get_messages
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from northstar.login.adapter import Adapter
from partners.models import Message
from tests.builders import make_person

pytestmark = pytest.mark.django_db


def test_nobody_signs_up():
    assert Adapter().is_open_for_signup(RequestFactory().get("/")) is False


@pytest.mark.parametrize(
    ("goal", "is_https", "is_safe"),
    [
        ("/traffar/", False, True),
        ("http://testserver/traffar/", False, True),
        ("http://testserver/traffar/", True, False),
        ("https://testserver/traffar/", True, True),
        ("https://evil.example/", False, False),
        ("//evil.example/", False, False),
        ("javascript:alert(1)", False, False),
        (None, False, False),
    ],
)
def test_only_the_portals_own_addresses_are_followed(goal, is_https, is_safe):
    with request_context(RequestFactory().get("/", secure=is_https)):
        assert Adapter().is_safe_url(goal) is is_safe


def test_a_code_is_eight_figures_in_two_groups():
    assert re.fullmatch(r"\d{4} \d{4}", Adapter().generate_login_code())


@pytest.mark.parametrize(
    ("language", "address", "subject"),
    [
        ("en", "ann@people.example", "Your login code"),
        ("en", "ANN@people.example", "Your login code"),
        ("sv", "ann@people.example", "Din inloggningskod"),
    ],
)
def test_a_code_is_put_in_the_outbox_in_the_language_of_who_gets_it(language, address, subject):
    make_person("Ann", email="ann@people.example", language=language)
    for here in ("sv", "en"):
        with translation.override(here):
            Adapter().send_mail("account/email/login_code", address, {"code": "1234 5678"})
    letters = Message.objects.order_by("pk")
    assert [letter.subject for letter in letters] == [subject] * 2
    assert [letter.state for letter in letters] == ["skipped", "waiting"]


def test_no_other_letter_of_allauths_is_written(ada):
    with pytest.raises(LookupError):
        Adapter().send_mail("account/email/unknown_account", ada.email, {})


def test_one_starts_in_ones_own_language(ada):
    request = RequestFactory().get("/")
    for language, start in (("en", "/en/"), ("sv", "/")):
        request.user = make_person(f"In {language}", language=language)
        assert Adapter().get_login_redirect_url(request) == start


def test_who_may_no_longer_log_in_hears_what_everybody_hears(ada):
    request = RequestFactory().get("/")
    SessionMiddleware(MessageMiddleware(lambda request: HttpResponse()))(request)
    answer = Adapter().respond_user_inactive(request, ada)
    assert answer["Location"] == "/logga-in/"
    assert [str(message) for message in get_messages(request)] == [
        "Koden fungerade inte. Begär en ny."
    ]
