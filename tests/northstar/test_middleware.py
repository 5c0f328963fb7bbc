import io
import json

import pytest
from django import urls
from django.contrib import messages
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import FileResponse, HttpResponse
from django.test import RequestFactory
from django.urls import URLResolver, get_resolver
from zeal import NPlusOneError

from northstar.middleware import PUBLIC_VIEWS, CompressedPages, Fragments, HeadWithoutBody
from partners.models import Membership
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


def one_by_one(request):
    return HttpResponse("".join(row.person.name for row in Membership.objects.order_by("pk")))


def all_at_once(request):
    rows = Membership.objects.select_related("person").order_by("pk")
    return HttpResponse("".join(row.person.name for row in rows))


urlpatterns = [urls.path("one-by-one/", one_by_one), urls.path("all-at-once/", all_at_once)]


@pytest.mark.urls(__name__)
def test_a_page_that_asks_for_its_rows_one_by_one_fails_its_test(as_, ada, cai, bo):
    client = as_(ada)
    assert client.get("/all-at-once/").text == "Ada ÅströmCai ÖbergBo Berg"
    with pytest.raises(NPlusOneError, match="partners.Membership.person"):
        client.get("/one-by-one/")


@pytest.mark.django_db
def test_a_page_leaves_compressed_with_padding_of_no_fixed_length(client):
    answers = [client.get("/om/", headers={"Accept-Encoding": "gzip"}) for _ in range(12)]
    assert {answer["Content-Encoding"] for answer in answers} == {"gzip"}
    assert all("Accept-Encoding" in answer["Vary"] for answer in answers)
    plain = client.get("/om/").content
    assert all(3 * len(answer.content) < 2 * len(plain) for answer in answers)
    assert len({len(answer.content) for answer in answers}) > 1  # BREACH measures lengths


@pytest.mark.parametrize(
    "answer",
    [
        FileResponse(io.BytesIO(b"a" * 900), content_type="text/plain"),
        HttpResponse(b"a" * 900, content_type="application/pdf"),
    ],
)
def test_files_leave_as_they_are(answer):
    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in CompressedPages(lambda request: answer)(request)


@pytest.mark.parametrize("answer", [FileResponse(io.BytesIO(b"abc")), HttpResponse("abc")])
def test_head_gives_no_byte_of_a_page_or_file(answer):
    told = HeadWithoutBody(lambda request: answer)(RequestFactory().head("/"))
    assert told.getvalue() == b""
    assert getattr(told, "file_to_stream", None) is None


@pytest.mark.django_db
def test_a_session_cookie_that_no_database_could_keep_is_nobodys(client):
    client.raise_request_exception = False
    quoted = '"' + "\\000" * 8 + '"'
    assert client.get("/", headers={"cookie": f"sid={quoted}"}).status_code == 200
