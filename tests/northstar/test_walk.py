"""Every URL is walked as every role, against the table in walk.py."""

from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from partners.models import Message, MessageState
from partners.post import stopping
from tests.builders import make_letter
from tests.northstar import walk, walked
from tests.reading import read


def all_url_names():
    names = set()

    def collect(patterns):
        for pattern in patterns:
            if isinstance(pattern, URLResolver) and pattern.namespace is None:
                collect(pattern.url_patterns)
            elif isinstance(pattern, URLPattern):
                names.add(pattern.name)

    collect(get_resolver().url_patterns)
    return names


def test_every_url_has_a_row():
    listed = {name for _, name, _ in walk.rows()}
    assert all_url_names() == listed


@pytest.fixture(scope="module")
def world(module_db):
    """One world and one login a person for every step: what a step changes is rolled back."""
    world = walked.make_world()
    clients = {role: Client() for role in world["people"]}
    for role, person in world["people"].items():
        if person:
            clients[role].force_login(person)
    cookies = {role: client.cookies.output(header="", sep=";") for role, client in clients.items()}
    return world | {"cookies": cookies}


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["anyone", "member", "contact", "other", "lead", "coord"])
@pytest.mark.parametrize(
    ("method", "name"), [(m, n) for m, n, _ in walk.rows()], ids=lambda part: part
)
def test_walk(client, world, method, name, role):
    expected = {(m, n): v for m, n, v in walk.rows()}[(method, name)][role]
    client.cookies.load(world["cookies"][role])
    arguments = walked.addresses(world).get(name, {})

    response = getattr(client, method.lower())(reverse(name, kwargs=arguments))

    if response.streaming:
        assert b"".join(response)  # read to its end, which also closes it
    login = reverse("account_login")
    to_login = response.status_code == 302 and response["Location"].startswith(login + "?")
    assert ("login" if to_login else str(response.status_code)) == expected


# What may be posted without a token, and why: each is tried by its own tests.
WITHOUT_TOKEN = {
    "service_tells": "a sending service posts there: what it tells is signed",
    "unsubscribe": "a mail program posts there (RFC 8058): its link is signed",
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", sorted({n for m, n, _ in walk.rows() if m == "POST"} - WITHOUT_TOKEN.keys())
)
def test_a_post_needs_its_token(world, name):
    client = Client(enforce_csrf_checks=True)
    client.cookies.load(world["cookies"]["coord"])
    response = client.post(reverse(name, kwargs=walked.addresses(world).get(name, {})))
    assert response.status_code == 403
    assert "varit öppen för länge" in response.text


NOT_LINKED = {
    "accept_invitation": "a letter leads there",
    "enquiry_confirm": "a letter leads there",
    "enquiry_sent": "sending a form leads there",
    "ask_to_act_confirm": "a letter leads there",
    "ask_to_act_sent": "sending a form leads there",
    "account_request_login_code": "account_login asks the same",
    "survey": "a letter leads there",
    "withdraw_by_link": "a letter leads there",
    "unsubscribe": "a letter leads there",
    "measure_nothing_new": "a letter leads there",
    "visitor_confirm": "a letter leads there",
    "visitor_ask": "the panel of a session sends its form there",
    "visitor_asked": "sending a form leads there",
    "account_logout": "a button leaves at once",
    "health": "for machines",
    "metrics": "for machines",
    "robots_txt": "for machines",
    "security_txt": "for machines",
    "sitemap_xml": "for machines",
    "health_clock": "for machines",
    "letter_text_mail": "a frame on the page of the text",
    "mailing_letter": "a frame on the page of the mailing",
    "style_guide": "for those who build the portal",
    "leader_picture": "a picture on the page of the project",
    "funder_picture": "a picture on the page of the project",
}
# What a role may open that has nothing on it for them, as who leads acts for no organisation.
EMPTY_FOR = {"lead": {"next_steps", "organisation_people"}}
EMPTY_FOR["coord"] = EMPTY_FOR["lead"]
MOST_ALIKE = 6  # addresses of one page that are followed


def linked_from(client, start="/"):
    """The names of the pages that somebody comes to who follows every link from *start* on."""
    seen, waiting = {}, [start]
    while waiting:
        address = waiting.pop(0)
        path = address.partition("?")[0]
        name = resolve(path).url_name
        if address in seen.setdefault(name, []) or len(seen[name]) == MOST_ALIKE:
            continue
        seen[name].append(address)
        response = client.get(address)
        if response.streaming:
            b"".join(response)
            continue
        if response.status_code == 302:
            waiting.append(response["Location"])
        found = [link.attributes.get("href", "") for link in read(response).all("a")]
        found = [href for href in found if not href.startswith("/en/")]  # the same in English
        inside = [href for href in found if not any(urlsplit(href)[:2])]
        waiting += [urldefrag(urljoin(address, href)).url for href in inside]
    return set(seen)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["anyone", "member", "contact", "other", "lead", "coord"])
def test_every_page_somebody_may_see_is_linked_from_another(client, world, role):
    client.cookies.load(world["cookies"][role])
    Message.objects.filter(pk=world["letter"].pk).update(state=MessageState.FAILED)
    make_letter(world["people"]["member"])
    stopping.stop(make_letter(world["people"]["member"]), by=world["people"]["coord"])
    seen = {name for method, name, of in walk.rows() if method == "GET" and of[role] == "200"}
    assert seen - NOT_LINKED.keys() - EMPTY_FOR.get(role, set()) - linked_from(client) == set()
