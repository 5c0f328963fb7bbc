"""A colleague's place is found and given back by whoever answers for it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.models import Registration
from learning.permissions import may_withdraw
from learning.places import leaving, views
from tests.builders import make_member, make_person, make_registration, make_session
from tests.reading import read

pytestmark = pytest.mark.django_db


def page_of(client, session, **query):
    return read(client.get(reverse("register_colleague", args=[session.pk]), query))


def test_a_contact_person_gives_a_colleagues_seat_back(as_, ada, cai, bo):
    session = make_session(registration_closes_at=timezone.now() - timedelta(hours=1))
    place, other = make_registration(session, ada), make_registration(session, bo)
    client = as_(cai)
    first = read(client.get(reverse("session_detail", args=[session.pk])))
    (link,) = [a for a in first.all("a") if a.text == "Dina kollegors platser"]
    page = read(client.get(link.attributes["href"].partition("#")[0]))
    assert [row[0] for row in page.rows()] == [ada.name]
    assert "Det går inte att anmäla någon nu." in page.text
    led = {a.attributes["href"] for a in page.all("a")}
    assert reverse("withdraw", args=[place.pk]) in led
    assert reverse("withdraw", args=[other.pk]) not in led
    client.post(reverse("withdraw", args=[place.pk]))
    place.refresh_from_db()
    assert (place.is_leaving, place.withdrawn_by) == (True, cai)
    assert "kan ångras till kl." in page_of(client, session).text
    leaving.end_due(timezone.now() + leaving.UNDO_FOR)
    assert page_of(client, session).rows() == []


def test_what_is_shown_is_what_may_be_given_back(as_, ada, cai, bo, bostaden, lo):
    session = make_session()
    colleague = make_member(bostaden, "Dan")
    places = [
        make_registration(session, ada),
        make_registration(session, cai),
        make_registration(session, colleague, state="queued"),
        make_registration(session, bo),
        make_registration(session, make_person("Gäst"), organisation=None),
    ]
    Registration.objects.filter(person=colleague).update(created_by=ada)
    places = list(Registration.objects.filter(pk__in=[place.pk for place in places]))
    for user in (ada, cai, bo):
        shown = set(Registration.objects.in_care_of(user))
        seen = Registration.objects.visible_to(user)
        assert shown == {
            p for p in places if p in seen and p.person != user and may_withdraw(user, p)
        }
    page = page_of(as_(ada), session)
    assert [row[:2] for row in page.rows()] == [["1", "Dan"]]
    assert {row[0] for row in page_of(as_(cai), session).rows()} == {ada.name, "1"}
    assert page_of(as_(lo), session).rows() == []


def test_many_are_looked_for_by_name_and_none_is_said(as_, ada, cai, bostaden, monkeypatch):
    monkeypatch.setattr(views, "MOST_SHOWN", 1)
    session = make_session()
    client = as_(cai)
    assert "Just nu finns det inga." in page_of(client, session).text
    make_registration(session, ada)
    make_registration(session, make_member(bostaden, "Dan"))
    page = page_of(client, session)
    assert [row[0] for row in page.rows()] == [ada.name]
    assert "Fler har en plats." in page.text
    assert [row[0] for row in page_of(client, session, name="dan").rows()] == ["Dan"]


def test_nothing_is_given_back_of_what_has_begun(as_, ada, cai):
    session = make_session(in_days=-0.05)
    make_registration(session, ada)
    assert page_of(as_(cai), session).rows() == []


def test_whoever_is_too_late_to_register_somebody_reads_why(as_, ada, cai):
    session = make_session(registration_closes_at=timezone.now() - timedelta(hours=1))
    address = reverse("register_colleague", args=[session.pk])
    refused = as_(cai).post(address, {"person": ada.pk})
    assert refused.status_code == 422
    assert "Anmälan stängde" in read(refused).text


def test_the_list_counts_no_queue_of_nobody(as_, ada):
    full = make_session("Full", capacity=1)
    make_registration(full, make_person())
    assert "Fullbokad, " not in as_(ada).get("/traffar/").text
    assert "Fullbokad" in as_(ada).get("/traffar/").text
    make_registration(full, make_person(), state="queued")
    assert "Fullbokad, 1 i kö" in as_(ada).get("/traffar/").text
