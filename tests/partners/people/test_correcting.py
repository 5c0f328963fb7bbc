"""What was written wrong is put right on a page, and nobody's correction is lost."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partners.intake import partner_lists
from partners.models import (
    Membership,
    Message,
    Organisation,
    OrganisationAlias,
    OrganisationStatus,
    User,
)
from partners.people import correcting, membership
from partners.post import delivery
from tests.builders import make_import, make_invitation, make_member, make_organisation, make_person
from tests.races import at_once
from tests.reading import read

ACTIVE, LEFT = OrganisationStatus.ACTIVE, OrganisationStatus.LEFT


GOOD, ALSO_GOOD = "212000-2627", "202100-2874"


@pytest.fixture
def bostaden(bostaden):
    """With a number whose last digit fits."""
    bostaden.org_number = GOOD
    bostaden.save()
    return bostaden


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
    seen = correcting.seal(correcting.facts_of_person(ada))
    at_once(*[lambda: correcting.correct_person(ada, facts, seen=seen, by=kim)] * 4)
    assert Message.objects.count() == 2
    ada.refresh_from_db()
    assert ada.email == "ny@people.example"


@pytest.mark.django_db(transaction=True)
def test_two_people_cannot_be_given_one_address_at_once():
    kim = make_person("Kim", staff_role="coordinator")
    people = [make_person("Ada"), make_person("Bo")]

    def give(person):
        seen = correcting.seal(correcting.facts_of_person(person))
        facts = {"name": person.name, "email": "samma@people.example"}
        return correcting.correct_person(person, facts, seen=seen, by=kim)

    outcomes = at_once(*[lambda p=person: give(p) for person in people])
    refused = [outcome for outcome in outcomes if isinstance(outcome, ValidationError)]
    assert [refusal.code for refusal in refused] == ["taken"]
    assert Message.objects.count() == 2


# Organisations


def test_an_organisations_facts_are_put_right(as_, kim, bostaden):
    client = as_(kim)
    answer = correct(
        client,
        "organisation_edit",
        bostaden,
        name="AB Bostaden i Umeå",
        org_number=ALSO_GOOD.replace("-", ""),
        sector="municipal_company",
        website="bostaden.example",
        joined_on="2023-11-30",
    )
    assert answer.status_code == 302
    bostaden.refresh_from_db()
    assert bostaden.name == "AB Bostaden i Umeå"
    assert bostaden.website == "https://bostaden.example"
    assert (bostaden.sector, bostaden.status) == ("municipal_company", ACTIVE)
    assert (bostaden.corrected_by, bostaden.org_number) == (kim, ALSO_GOOD)
    assert bostaden.status_changed_by is None
    # A list that still uses the former name finds it.
    assert OrganisationAlias.objects.get().organisation == bostaden
    batch = make_import(kim, "Organisation;E-post\nBostaden;x@bostaden.example\n")
    partner_lists.apply(batch, by=kim)
    assert Organisation.objects.get() == bostaden


def test_a_taken_number_is_said_beside_the_field(as_, kim, bostaden, norrbyggen):
    answer = correct(as_(kim), "organisation_edit", norrbyggen, org_number=GOOD)
    assert answer.status_code == 422
    beside = re.search(r'id="id_org_number_error"[^>]*>(.+?)</', answer.content.decode(), re.S)[1]
    assert "Bostaden har redan det här numret." in beside


def test_two_who_change_an_organisation_lose_nothing(as_, kim, bostaden):
    client = as_(kim)
    address = reverse("organisation_edit", args=[bostaden.slug])
    mine = typed(client.get(address))
    correct(client, "organisation_edit", bostaden, website="https://forst.example")
    answer = client.post(address, mine | {"website": "https://sedan.example"})
    assert answer.status_code == 422
    told = ["Webbplats", "https://forst.example", "https://sedan.example"]
    assert told in read(answer).rows()
    assert client.post(address, typed(answer)).status_code == 302
    bostaden.refresh_from_db()
    assert bostaden.website == "https://sedan.example"


TODAY = timedelta()


def test_an_organisation_says_who_it_is_in_its_own_words(as_, cai, bostaden):
    answer = correct(as_(cai), "organisation_words", bostaden, description_sv="Vi bygger hem.")
    assert answer["Location"] == reverse("partner_detail", args=[bostaden.slug])
    bostaden.refresh_from_db()
    assert (bostaden.description_sv, bostaden.corrected_by) == ("Vi bygger hem.", cai)


def test_own_words_are_few_and_not_everybodys_to_write(as_, cai, ada, bo, lo, bostaden):
    long = correct(as_(cai), "organisation_words", bostaden, description_sv="x" * 401)
    assert long.status_code == 422
    assert "x" * 401 in long.content.decode()
    for person in (ada, bo, lo):
        address = reverse("organisation_words", args=[bostaden.slug])
        assert as_(person).get(address).status_code == 403


def test_two_who_write_an_organisations_words_see_each_others(as_, cai, kim, bostaden):
    client = as_(cai)
    page = typed(client.get(reverse("organisation_words", args=[bostaden.slug])))
    words = {"description_sv": "Vi bygger hem.", "description_en": ""}
    seen = correcting.seal(correcting.words_of_organisation(bostaden))
    correcting.describe_organisation(bostaden, words, seen=seen, by=kim)
    answer = client.post(
        reverse("organisation_words", args=[bostaden.slug]), page | {"description_sv": "Vi hyr ut."}
    )
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Vi bygger hem." in text
    assert "Vi hyr ut." in text


@pytest.mark.parametrize(
    ("status", "days", "outcome"),
    [
        ("left", None, (LEFT, TODAY)),
        ("left", -3, (LEFT, timedelta(days=-3))),
        ("left", 3, (ACTIVE, timedelta(days=3))),
        ("active", 3, (ACTIVE, timedelta(days=3))),
        ("active", 0, "left_on"),
        ("prospect", 3, "left_on"),
        ("left", -9000, "left_on"),
    ],
)
def test_a_partner_is_given_a_day_to_leave(as_, kim, bostaden, status, days, outcome):
    Organisation.objects.update(joined_on=timezone.localdate() - timedelta(days=400))
    today = timezone.localdate()
    day = "" if days is None else str(today + timedelta(days=days))
    answer = correct(as_(kim), "organisation_edit", bostaden, status=status, left_on=day)
    bostaden.refresh_from_db()
    if isinstance(outcome, str):
        assert f'id="id_{outcome}_error"' in answer.content.decode()
        assert bostaden.status == ACTIVE
        return
    assert (bostaden.status, bostaden.left_on) == (outcome[0], today + outcome[1])
    assert bostaden.is_partner == (outcome[1] > TODAY)
    assert Organisation.objects.partners().filter(pk=bostaden.pk).exists() == bostaden.is_partner


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
