"""The letters about a changed session: what has changed, and a way out that needs no login."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from learning.models import LearningSession, PlaceLink
from learning.places.registration import register
from learning.sessions import scheduling
from partners.models import Message
from tests.builders import make_person, make_session
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(ada, bo, cai):
    """A session with two seats: Ada and Cai have them, Bo waits; all have read what they know."""
    session = make_session(capacity=2)
    for person in (ada, cai, bo):
        register(session, person, by=person)
    Message.objects.update(state="sent", sent_at=timezone.now())
    return LearningSession.objects.get(pk=session.pk)


def save(session, by, **changes):
    plan = scheduling.plan_of(session) | changes
    return scheduling.save(session, plan, version=session.version, by=by)


def waiting(person):
    return Message.objects.get(recipient=person, state="waiting")


def links_in(letter):
    return re.findall(r"https?://[^/]+(/\S+/)", letter.text)


def test_each_has_a_link_of_their_own_that_gives_the_place_back_without_login(
    client, full, ada, bo, cai, lo
):
    week = timedelta(days=7)
    save(full, lo, starts_at=full.starts_at + week, ends_at=full.ends_at + week)
    own = {person: links_in(waiting(person))[-1] for person in (ada, bo, cai)}
    assert len(set(own.values())) == 3
    assert own[ada] in waiting(ada).html
    assert own[ada] not in waiting(cai).html
    page = read(client.get(own[ada]))
    assert "Ada, det gäller din plats" in page.text
    assert client.post(own[ada]).status_code == 302
    assert full.registrations.get(person=ada).is_leaving
    assert not full.registrations.get(person=cai).is_leaving
    assert "Lämna kön" in read(client.get(own[bo])).text


def test_a_link_that_has_left_is_hidden_in_the_outbox_as_all_others(full, ada, lo):
    save(full, lo, venue="Rådhuset")
    assert waiting(ada).secret


def test_who_has_no_address_gets_no_link(full, lo):
    someone = make_person("Utan Adress")
    type(someone).objects.filter(pk=someone.pk).update(email=None)
    someone.refresh_from_db()
    register(full, someone, by=lo)
    known = PlaceLink.objects.count()
    save(full, lo, venue="Rådhuset")
    assert PlaceLink.objects.count() == known + 3
    assert not PlaceLink.objects.filter(registration__person=someone).exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"venue": "Rådhuset"}, "Träffen har en ny plats. Du har kvar din plats."),
        ({"meeting_url": "https://meet.example/b"}, "Möteslänken är ny. Du har kvar din plats."),
        ({"mode": "online"}, "Sättet att delta är nytt: digitalt."),
    ],
)
def test_the_letter_says_what_has_changed_and_nothing_else(full, ada, lo, changes, said):
    save(full, lo, **changes)
    letter = waiting(ada)
    assert said in letter.text
    assert letter.subject.startswith("Ändrad träff: ")
    assert "Sluttiden" not in letter.text


def test_another_end_and_another_start_are_said_as_what_they_are(full, ada, bo, lo):
    save(full, lo, ends_at=full.ends_at + timedelta(minutes=30))
    assert "Sluttiden är ny." in waiting(ada).text
    full.refresh_from_db()
    save(full, lo, starts_at=full.starts_at - timedelta(hours=1), venue="Rådhuset")
    for person in (ada, bo):
        text = waiting(person).text
        assert "Träffen har flyttats. Tidigare tid: " in text
        assert "Platsen är också ny." in text
    assert "Avboka din plats: http" in waiting(ada).text
    assert "Lämna kön: http" in waiting(bo).text


def test_of_a_cancelled_session_nothing_is_left_to_give_back(full, ada, bo, lo):
    scheduling.cancel(full, by=lo)
    assert "försvinner ur din kalender" in waiting(ada).text
    assert "kalender" not in waiting(bo).text
    assert "du stod i kö" in waiting(bo).text
    for person in (ada, bo):
        assert "Avboka" not in waiting(person).text
        assert not waiting(person).secret
