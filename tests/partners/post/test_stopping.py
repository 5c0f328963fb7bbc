"""A letter is stopped on purpose, and let go: by whom is noted, and what has left has left."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from partners.models import HIDDEN, Message
from partners.post import delivery, outbox, stopping
from tests.builders import make_letter, make_person
from tests.reading import read

pytestmark = pytest.mark.django_db


def test_a_stopped_letter_is_not_sent_until_it_is_let_go_at_the_hour_it_had(ada, kim):
    hour = timezone.now() - timedelta(minutes=3)
    letter = make_letter(ada, next_try_at=hour)
    assert stopping.stop(letter, by=kim)
    assert not stopping.stop(letter, by=ada), "stopped already: the first is who did it"
    assert delivery.deliver(timezone.now()) == 0
    letter.refresh_from_db()
    assert (letter.state, letter.decided_by) == ("stopped", kim)
    assert stopping.let_go(letter, by=ada)
    letter.refresh_from_db()
    assert (letter.state, letter.decided_by, letter.next_try_at) == ("waiting", ada, hour)
    assert delivery.deliver(timezone.now()) == 1


def test_a_letter_stopped_before_its_turn_in_a_batch_stays_and_the_one_in_hand_leaves(
    busy, ada, kim
):
    in_hand, next_one = make_letter(ada), make_letter(ada)

    def stop():
        stopping.stop_all(Message.objects.all(), by=kim)

    busy.does = staticmethod(stop)
    assert delivery.deliver(timezone.now()) == 1
    in_hand.refresh_from_db()
    next_one.refresh_from_db()
    assert (in_hand.state, next_one.state) == ("sent", "stopped")
    assert (in_hand.claim, next_one.claim, next_one.attempts) == (None, None, 0)
    assert len(mail.outbox) == 1


def test_a_letter_that_is_stopped_while_the_server_refuses_it_stays_stopped(
    busy, ada, kim, monkeypatch
):
    letter = make_letter(ada)

    def refuse():
        stopping.stop(letter, by=kim)
        raise OSError("gone")

    busy.does = staticmethod(refuse)
    delivery.deliver(timezone.now())
    letter.refresh_from_db()
    assert (letter.state, letter.claim) == ("stopped", None)


def test_codes_and_what_has_left_cannot_be_stopped(ada, kim):
    code = make_letter(ada, urgent=True)
    sent = make_letter(ada, state="sent", sent_at=timezone.now())
    assert not stopping.stop(code, by=kim)
    assert not stopping.stop(sent, by=kim)
    assert not code.can_be_stopped()
    assert stopping.stop_all(Message.objects.all(), by=kim) == 0


@pytest.mark.parametrize(
    ("fields", "goes"),
    [
        ({}, True),
        ({"useless_after": timezone.now() - timedelta(minutes=1)}, False),
        ({"secret": True, "text": f"Kod {HIDDEN}"}, False),
    ],
)
def test_only_what_is_of_use_and_whole_is_let_go(ada, kim, fields, goes):
    letter = make_letter(ada, **fields)
    stopping.stop(letter, by=kim)
    letter.refresh_from_db()
    assert letter.can_be_let_go() == goes
    assert stopping.let_go(letter, by=kim) == goes


def test_what_is_overtaken_while_it_is_stopped_is_never_let_go(ada, kim):
    letter = make_letter(ada, key="learning.place:1:1:seat")
    stopping.stop(letter, by=kim)
    assert outbox.waiting("learning.place:1:") == {letter.key: True}
    assert outbox.drop("learning.place:1:") == 1
    assert not stopping.let_go(letter, by=kim)
    letter.refresh_from_db()
    assert letter.state == "skipped"


def test_secrets_of_letters_stopped_long_ago_are_hidden(ada, kim):
    day_ago = timezone.now() - timedelta(days=1)
    letter = make_letter(ada, secret=True, text="Kod 1234 5678", next_try_at=day_ago)
    stopping.stop(letter, by=kim)
    assert outbox.forget_secrets(timezone.now()) == 1


def test_what_is_found_is_stopped_and_let_go_and_nothing_newer(as_, kim, ada, bo):
    one = make_letter(ada, subject="Frukost")
    other = make_letter(bo, subject="Lunch")
    client = as_(kim)
    listed = client.get(reverse("outbox"), {"state": "waiting", "q": "frukost"})
    way = reverse("outbox_stop_all") + "?q=frukost"
    assert way in listed.text
    asked = client.get(way)
    assert "1 mejl" in asked.text or "Ett mejl" in asked.text
    assert "Lunch" not in asked.text
    later = make_letter(ada, subject="Frukost igen")
    client.post(reverse("outbox_stop_all"), {"q": "frukost", "last": one.pk})
    states = dict(Message.objects.values_list("pk", "state"))
    assert states == {one.pk: "stopped", other.pk: "waiting", later.pk: "waiting"}
    assert reverse("outbox_let_all_go") in client.get(reverse("outbox"), {"state": "stopped"}).text
    client.post(reverse("outbox_let_all_go"), {"last": one.pk})
    assert set(Message.objects.values_list("state", flat=True)) == {"waiting"}


def test_without_saying_what_was_seen_nothing_is_stopped(as_, kim, ada):
    make_letter(ada)
    as_(kim).post(reverse("outbox_stop_all"), {"last": "all"})
    as_(kim).post(reverse("outbox_stop_all"))
    assert Message.objects.get().state == "waiting"


def test_the_page_of_a_letter_stops_it_and_says_who_did(as_, kim, ada):
    letter = make_letter(ada)
    client, page = as_(kim), reverse("outbox_letter", args=[letter.pk])
    assert reverse("outbox_stop", args=[letter.pk]) in client.get(page).text
    said = client.post(reverse("outbox_stop", args=[letter.pk]), follow=True)
    assert "Mejlet är stoppat" in said.text
    facts = next(read(said).all("dl")).text
    assert "Kim Krans" in facts
    client.post(reverse("outbox_let_go", args=[letter.pk]))
    letter.refresh_from_db()
    assert letter.state == "waiting"


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("name", ["outbox_stop_all", "outbox_let_all_go"])
def test_to_ask_costs_the_same_for_many(as_, kim, ada, rows, name, django_assert_num_queries):
    for number in range(rows):
        letter = make_letter(make_person(f"Gäst {number}"))
        if name == "outbox_let_all_go":
            stopping.stop(letter, by=kim)
    client = as_(kim)
    with django_assert_num_queries(3):
        client.get(reverse(name))
