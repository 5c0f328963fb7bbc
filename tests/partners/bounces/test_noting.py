"""A letter that came back is noted once, of the right letter and address, and of no other."""

import logging
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from partners.bounces import noting
from partners.bounces.noting import Noted
from partners.bounces.reading import Action, Outcome
from partners.differences import seal
from partners.models import BouncedAddress, Message
from partners.people import correcting
from partners.post import claims, delivery
from tests.builders import make_bounced, make_letter, make_person
from tests.partners.bounces.test_reading import letter as number_of
from tests.partners.bounces.test_reading import sample
from tests.races import neck_and_neck

pytestmark = pytest.mark.django_db

ADDRESSES = {
    2: "full@granit.example",
    3: "policy@granit.example",
    4: "later@granit.example",
    6: "ok@granit.example",
    11: "anna.ek@kontoret.example",
    12: "bo.berg@googlemail.example",
    14: "dan@aldre.example",
    15: "eva@granit.example",
    16: "eva@granit.example",
    17: "fia+kurs@böcker.example",
}


@pytest.fixture
def sent():
    """The letter that Postfix could not deliver in the sample."""
    person = make_person("Gun Gran", "gone@granit.example", phone="090-12 34 56")
    return make_sent(person, number_of(1))


def make_sent(person, message_id, **fields):
    fields = {
        "state": "sent",
        "sent_at": timezone.now(),
        "sent_to": person.email,
        "attempts": 1,
    } | fields
    return make_letter(person, message_id=message_id, **fields)


def test_a_letter_that_came_back_says_so_and_its_address_is_marked(sent):
    assert noting.note(sample("postfix-gone")) == Noted.BOUNCED
    before = sent.sent_at
    sent.refresh_from_db()
    assert (sent.state, sent.sent_at) == ("bounced", before)
    assert sent.last_error.startswith("550 5.1.1")
    mark = BouncedAddress.objects.get()
    assert (mark.address, mark.letter) == ("gone@granit.example", sent)
    assert noting.note(sample("postfix-gone")) == Noted.KNOWN


@pytest.mark.parametrize(
    ("name", "number", "noted", "state", "marked"),
    [
        ("postfix-full", 2, Noted.BOUNCED, "bounced", True),
        ("postfix-policy", 3, Noted.BOUNCED, "bounced", False),
        ("postfix-expired", 4, Noted.BOUNCED, "bounced", False),
        ("postfix-delayed", 4, Noted.DELAYED, "sent", False),
        ("postfix-delivered", 6, Noted.ARRIVED, "sent", False),
        ("exchange", 11, Noted.BOUNCED, "bounced", True),
        ("gmail", 12, Noted.BOUNCED, "bounced", True),
        ("qmail", 14, Noted.BOUNCED, "bounced", True),
        ("away", 15, Noted.AUTO_REPLY, "sent", False),
        ("read-receipt", 16, Noted.AUTO_REPLY, "sent", False),
        ("international", 17, Noted.BOUNCED, "bounced", True),
    ],
)
def test_what_is_noted_depends_on_what_has_become_of_it(name, number, noted, state, marked):
    letter = make_sent(make_person("Gun", ADDRESSES[number]), number_of(number))
    assert noting.note(sample(name)) == noted
    letter.refresh_from_db()
    assert letter.state == state
    assert BouncedAddress.objects.standing().exists() == marked


def test_a_report_of_another_address_changes_nothing(sent):
    Message.objects.update(sent_to="ny@granit.example")
    assert noting.note(sample("postfix-gone")) == Noted.OTHER_ADDRESS
    assert Message.objects.get().state == "sent"
    assert not BouncedAddress.objects.exists()


def test_a_forged_report_changes_nothing_and_is_logged_without_whom_it_names(sent, caplog):
    Message.objects.update(message_id=uuid4())
    with caplog.at_level(logging.INFO):
        assert noting.note(sample("postfix-gone")) == Noted.NOT_OURS
    assert Message.objects.get().state == "sent"
    assert "not about a letter" in caplog.text
    assert "granit" not in caplog.text


def test_what_never_left_cannot_come_back(sent):
    Message.objects.update(attempts=0, state="waiting", sent_at=None)
    assert noting.note(sample("postfix-gone")) == Noted.NOT_OURS


def test_a_report_that_is_faster_than_our_own_note_stands(sent):
    """The server has it, the sender has not written that down yet, and it is back already."""
    Message.objects.update(attempts=0, state="waiting", sent_at=None, sent_to="")
    mine = claims.claim(timezone.now())
    mine.note_sent(mine.take(sent.pk))
    assert noting.note(sample("postfix-gone")) == Noted.BOUNCED
    mine.release()
    sent.refresh_from_db()
    assert (sent.state, sent.claim, sent.sent_to) == ("bounced", None, "gone@granit.example")
    assert sent.sent_at


def test_a_stranger_is_noted_of_the_letter_alone():
    letter = Message.objects.create(
        key="x",
        letter="learning/confirm_visit",
        language="sv",
        sent_to="gone@granit.example",
        message_id=number_of(1),
        state="sent",
        sent_at=timezone.now(),
        attempts=1,
    )
    assert noting.note(sample("postfix-gone")) == Noted.BOUNCED
    letter.refresh_from_db()
    assert letter.state == "bounced"
    assert not BouncedAddress.objects.exists()


@pytest.mark.parametrize(
    ("status", "said", "is_so"),
    [
        ("5.1.1", "", True),
        ("5.4.4", "", True),
        ("5.2.3", "", False),
        ("5.6.0", "", False),
        ("4.4.7", "", False),
        ("", "550 no such user", True),
        ("5.0.0", "554 no", False),
    ],
)
def test_only_a_failure_for_good_marks_the_address(status, said, is_so):
    assert noting.is_about_address(Outcome(frozenset(), Action.FAILED, status, said)) == is_so


@pytest.mark.django_db(transaction=True)
def test_the_same_report_twice_at_once_is_noted_once(sent):
    found = neck_and_neck(*[lambda: noting.note(sample("postfix-gone"))] * 4)
    assert sorted(found) == sorted([Noted.BOUNCED, *[Noted.KNOWN] * 3])
    assert BouncedAddress.objects.count() == 1


# What follows


def test_reminders_do_not_go_where_they_come_back_and_ones_own_place_does(ada, bo):
    make_bounced(ada)
    reminder = make_letter(ada)
    place = make_letter(ada, letter="learning/seat_confirmed")
    other = make_letter(bo)
    assert delivery.deliver(timezone.now()) == 2
    states = dict(Message.objects.values_list("pk", "state"))
    assert (states[reminder.pk], states[place.pk], states[other.pk]) == ("skipped", "sent", "sent")
    reminder.refresh_from_db()
    assert reminder.last_error == "e-mails to the address come back"


def test_another_address_is_not_marked_and_the_same_one_again_warns(as_, ada, kim):
    make_bounced(ada)
    old, page = ada.email, reverse("person_edit", args=[ada.pk])
    correct(ada, kim, "ny@bostaden.example")
    assert not BouncedAddress.objects.people().exists()
    assert "kommer tillbaka" not in as_(kim).get(page).text
    facts = correcting.facts_of_person(ada)
    said = as_(kim).post(page, facts | {"email": old, "seen": seal(facts)}, follow=True)
    assert "har kommit tillbaka. Är adressen rätt?" in said.text
    assert "kommer tillbaka" in said.text


def correct(person, by, email):
    facts = correcting.facts_of_person(person)
    correcting.correct_person(person, facts | {"email": email}, seen=seal(facts), by=by)
    person.refresh_from_db()


def test_whoever_invites_an_address_that_does_not_work_is_told(as_, ada, bostaden, kim, bo):
    make_bounced(bo)
    asked = {"name": "Bo Berg", "email": bo.email, "role": "member"}
    said = as_(kim).post(reverse("invite", args=[bostaden.slug]), asked, follow=True)
    assert "har kommit tillbaka. Är adressen rätt?" in said.text


def test_a_coordinator_says_that_an_address_works_again(as_, ada, kim):
    ada.phone = "090-12 34 56"
    ada.save()
    mark = make_bounced(ada)
    client, page = as_(kim), reverse("person_edit", args=[ada.pk])
    shown = client.get(page).text
    assert "tel:+4690123456" in shown
    assert "Adressen finns inte" in shown
    assert reverse("outbox_letter", args=[mark.letter_id]) in shown
    client.post(reverse("address_works", args=[ada.pk]))
    mark.refresh_from_db()
    assert (mark.works_again_by, bool(mark.works_again_at)) == (kim, True)
    assert "kommer tillbaka" not in client.get(page).text


def test_an_address_that_comes_back_again_is_marked_again(sent, kim):
    noting.note(sample("postfix-gone"))
    assert noting.works_again(sent.sent_to, by=kim)
    assert not noting.works_again(sent.sent_to, by=kim)
    assert not noting.works_again(None, by=kim)
    Message.objects.update(state="sent")
    noting.note(sample("postfix-gone"))
    mark = BouncedAddress.objects.standing().get()
    assert mark.works_again_by is None


def test_an_address_that_came_back_and_is_given_to_another_person_is_marked_at_once(
    as_, ada, bo, kim
):
    mark = make_bounced(ada)
    address = ada.email
    correct(ada, kim, "ny@bostaden.example")
    correct(bo, kim, address)  # an address of the office, and the next one has it
    assert list(BouncedAddress.objects.people()) == [bo]
    reminder, place = make_letter(bo), make_letter(bo, letter="learning/seat_confirmed")
    hers = make_letter(ada)
    delivery.deliver(timezone.now())
    states = dict(Message.objects.values_list("pk", "state"))
    assert [states[one.pk] for one in (reminder, place, hers)] == ["skipped", "sent", "sent"]
    as_(kim).post(reverse("address_works", args=[bo.pk]))
    assert not BouncedAddress.objects.people().exists()
    again = make_letter(bo)
    delivery.deliver(timezone.now())
    again.refresh_from_db()
    assert (again.state, again.sent_to) == ("sent", address)
    assert mark.letter.recipient == ada  # what came back was hers, and stays so


def test_people_lists_show_whom_nothing_reaches_and_the_telephone(as_, ada, bo, kim, bostaden):
    ada.phone = "090-12 34 56"
    ada.save()
    make_bounced(ada, bounced_at=timezone.now() - timedelta(days=3))
    client = as_(kim)
    for page in [
        reverse("people_list") + "?state=bounced",
        reverse("partner_people", args=[bostaden.slug]),
    ]:
        text = client.get(page).text
        assert "fungerar inte sedan" in text
        assert "tel:+4690123456" in text
    assert "Bo Berg" not in client.get(reverse("people_list") + "?state=bounced").text
    nobodys = make_person("Nils Nord", phone="070-111 22 33")
    make_bounced(nobodys)
    found = client.get(reverse("people_list") + "?state=bounced&role=none").text
    assert "Nils Nord" in found
    assert "fungerar inte sedan" in found


def test_the_start_page_of_coordinators_says_whom_to_call(as_, cai, kim):
    assert "mejlen inte når" not in as_(kim).get(reverse("home")).text
    cai.phone = "090-12 34 56"
    cai.save()
    make_bounced(cai)
    page = as_(kim).get(reverse("home")).text
    assert "person som mejlen inte når" in page
    assert "Mejl till Cai Öberg kommer tillbaka" in page
    assert "090-12 34 56" in page
    assert reverse("person_edit", args=[cai.pk]) in page


def test_the_outbox_has_a_filter_for_what_came_back(as_, ada, kim):
    mark = make_bounced(ada)
    client = as_(kim)
    assert "Kom tillbaka (1)" in client.get(reverse("outbox")).text
    page = client.get(reverse("outbox_letter", args=[mark.letter_id])).text
    assert "Mejlet kom tillbaka" in page
    assert "Adressen finns inte" in page
