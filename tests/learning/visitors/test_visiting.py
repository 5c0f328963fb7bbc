"""A visitor comes to an open session: nobody before the link of the letter is followed."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from learning.models import Registration, VisitorRequest
from learning.places import registration
from learning.visitors import visiting
from partners.models import Message, User
from tests.builders import make_person, make_session, make_visitor_request
from tests.faults import oracle
from tests.races import at_once

pytestmark = pytest.mark.django_db

VERA = {"full_name": "Vera Vik", "organisation": "Brf Stranden", "email": "vera@visitors.example"}


@pytest.fixture
def session(db):
    return make_session("Öppet hus", audience="public", capacity=1)


def ask(client, session, **said):
    return client.post(reverse("visitor_ask", args=[session.pk]), VERA | said)


def link_in(letter):
    return re.search(r"http://localhost:8000(/[\w/]*besokare/[\w-]{43}/)", letter.text).group(1)


def test_three_fields_a_letter_and_a_button_give_a_seat(client, session, lo, as_):
    page = client.get(reverse("session_detail", args=[session.pk])).text
    assert all(f'name="{name}"' in page for name in VERA)
    assert ask(client, session)["Location"] == reverse("visitor_asked", args=[session.pk])
    assert not User.objects.filter(email=VERA["email"]).exists()
    assert not Registration.objects.exists()

    letter = Message.objects.get()
    assert (letter.recipient, letter.sent_to) == (None, VERA["email"])
    assert "Vera" not in letter.text
    assert letter.text.startswith("Hej!\n")
    address = link_in(letter)
    assert "Du anmäls som Vera Vik, Brf Stranden." in client.get(address).text
    assert not Registration.objects.exists()

    assert client.post(address)["Location"] == address
    assert "<h1>Du har en plats</h1>" in client.get(address).text
    place = Registration.objects.get()
    assert (place.state, place.source, place.person.email) == ("confirmed", "self", VERA["email"])
    assert not place.person.memberships.exists()
    told = Message.objects.get(letter="learning/seat_confirmed")
    assert told.text.startswith("Hej Vera!\n")
    assert "/avboka/" in told.text
    people = as_(lo).get(reverse("participants", args=[session.pk])).text
    assert "Brf Stranden" in people


def test_a_full_session_has_a_queue_for_visitors_too(client, session, ada):
    registration.register(session, ada, by=ada)
    page = client.get(reverse("session_detail", args=[session.pk])).text
    assert "Ställ mig i kö" in page
    ask(client, session)
    address = link_in(Message.objects.get(recipient=None))
    client.post(address)
    assert "<h1>Du står i kö, plats 1</h1>" in client.get(address).text
    assert Message.objects.filter(letter="learning/place_in_queue").exists()


def test_an_address_of_somebody_known_gets_the_same_answer_and_registers_that_person(
    client, session, ada
):
    other = make_session("Annat", audience="public")
    unknown, known = ask(client, session), ask(client, other, email=ada.email)
    assert unknown.status_code == known.status_code
    letters = Message.objects.order_by("pk")
    texts = [re.sub(r"[\w-]{43}", "", letter.text) for letter in letters]
    assert texts[0].replace("Öppet hus", "Annat") == texts[1]
    address = link_in(letters[1])
    client.post(address)
    page = client.get(address).text
    assert ada.name not in page
    place = Registration.objects.get()
    assert (place.person, place.organisation) == (ada, ada.memberships.get().organisation)
    assert place.typed_organisation == ""
    assert User.objects.get(pk=ada.pk).name == "Ada Åström"


def test_a_link_works_for_a_day_and_then_all_is_deleted(client, session, time_machine):
    ask(client, session)
    address = link_in(Message.objects.get())
    assert visiting.forget(timezone.now()) == 0
    time_machine.move_to(timezone.now() + timedelta(hours=24, seconds=1))
    gone, never = client.get(address), client.get(f"/besokare/{'x' * 43}/")
    assert (gone.status_code, never.status_code) == (404, 404)
    assert client.post(address).status_code == 404
    assert visiting.forget(timezone.now()) == 1
    assert not VisitorRequest.objects.exists()
    assert not Message.objects.exists()


def test_whoever_said_yes_stays_when_what_they_wrote_is_deleted(client, session, time_machine):
    ask(client, session)
    client.post(link_in(Message.objects.get()))
    time_machine.move_to(timezone.now() + timedelta(days=2))
    visiting.forget(timezone.now())
    assert Registration.objects.count() == 1
    assert [letter.letter for letter in Message.objects.all()] == ["learning/seat_confirmed"]


@pytest.mark.parametrize(
    "fields",
    [
        {"audience": "partners"},
        {"audience": "public", "registration_closes_at": timezone.now() - timedelta(hours=1)},
        {"audience": "public", "in_days": -1},
        {"audience": "public", "published_at": None},
        {"audience": "public", "cancelled_at": timezone.now()},
    ],
    ids=["partners", "closed", "begun", "draft", "cancelled"],
)
def test_nobody_asks_where_no_visitor_may_come(client, fields):
    assert ask(client, make_session(**fields)).status_code in {404, 422}
    assert not VisitorRequest.objects.exists()


def test_what_has_closed_meanwhile_makes_nobody_known(session):
    asked, _ = make_visitor_request(session)
    session.registration_closes_at = timezone.now() - timedelta(minutes=1)
    session.save()
    with pytest.raises(ValidationError) as refusal:
        visiting.confirm(asked)
    assert refusal.value.code == "closed"
    assert not User.objects.filter(email=asked.email).exists()


def test_somebody_shut_out_is_not_let_in_by_this_door(session):
    person = make_person("Bo", is_active=False)
    asked, _ = make_visitor_request(session, email=person.email)
    with pytest.raises(ValidationError) as refusal:
        visiting.confirm(asked)
    assert refusal.value.code == "over"
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"full_name": ""}, "Skriv ditt namn"),
        ({"full_name": "Köp nu https://evil.example"}, "utan en länk"),
        ({"full_name": "x" * 300}, "field-error"),
        ({"email": "vera"}, "e-postadress"),
        ({"email": "a@x.example, b@x.example"}, "en e-postadress"),
        ({"organisation": "www.evil.example"}, "utan en länk"),
        ({"organisation": "x" * 1_000_000}, "field-error"),
        ({"full_name": "Vera\x00Vik"}, ""),
    ],
)
def test_bad_input_is_refused_with_what_was_typed(client, session, said, complaint):
    answer = ask(client, session, **said)
    if complaint:
        assert answer.status_code == 422
    assert not User.objects.filter(email=VERA["email"]).exists()
    assert not Message.objects.filter(text__contains="evil").exists()


def test_a_robot_and_an_address_that_had_enough_read_the_same_as_others(client, session, settings):
    settings.LOGIN_CODES_AN_ADDRESS = 1
    honest = ask(client, session)
    other = make_session("Annat", audience="public")
    for answer in (
        ask(client, session, homepage="http://x.example", email="robot@x.example"),
        ask(client, other),
    ):
        assert answer.status_code == honest.status_code == 302
    assert VisitorRequest.objects.count() == Message.objects.count() == 1


def test_a_network_that_sends_too_much_is_told_to_wait(client, session, settings):
    cache.clear()
    settings.LOGIN_REQUESTS_A_NETWORK = 1
    assert ask(client, session).status_code == 302
    refused = ask(client, session, email="eva@visitors.example")
    assert refused.status_code == 429
    assert 'value="eva@visitors.example"' in refused.text


def test_whoever_has_logged_in_registers_by_one_click_instead(as_, ada, session):
    answer = as_(ada).get(reverse("visitor_ask", args=[session.pk]))
    assert answer["Location"] == reverse("session_detail", args=[session.pk])


def test_a_visitor_reads_in_the_language_of_the_page(client, session):
    client.post(f"/en/sessions/{session.pk}/visitor/", VERA)
    letter = Message.objects.get()
    assert letter.text.startswith("Hello,\n")
    assert "Swedish\u00a0time" in letter.text
    address = re.search(r"http://localhost:8000(/en/visitor/[\w-]{43}/)", letter.text).group(1)
    client.post(address)
    assert User.objects.get(email=VERA["email"]).language == "en"


@pytest.mark.parametrize("others", [1, 3])
def test_asking_and_saying_yes_cost_the_same_however_many(
    session, others, django_assert_num_queries
):
    for _ in range(others):
        make_visitor_request(session)
    asked, _ = make_visitor_request(session)
    with django_assert_num_queries(21):
        visiting.confirm(asked)


@pytest.mark.django_db(transaction=True)
def test_four_visitors_at_once_get_one_seat_and_places_in_the_queue():
    session = make_session(audience="public", capacity=1)
    asked = [make_visitor_request(session)[0] for _ in range(4)]
    answers = at_once(*(lambda one=one: visiting.confirm(one) for one in asked))
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert sorted(session.registrations.values_list("state", flat=True)) == [
        "confirmed",
        "queued",
        "queued",
        "queued",
    ]
    assert oracle.broken() == {}
