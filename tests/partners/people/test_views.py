"""The pages where people are invited, listed and given their roles."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from northstar.templatetags.ui import date_short
from partners.models import (
    Invitation,
    Membership,
    MembershipRole,
    Message,
    User,
)
from partners.people import membership
from tests.builders import make_invitation, make_member, make_organisation, make_person
from tests.reading import read

pytestmark = pytest.mark.django_db


def test_the_letter_carries_the_link_and_the_database_does_not_know_it(client, bostaden, cai):
    invitation = membership.invite(
        bostaden, "nina@people.example", "Nina", MembershipRole.MEMBER, by=cai
    )
    text = Message.objects.get().text
    token = re.search(r"/valkommen/([\w-]{43})/", text).group(1)
    assert membership.open_invitation(token) == invitation
    assert token not in invitation.token_hash
    assert "Nina" in client.get(reverse("accept_invitation", args=[token])).content.decode()


def test_a_page_that_is_open_is_closed_and_stays_closed_when_they_are_let_in(as_, ada, kim):
    client = as_(ada)
    assert client.get(reverse("profile")).status_code == 200
    membership.shut_out(ada, by=kim)
    closed = client.get(reverse("profile"))
    assert closed["Location"].startswith(reverse("account_login") + "?")
    membership.let_in(ada, by=kim)
    still_closed = client.get(reverse("profile"))
    assert still_closed["Location"].startswith(reverse("account_login") + "?")


def test_looking_at_the_link_does_nothing(client, ada, bostaden, kim):
    invitation, token = make_invitation(ada, bostaden, by=kim)
    for _ in range(2):
        page = client.get(reverse("accept_invitation", args=[token])).content.decode()
    assert "Ada Åström" in page
    assert "Bostaden" in page
    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    assert mail.outbox == []


def test_from_the_link_to_being_logged_in(client, ada, bostaden, kim):
    invitation, token = make_invitation(ada, bostaden, by=kim)
    answer = client.post(reverse("accept_invitation", args=[token]))
    assert answer["Location"] == reverse("account_confirm_login_code")
    code = re.search(r"\d{4} \d{4}", Message.objects.get(recipient=ada).text).group()

    client.post(answer["Location"], {"code": code})

    assert client.get("/").wsgi_request.user == ada
    invitation.refresh_from_db()
    assert invitation.accepted_at is not None
    again = Client().get(reverse("accept_invitation", args=[token]))
    assert again.status_code == 410
    assert 'name="email"' in again.content.decode()


def test_a_link_too_old_or_unknown_offers_the_ordinary_login(client, ada, bostaden, kim):
    _, token = make_invitation(ada, bostaden, by=kim, expires_at=timezone.now())
    for link in [token, "x" * 43, "åäö"]:
        for method in (client.get, client.post):
            answer = method(reverse("accept_invitation", args=[link]))
            assert answer.status_code == 410
            assert 'name="email"' in answer.content.decode()
    assert mail.outbox == []


def test_a_contact_person_invites_a_colleague(as_, bostaden, cai):
    answer = as_(cai).post(
        reverse("invite", args=[bostaden.slug]),
        {"name": "Nina Nord", "email": "nina@people.example", "role": "member"},
        follow=True,
    )
    assert "En inbjudan är på väg till Nina Nord." in answer.content.decode()
    assert "nina@people.example" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "\r\n"), ("email", "åsa@people.example"), ("role", "king")],
)
def test_what_cannot_be_read_is_said_beside_the_field_and_the_rest_is_kept(
    as_, bostaden, cai, field, value
):
    data = {"name": "Nina Nord", "email": "nina@people.example", "role": "member"}
    answer = as_(cai).post(reverse("invite", args=[bostaden.slug]), data | {field: value})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'id="id_{field}_error"' in page
    kept = "email" if field == "name" else "name"
    assert f'value="{data[kept]}"' in page
    assert not Message.objects.exists()


def test_members_see_their_colleagues_but_no_buttons(as_, ada, cai):
    page = as_(ada).get(reverse("organisation_people")).content.decode()
    assert "Cai Öberg" in page
    assert reverse("membership_end", args=[cai.memberships.get().pk]) not in page


def test_a_contact_person_ends_a_membership_after_being_asked(as_, ada, cai):
    link = reverse("membership_end", args=[ada.memberships.get().pk])
    assert "Ska Ada Åström inte längre" in as_(cai).get(link).content.decode()
    assert ada.memberships.current().exists()
    as_(cai).post(link)
    assert not ada.memberships.current().exists()


def test_who_leaves_is_asked_about_themselves(as_, ada, cai):
    page = as_(cai).get(reverse("membership_end", args=[cai.memberships.get().pk]))
    assert "Vill du lämna Bostaden?" in page.text
    assert "Du kan då inte längre se" in page.text
    other = as_(cai).get(reverse("membership_end", args=[ada.memberships.get().pk]))
    assert "Vill du lämna" not in other.text


def test_ending_the_last_contact_person_is_warned_of(as_, cai):
    page = as_(cai).get(reverse("membership_end", args=[cai.memberships.get().pk]))
    assert "ingen annan kontaktperson" in page.content.decode()


def test_a_contact_person_of_another_organisation_reaches_nothing(as_, norrbyggen, cai, bo):
    row = bo.memberships.get()
    client = as_(cai)
    assert client.get(reverse("invite", args=[norrbyggen.slug])).status_code == 403
    assert client.post(reverse("membership_end", args=[row.pk])).status_code == 404
    assert client.post(reverse("membership_role", args=[row.pk])).status_code == 404
    assert bo.memberships.current().exists()


def test_the_chosen_are_invited_and_each_row_says_what_came_of_it(as_, kim, ada, cai, bostaden):
    nobody = User.objects.create_user(None, "Utan Adress")
    third = Membership.objects.create(person=nobody, organisation=bostaden)
    rows = [ada.memberships.get().pk, third.pk]

    answer = as_(kim).post(reverse("people_invite"), {"membership": rows}, follow=True)

    page = answer.content.decode()
    assert re.search(r"Ada Åström, Bostaden:\s*ett mejl är på väg", page)
    assert re.search(r"Utan Adress, Bostaden:\s*<strong>inte skickat</strong>", page)
    assert list(Invitation.objects.values_list("person", flat=True)) == [ada.pk]
    assert "ett mejl är på väg" not in as_(kim).get(reverse("people_list")).content.decode()


def test_choosing_nobody_or_nonsense_is_said(as_, kim, ada):
    for chosen in ([], ["x", "²", "99999999"]):
        answer = as_(kim).post(reverse("people_invite"), {"membership": chosen})
        assert answer.status_code == 422
        assert "Ingen är vald" in answer.content.decode()


def test_the_list_is_filtered_by_text_role_and_login(as_, kim, ada, cai, bo):
    User.objects.filter(pk=cai.pk).update(last_login=timezone.now())
    make_invitation(bo, None, by=kim)

    def names(**query):
        answer = as_(kim).get(reverse("people_list"), query)
        return [cells[1] for cells in read(answer).rows()]

    assert names() == ["Ada Åström", "Cai Öberg", "Bo Berg"]
    assert names(q="bostad") == ["Ada Åström", "Cai Öberg"]
    assert names(role="contact_person") == ["Cai Öberg"]
    assert names(state="not_invited") == ["Ada Åström"]
    assert names(state="invited") == ["Bo Berg"]
    assert names(state="logged_in") == ["Cai Öberg"]
    assert names(q="%") == []


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("", ["Ada Åström", "Cai Öberg", "Bo Berg"]),
        ("nonsense", ["Ada Åström", "Cai Öberg", "Bo Berg"]),
        ("-organisation", ["Bo Berg", "Ada Åström", "Cai Öberg"]),
        ("name", ["Ada Åström", "Bo Berg", "Cai Öberg"]),
        ("-name", ["Cai Öberg", "Bo Berg", "Ada Åström"]),
        ("role", ["Cai Öberg", "Ada Åström", "Bo Berg"]),
        ("login", ["Cai Öberg", "Ada Åström", "Bo Berg"]),
        ("-email", ["Cai Öberg", "Bo Berg", "Ada Åström"]),
    ],
)
def test_the_list_is_sorted_by_any_of_its_columns(as_, kim, ada, cai, bo, sort, names):
    User.objects.filter(pk=cai.pk).update(last_login=timezone.now())
    page = as_(kim).get(reverse("people_list"), {"sort": sort} if sort else {})
    assert [cells[1] for cells in read(page).rows()] == names
    assert page.text.count("aria-sort=") == 1


def test_what_can_be_done_with_the_ticked_stands_over_the_list_and_under_it(as_, kim, ada, bo):
    text = as_(kim).get(reverse("people_list"), {"sort": "-name"}).text
    table = text.index("<table")
    bars = [place for place in range(len(text)) if text.startswith('class="bulk"', place)]
    assert [place < table for place in bars] == [True, False]
    assert text.count('data-words="# av 2 valda"') == 2
    assert text.count('<input type="hidden" name="sort" value="-name">') == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long(as_, kim, rows, django_assert_num_queries):
    for number in range(rows):
        organisation = make_organisation(f"Org {number}")
        Membership.objects.create(person=make_person("P"), organisation=organisation)
    client = as_(kim)
    with django_assert_num_queries(6):
        client.get(reverse("people_list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_finding_people_without_an_organisation_costs_the_same(
    as_, kim, bostaden, rows, django_assert_num_queries
):
    for number in range(rows):
        gone = make_person(f"Gro {number}")
        Membership.objects.create(person=gone, organisation=bostaden, ended_at=timezone.now())
        asked = {"name": "Gro", "role": "member", "declined_at": timezone.now()}
        make_invitation(gone, bostaden, by=kim, **asked)
        make_member(bostaden, f"Gro {number}")
    client = as_(kim)
    with django_assert_num_queries(9):  # those without an organisation, and what was, in two
        client.get(reverse("people_list"), {"q": "gro"})
    with django_assert_num_queries(8):
        client.get(reverse("people_list"), {"role": "none"})


def test_people_without_an_organisation_are_found_and_said_to_be_what_they_are(
    as_, kim, ada, bo, bostaden
):
    door = User.objects.create_user(None, "Dag Dörr")
    membership.end(ada.memberships.get(), by=kim)
    no = {"name": "Disa", "role": "member", "declined_at": timezone.now()}
    disa = make_person("Disa Nej")
    make_invitation(disa, bostaden, by=kim, **no)
    client = as_(kim)

    def found(**query):
        return [row[:2] for row in read(client.get(reverse("people_list"), query)).rows()]

    day = date_short(timezone.now())
    assert found(q="dörr") == [["Dag Dörr", "ingen organisation"]]
    assert found(q="ÅSTRÖM ada") == [["Ada Åström", f"har lämnat Bostaden, {day}"]]
    assert found(q=disa.email) == [["Disa Nej", f"tackade nej till Bostaden, {day}"]]
    assert found(q="dörr", role="member") == []
    assert [name for name, _what in found(role="none")] == [
        *("Ada Åström", "Dag Dörr", "Disa Nej", "Kim Krans"),
    ]
    assert [name for name, _what in found(role="none", state="invited")] == ["Disa Nej"]
    assert ["Kim Krans", "samordnare"] in found(role="none")
    assert "Dag Dörr" not in client.get(reverse("people_list")).text
    assert (
        reverse("person_edit", args=[door.pk])
        in client.get(reverse("people_list"), {"q": "dag"}).text
    )
    nobody = client.get(reverse("people_list"), {"q": "finns inte"}).text
    assert "Ingen matchar." in nobody


def test_few_are_shown_beside_the_list_and_a_link_leads_to_them_all(as_, kim, bostaden):
    for number in range(21):
        make_person(f"Gro {number:02}")
    make_member(bostaden, "Gro Grön")
    client = as_(kim)
    page = read(client.get(reverse("people_list"), {"q": "gro"}))
    assert len(page.rows()) == 21
    assert "Fler än 20 personer utan organisation" in page.text
    (more,) = [a.attributes["href"] for a in page.all("a") if "role=none" in a.attributes["href"]]
    assert len(read(client.get(reverse("people_list") + more)).rows()) == 21


def test_somebody_without_an_organisation_is_given_one_from_their_page(as_, kim, bostaden):
    person = make_person("Dag Dörr")
    client = as_(kim)
    page = read(client.get(reverse("person_edit", args=[person.pk])))
    assert "ingen organisation" in page.text
    asked = {"organisation": "bosta", "person": person.pk}
    assert str(person.pk) in [f.attributes["value"] for f in page.all("input", name="person")]
    answer = client.get(reverse("people_add"), asked)
    form = client.get(answer["Location"]).context["form"]
    assert form.initial == {"name": "Dag Dörr", "email": person.email}
    client.post(answer["Location"], form.initial | {"role": "member"})
    assert person.memberships.current().get().organisation == bostaden
    empty = client.get(reverse("people_add"), asked | {"organisation": " "})
    assert empty["Location"] == reverse("person_edit", args=[person.pk])


def test_who_is_no_coordinator_learns_nobodys_address_by_inviting(as_, cai, bostaden, bo):
    page = as_(cai).get(reverse("invite", args=[bostaden.slug]), {"person": bo.pk})
    assert bo.email not in page.text
    assert bo.name not in page.text


def test_who_has_no_address_or_may_not_log_in_is_not_invited_from_their_page(as_, kim):
    door, out = User.objects.create_user(None, "Dag Dörr"), make_person("Ute", is_active=False)
    client = as_(kim)
    said = client.get(reverse("person_edit", args=[door.pk])).text
    assert "Skriv en e-postadress först" in said
    said = client.get(reverse("person_edit", args=[out.pk])).text
    assert "Personen får inte längre logga in." in said


@pytest.mark.parametrize("rows", [1, 3])
def test_the_people_of_an_organisation_cost_the_same(
    as_, cai, bostaden, rows, django_assert_num_queries
):
    for _ in range(rows):
        Membership.objects.create(person=make_person("P"), organisation=bostaden)
        said_no = {"name": "Q", "role": "member", "declined_at": timezone.now()}
        make_invitation(make_person("Q"), bostaden, by=cai, **said_no)
    client = as_(cai)
    with django_assert_num_queries(6):
        client.get(reverse("organisation_people"))


def test_an_organisation_to_add_somebody_to_is_found_by_a_part_of_its_name(
    as_, kim, bostaden, norrbyggen
):
    client = as_(kim)
    one = client.get(reverse("people_add"), {"organisation": "BOSTA"})
    assert one["Location"] == reverse("invite", args=[bostaden.slug])
    for organisation in [norrbyggen, *(make_organisation(f"Norr {n}") for n in range(20))]:
        assert organisation.name.startswith("Norr")
    several = client.get(reverse("people_add"), {"organisation": "norr"}).content.decode()
    assert several.count("Bjud in någon till Norr") == 20
    assert "De första 20 visas." in several
    none = client.get(reverse("people_add"), {"organisation": "finns inte"}).content.decode()
    assert "Ingen organisation heter så." in none
    asked = client.get(reverse("people_add"), {"organisation": " "}, follow=True).content.decode()
    assert "Skriv en del av organisationens namn." in asked
