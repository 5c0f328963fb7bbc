"""Every URL is walked as every role, against the table in walk.py."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.northstar import walk


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
    world = walk.make_world()
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
    arguments = walk.addresses(world).get(name, {})

    response = getattr(client, method.lower())(reverse(name, kwargs=arguments))

    if response.streaming:
        assert b"".join(response)  # read to its end, which also closes it
    login = reverse("account_login")
    to_login = response.status_code == 302 and response["Location"].startswith(login + "?")
    assert ("login" if to_login else str(response.status_code)) == expected


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted({n for m, n, _ in walk.rows() if m == "POST"}))
def test_a_post_needs_its_token(world, name):
    client = Client(enforce_csrf_checks=True)
    client.cookies.load(world["cookies"]["coord"])
    response = client.post(reverse(name, kwargs=walk.addresses(world).get(name, {})))
    assert response.status_code == 403
    assert "varit öppen för länge" in response.text
