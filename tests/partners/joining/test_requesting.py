"""Who asks to act for an organisation confirms the address first, and is decided on once."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from partners.joining import requesting
from partners.models import JoinRequest, Membership, Message, Organisation, User
from partners.people import membership
from tests.builders import make_join_request, make_member, make_person
from tests.races import at_once
from tests.reading import read

pytestmark = pytest.mark.django_db

EMAIL = "eva@granit.example"


def ask(organisation, email=EMAIL, name="Eva Ek", text="Inköp"):
    return requesting.ask(organisation, name, email, text, language="en")


def token_in(letter):
    return re.search(r"/([A-Za-z0-9_-]{43})/", letter.text)[1]


def letters(name):
    return Message.objects.filter(letter=f"partners/{name}")


def test_nobody_is_told_until_the_link_is_followed(bostaden, cai, kim):
    asked = ask(bostaden)
    letter = Message.objects.get()
    assert (letter.sent_to, letter.recipient, letter.language) == (EMAIL, None, "en")
    assert "Eva" not in letter.subject + letter.text + letter.html, "anybody may have typed it"
    assert not JoinRequest.objects.visible_to(cai).exists()

    found = requesting.asked_by(token_in(letter))
    for _ in range(2):
        requesting.confirm(found)
    assert [one.recipient for one in letters("asks_to_act")] == [cai]
    assert list(JoinRequest.objects.waits_for(cai)) == [asked]
    assert list(JoinRequest.objects.waits_for(kim)) == [], "the organisation answers itself"


def test_where_no_contact_person_is_the_coordinators_are_told(bostaden, ada, kim):
    asked = requesting.confirm(ask(bostaden))
    assert [one.recipient for one in letters("asks_to_act")] == [kim]
    assert list(JoinRequest.objects.waits_for(kim)) == [asked]
    assert not JoinRequest.objects.visible_to(ada).exists(), "a member does not decide"


def test_a_stranger_learns_nothing_of_who_is_a_member(client, bostaden, cai, ada):
    make_person("Känd Annan", "known@elsewhere.example")
    address, answers, costs = reverse("ask_to_act", args=[bostaden.slug]), set(), set()
    for email in (ada.email, cai.email, "known@elsewhere.example", "nobody@elsewhere.example"):
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(address, {"name": "Xenia Xu", "email": email, "text": ""})
        answers.add((answer.status_code, answer["Location"]))
        costs.add(len(queries))
        letter = Message.objects.latest("pk")
        page = client.get(reverse("ask_to_act_confirm", args=[token_in(letter)])).content.decode()
        answers.add(re.sub(r"csrfmiddlewaretoken.*?>|/[\w-]{43}/", "", page).replace(email, ""))
    assert len(answers) == 2
    assert len(costs) == 1


def test_a_robot_gets_the_same_answer_and_writes_nothing(client, bostaden):
    said = {"name": "Xenia Xu", "email": EMAIL, "homepage": "https://x.example"}
    answer = client.post(reverse("ask_to_act", args=[bostaden.slug]), said)
    assert answer["Location"] == reverse("ask_to_act_sent", args=[bostaden.slug])
    assert not JoinRequest.objects.exists()


def test_an_address_is_asked_three_times_a_day_at_most(bostaden):
    for number in range(5):
        ask(bostaden, text=f"Rad {number}")
    assert Message.objects.count() == 3


def test_what_is_typed_wrongly_is_kept_and_said_beside_the_field(client, bostaden):
    said = {"name": "Eva Ek", "email": "eva", "text": "x" * 201}
    page = client.post(reverse("ask_to_act", args=[bostaden.slug]), said)
    assert page.status_code == 422
    assert (read(page).value("name"), read(page).value("email")) == ("Eva Ek", "eva")
    assert "Skriv högst 200 tecken." in page.content.decode()


def test_asking_again_withdraws_what_was_asked_before(bostaden, cai):
    first = requesting.confirm(ask(bostaden, text="Förut"))
    second = requesting.confirm(ask(bostaden, text="Nu"))
    assert list(JoinRequest.objects.waits_for(cai)) == [second]
    assert sorted(letters("asks_to_act").values_list("state", flat=True)) == ["skipped", "waiting"]
    with pytest.raises(ValidationError) as refusal:
        requesting.decide(first, accept=True, by=cai)
    assert refusal.value.code == "gone"


def test_a_yes_begins_a_membership_and_says_how_to_log_in(as_, bostaden, cai):
    asked = requesting.confirm(ask(bostaden))
    client, address = as_(cai), reverse("join_request", args=[asked.pk])
    assert "Eva Ek vill representera Bostaden" in client.get(reverse("home")).content.decode()
    assert EMAIL in client.get(address).content.decode()
    client.post(address, {"answer": "perhaps"})
    assert not Membership.objects.filter(person__email=EMAIL).exists()
    for _ in range(2):
        done = client.post(address, {"answer": "yes"}, follow=True)
    assert "Eva Ek representerar nu Bostaden." in done.content.decode()
    found = Membership.objects.get(person__email=EMAIL)
    assert (found.role, found.created_by, found.organisation) == ("member", cai, bostaden)
    assert found.person.language == "en"
    letter = letters("ask_to_act_yes").get()
    assert "/en/login/" in letter.text or "/login" in letter.text
    assert letters("asks_to_act").get().state == "skipped"
    assert "Eva Ek vill" not in client.get(reverse("home")).content.decode()


def test_a_no_is_a_kind_letter_that_repeats_nothing(bostaden, cai):
    asked = requesting.confirm(ask(bostaden, text="Köp billigt"))
    requesting.decide(asked, accept=False, by=cai)
    letter = letters("ask_to_act_no").get()
    assert letter.sent_to == EMAIL
    assert "Köp" not in letter.text + letter.html
    assert not User.objects.filter(email=EMAIL).exists()


def test_somebody_who_acts_already_keeps_their_role_and_gets_the_letter(bostaden, cai):
    colleague = make_member(bostaden, "Dag", role="contact_person", email=EMAIL)
    asked, _ = make_join_request(bostaden, email=EMAIL)
    requesting.decide(asked, accept=True, by=cai)
    assert colleague.memberships.get().role == "contact_person"
    assert letters("ask_to_act_yes").get().recipient == colleague


def test_an_organisation_that_has_left_takes_nobody_in(bostaden, kim, cai):
    asked, _ = make_join_request(bostaden)
    Organisation.objects.filter(pk=bostaden.pk).update(status="left")
    with pytest.raises(ValidationError) as refusal:
        requesting.decide(asked, accept=True, by=kim)
    assert refusal.value.code == "left"
    asked.refresh_from_db()
    assert asked.decided_at is None


def test_somebody_shut_out_is_not_taken_in(bostaden, cai, kim):
    person = make_person("Ute", EMAIL)
    membership.shut_out(person, by=kim)
    asked, _ = make_join_request(bostaden, email=EMAIL)
    with pytest.raises(ValidationError) as refusal:
        requesting.decide(asked, accept=True, by=cai)
    assert refusal.value.code == "inactive"


def test_another_organisation_and_a_member_cannot_answer(as_, bostaden, norrbyggen, cai, ada, bo):
    asked, _ = make_join_request(bostaden)
    other = make_member(norrbyggen, "Olle", role="contact_person")
    for person in (ada, bo, other):
        client = as_(person)
        address = reverse("join_request", args=[asked.pk])
        assert client.get(address).status_code == 404
        assert client.post(address, {"answer": "yes"}).status_code == 404


def test_what_is_old_is_forgotten_with_its_letters(bostaden, cai):
    unconfirmed = ask(bostaden, "a@granit.example")
    waiting = requesting.confirm(ask(bostaden, "b@granit.example"))
    new = requesting.confirm(ask(bostaden, "c@granit.example"))
    now = timezone.now()
    JoinRequest.objects.filter(pk=unconfirmed.pk).update(created_at=now - timedelta(days=7))
    JoinRequest.objects.filter(pk=waiting.pk).update(confirmed_at=now - timedelta(days=60))
    assert requesting.asked_by("x" * 43) is None
    assert requesting.forget_old(now) == 2
    assert list(JoinRequest.objects.all()) == [new]
    assert {one.sent_to for one in letters("confirm_ask_to_act")} == {"c@granit.example"}
    assert letters("asks_to_act").filter(state="waiting").count() == 1


def test_a_link_that_came_too_late_says_so(client, bostaden):
    asked = ask(bostaden)
    token = token_in(Message.objects.get())
    late = timezone.now() - timedelta(days=7)
    JoinRequest.objects.filter(pk=asked.pk).update(created_at=late)
    assert client.get(reverse("ask_to_act_confirm", args=[token])).status_code == 410
    with pytest.raises(ValidationError) as refusal:
        requesting.confirm(asked)
    assert refusal.value.code == "over"


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_to_decide_on_costs_the_same(as_, bostaden, cai, number):
    for _ in range(number):
        asked, _ = make_join_request(bostaden)
    client = as_(cai)
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("join_request", args=[asked.pk]))
    assert len(queries) == 4


@pytest.mark.django_db(transaction=True)
def test_two_who_decide_at_once_come_to_one_outcome(bostaden, cai, kim):
    asked, _ = make_join_request(bostaden)
    results = at_once(
        lambda: requesting.decide(asked, accept=True, by=cai),
        lambda: requesting.decide(asked, accept=False, by=kim),
    )
    outcomes = {(one.accepted, one.decided_by) for one in results}
    assert outcomes in [{(True, cai)}, {(False, kim)}]
    accepted = outcomes == {(True, cai)}
    assert Membership.objects.filter(person__email=asked.email).exists() is accepted
    assert Message.objects.count() == 1
