"""What the demo adds to a page: who one is, and the question of whom to be."""

from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from northstar.demo.data.people import PERSONAS
from northstar.demo.frame import VISITOR, ChooseFirst, bar


def asked(path="/", method="get", session=(), is_authenticated=False, email=""):
    request = getattr(RequestFactory(), method)(path)
    request.session = dict(session)
    request.user = SimpleNamespace(is_authenticated=is_authenticated, email=email)
    return request


@pytest.mark.parametrize("path", ["/", "/en/"])
def test_the_start_page_asks_first(settings, path):
    settings.ROOT_URLCONF = "northstar.demo.urls"
    answer = ChooseFirst(lambda request: HttpResponse("page"))(asked(path))
    assert (answer.status_code, answer["Location"]) == (302, "/demo/")


@pytest.mark.parametrize(
    "request_of",
    [
        {"path": "/om/"},
        {"method": "post"},
        {"session": {VISITOR: True}},
        {"is_authenticated": True},
    ],
)
def test_nobody_else_is_asked(request_of):
    answer = ChooseFirst(lambda request: HttpResponse("page"))(asked(**request_of))
    assert answer.content == b"page"


def test_the_bar_knows_the_four_and_nobody_else():
    for key, (_name, address) in PERSONAS.items():
        assert bar(asked(email=address))["demo_persona"] == key
    assert bar(asked(email="ada@people.example"))["demo_persona"] == ""
    assert bar(asked())["demo_persona"] == ""
