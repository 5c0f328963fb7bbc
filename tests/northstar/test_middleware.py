import json

import pytest
from django.contrib import messages
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import URLResolver, get_resolver

from northstar.middleware import PUBLIC_VIEWS, Fragments
from tests.builders import make_session


def answer_to(request, view):
    request.user = type("Anybody", (), {"is_authenticated": False})()
    handler = SessionMiddleware(MessageMiddleware(Fragments(view)))
    return handler(request)


def telling(request):
    messages.success(request, "Du har en plats.")
    return HttpResponse("<p>")


def test_a_message_for_a_fragment_travels_in_a_header(db):
    answer = answer_to(RequestFactory().get("/", headers={"HX-Request": "true"}), telling)
    assert json.loads(answer["HX-Trigger"]) == {"say": {"texts": ["Du har en plats."]}}
    assert "HX-Request" in answer["Vary"]


def test_a_message_waits_for_the_next_page_when_this_one_is_left(db):
    def leaving(request):
        answer = telling(request)
        answer["HX-Redirect"] = "/"
        return answer

    request = RequestFactory().get("/", headers={"HX-Request": "true"})
    assert "HX-Trigger" not in answer_to(request, leaving)
    assert "HX-Trigger" not in answer_to(RequestFactory().get("/"), telling)


def test_a_quiet_fragment_says_nothing(db):
    request = RequestFactory().get("/", headers={"HX-Request": "true"})
    assert "HX-Trigger" not in answer_to(request, lambda request: HttpResponse("<p>"))


@pytest.mark.django_db
def test_the_address_of_a_button_shows_a_page_to_who_opens_it(as_, ada):
    session = make_session()
    answer = as_(ada).get(f"/traffar/{session.pk}/anmal/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Här finns inget att läsa" in answer.content.decode()


@pytest.mark.django_db
def test_what_a_reader_sees_logged_in_is_kept_by_no_cache(as_, client, ada):
    assert client.get("/om/")["Cache-Control"] == "no-cache"
    for path in ("/", "/om/", "/traffar/", "/nasta-steg/"):
        assert as_(ada).get(path)["Cache-Control"] == "no-store", path


def test_an_answer_that_speaks_of_caches_itself_is_left_as_it_is(db):
    def lasting(request):
        return HttpResponse("<p>", headers={"Cache-Control": "max-age=60"})

    assert answer_to(RequestFactory().get("/"), lasting)["Cache-Control"] == "max-age=60"


def test_every_public_view_has_an_address():
    """The demo's addresses are the product's with its own: nothing else is public."""
    names, resolvers = set(), [get_resolver("northstar.demo.urls")]
    while resolvers:
        for pattern in resolvers.pop().url_patterns:
            if isinstance(pattern, URLResolver):
                resolvers += [] if pattern.namespace else [pattern]
            else:
                names.add(pattern.name)
    assert names >= PUBLIC_VIEWS
