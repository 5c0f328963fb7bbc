"""What was written wrong is put right on a page, and nobody's correction is lost."""

import re

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partners.differences import seal
from partners.models import (
    Membership,
    Message,
    User,
)
from partners.people import correcting, membership
from partners.post import delivery
from tests.builders import make_invitation, make_member, make_organisation, make_person
from tests.races import at_once
from tests.reading import read


def last_code():
    letter = Message.objects.filter(letter="northstar/login_code").latest("pk")
    return re.search(r"\d{4} \d{4}", letter.text).group()


def page_of(client, person):
    return client.get(reverse("person_edit", args=[person.pk]))


def typed(answer):
    """What the form of a page holds, ready to be sent again."""
    form = answer.context["form"]
    values = {name: form[name].value() for name in form.fields}
    values["focus_areas"] = [area.pk for area in values.pop("focus_areas", None) or []]
    return {name: "" if value is None else value for name, value in values.items()}


def correct(client, page, thing, /, **said):
    address = reverse(page, args=[getattr(thing, "slug", thing.pk)])
    return client.post(address, typed(client.get(address)) | said)


def test_a_name_and_an_address_are_put_right_and_both_addresses_are_told(as_, kim, ada):
    old = ada.email
    answer = correct(as_(kim), "person_edit", ada, name="Ada Berg", email="Ada.Berg@Rätt.example")
    assert answer.status_code == 302
    ada.refresh_from_db()
    assert (ada.name, ada.email) == ("Ada Berg", "ada.berg@xn--rtt-qla.example")
    assert (ada.corrected_by, ada.memberships.current().count()) == (kim, 1)
    delivery.deliver(timezone.now())
    sent = {letter.to[0]: letter for letter in mail.outbox}
    assert sent.keys() == {old, ada.email}
    assert "hör inte längre till ditt konto" in sent[old].subject
    assert ada.email not in sent[old].body
    assert "är ändrad" in sent[ada.email].subject


def test_what_the_former_address_was_sent_opens_nothing(client, as_, ada, bostaden, kim, cai):
    _, token = make_invitation(ada, bostaden, by=cai)
    membership.invite_person(ada, bostaden, by=cai)
    stranger, logged_in = Client(), Client()
    stranger.post(reverse("account_login"), {"email": ada.email})
    logged_in.force_login(ada)
    code = last_code()

    correct(as_(kim), "person_edit", ada, email="ratt@people.example")

    assert client.get(reverse("accept_invitation", args=[token])).status_code in {302, 410}
    assert membership.open_invitation(token) is None
    stranger.post(reverse("account_confirm_login_code"), {"code": code})
    assert not stranger.get("/").wsgi_request.user.is_authenticated
    assert not logged_in.get("/").wsgi_request.user.is_authenticated
    mail.outbox.clear()
    delivery.deliver(timezone.now())
    assert [letter for letter in mail.outbox if "Välkommen" in letter.subject] == []
    # The new address logs in as ever.
    stranger.post(reverse("account_login"), {"email": "ratt@people.example"})
    code = last_code()
    stranger.post(reverse("account_confirm_login_code"), {"code": code})
    assert stranger.get("/").wsgi_request.user == ada


def test_whoever_corrects_their_own_address_stays_logged_in(as_, kim):
    client = as_(kim)
    correct(client, "person_edit", kim, email="kim.ny@people.example")
    assert client.get("/").wsgi_request.user == kim


def test_a_taken_address_is_said_beside_the_field_and_by_whom(as_, kim, ada, cai):
    answer = correct(as_(kim), "person_edit", ada, email=cai.email.upper())
    assert answer.status_code == 422
    beside = re.search(r'id="id_email_error"[^>]*>(.+?)</', answer.content.decode(), re.S)[1]
    assert "Cai Öberg har redan den här adressen." in beside
    assert not Message.objects.exists()
    ada.refresh_from_db()
    assert ada.corrected_at is None


def test_the_second_of_two_who_correct_at_once_sees_both_and_loses_nothing(as_, kim, ada):
    client = as_(kim)
    mine = typed(page_of(client, ada))
    User.objects.filter(pk=ada.pk).update(name="Ada Emellan")  # in her profile, say
    address = reverse("person_edit", args=[ada.pk])
    answer = client.post(address, mine | {"name": "Ada Berg"})
    assert answer.status_code == 422
    assert ["Namn", "Ada Emellan", "Ada Berg"] in read(answer).rows()
    again = client.post(address, typed(answer) | {"name": "Ada Berg"})
    assert again.status_code == 302
    ada.refresh_from_db()
    assert ada.name == "Ada Berg"


def test_who_is_no_coordinator_corrects_nobody(as_, ada, cai, lo, bostaden):
    for person in (ada, cai, lo):
        for name, key in [("person_edit", ada.pk), ("organisation_edit", bostaden.slug)]:
            assert as_(person).get(reverse(name, args=[key])).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_four_corrections_at_once_have_one_outcome():
    kim, ada = make_person("Kim", staff_role="coordinator"), make_person("Ada")
    facts = {"name": "Ada", "email": "ny@people.example"}
    seen = seal(correcting.facts_of_person(ada))
    at_once(*[lambda: correcting.correct_person(ada, facts, seen=seen, by=kim)] * 4)
    assert Message.objects.count() == 2
    ada.refresh_from_db()
    assert ada.email == "ny@people.example"


@pytest.mark.django_db(transaction=True)
def test_two_people_cannot_be_given_one_address_at_once():
    kim = make_person("Kim", staff_role="coordinator")
    people = [make_person("Ada"), make_person("Bo")]

    def give(person):
        seen = seal(correcting.facts_of_person(person))
        facts = {"name": person.name, "email": "samma@people.example"}
        return correcting.correct_person(person, facts, seen=seen, by=kim)

    outcomes = at_once(*[lambda p=person: give(p) for person in people])
    refused = [outcome for outcome in outcomes if isinstance(outcome, ValidationError)]
    assert [refusal.code for refusal in refused] == ["taken"]
    assert Message.objects.count() == 2


# Moving a person


def test_a_person_acts_for_the_right_organisation_instead(as_, kim, ada, norrbyggen):
    row = ada.memberships.get()
    address = reverse("membership_move", args=[row.pk])
    assert "Flytta Ada Åström" in as_(kim).get(address).content.decode()
    for _ in range(2):
        as_(kim).post(address, {"organisation": norrbyggen.slug})
    now = ada.memberships.current().get()
    assert (now.organisation, now.role, now.created_by) == (norrbyggen, row.role, kim)
    row.refresh_from_db()
    assert row.ended_by == kim


def test_whom_to_act_for_is_written_and_not_chosen_among_all(as_, kim, ada, norrbyggen):
    address = reverse("membership_move", args=[ada.memberships.get().pk])
    assert "<select" not in as_(kim).get(address).text
    refused = as_(kim).post(address, {"organisation": "Ingen sådan"})
    assert refused.status_code == 422
    assert 'value="Ingen sådan"' in refused.text
    as_(kim).post(address, {"organisation": norrbyggen.name[:5].lower()})
    assert ada.memberships.current().get().organisation == norrbyggen


def test_moving_to_where_one_is_changes_nothing(kim, ada, bostaden):
    row = ada.memberships.get()
    assert membership.move(row, bostaden, by=kim) == row
    assert ada.memberships.current().get() == row


@pytest.mark.django_db(transaction=True)
def test_four_moves_at_once_are_one():
    kim = make_person("Kim", staff_role="coordinator")
    ada = make_member(make_organisation("Fel"), "Ada")
    right, row = make_organisation("Rätt"), ada.memberships.get()
    at_once(*[lambda: membership.move(row, right, by=kim)] * 4)
    assert Membership.objects.current().get().organisation == right
    assert Membership.objects.count() == 2


def test_the_pages_are_reached_where_a_coordinator_sees_person_and_organisation(
    as_, kim, ada, bostaden
):
    client = as_(kim)
    person = reverse("person_edit", args=[ada.pk])
    organisation = reverse("organisation_edit", args=[bostaden.slug])
    people = reverse("partner_people", args=[bostaden.slug])
    assert person in client.get(reverse("people_list")).content.decode()
    assert person in client.get(people).content.decode()
    for page in (people, reverse("partner_detail", args=[bostaden.slug])):
        assert organisation in client.get(page).content.decode()
    page = page_of(client, ada).content.decode()
    assert reverse("membership_move", args=[ada.memberships.get().pk]) in page
    assert "Byt roll" in page
    assert "Avsluta medlemskapet" in page
