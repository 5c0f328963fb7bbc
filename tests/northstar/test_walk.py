"""Every URL is walked as every role, against the table in walk.py."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.builders import (
    make_file,
    make_import,
    make_invitation,
    make_letter,
    make_measure,
    make_next_step,
    make_registration,
    make_session,
    make_survey,
)
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


@pytest.fixture
def people(ada, cai, bo, lo, kim):
    return {"anyone": None, "member": ada, "contact": cai, "other": bo, "lead": lo, "coord": kim}


@pytest.fixture
def world(people, bostaden):
    """What the URLs are about; each app's rows say what they need in walk.addresses."""
    invitation, token = make_invitation(people["member"], bostaden, by=people["coord"])
    held = make_session(in_days=-1)
    survey_token, _ = make_survey(held, people["member"])
    session = make_session(audience="public", capacity=40)
    place = make_registration(session, people["member"])
    return {
        "session": session,
        "place": place,
        "material": make_file(session),
        "people": people,
        "organisation": bostaden,
        "membership": people["member"].memberships.get(),
        "invitation_token": token,
        "held": held,
        "survey_token": survey_token,
        "next_step": make_next_step(held, people["member"]),
        "letter": make_letter(people["member"]),
        "measure": make_measure(bostaden),
        "draft": make_measure(bostaden, published_at=None),
        "partner_import": make_import(people["coord"]),
        "attendance_import": make_import(
            people["coord"], "Namn;E-post;Närvaro\nÅsa;asa@granit.example;x\n", "attendance"
        ),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["anyone", "member", "contact", "other", "lead", "coord"])
@pytest.mark.parametrize(
    ("method", "name"), [(m, n) for m, n, _ in walk.rows()], ids=lambda part: part
)
def test_walk(client, people, world, method, name, role):
    expected = {(m, n): v for m, n, v in walk.rows()}[(method, name)][role]
    if people[role]:
        client.force_login(people[role])
    arguments = walk.addresses(world).get(name, {})

    response = getattr(client, method.lower())(reverse(name, kwargs=arguments))

    response.close()
    login = reverse("account_login")
    to_login = response.status_code == 302 and response["Location"].startswith(login + "?")
    assert ("login" if to_login else str(response.status_code)) == expected


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted({n for m, n, _ in walk.rows() if m == "POST"}))
def test_a_post_needs_its_token(people, world, name):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["coord"])
    response = client.post(reverse(name, kwargs=walk.addresses(world).get(name, {})))
    assert response.status_code == 403
