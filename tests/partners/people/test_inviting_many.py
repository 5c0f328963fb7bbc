"""Inviting those chosen: who gets a letter, and that the page says so first."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from partners.models import Invitation, Membership, Message, User
from partners.people import invitations
from tests.builders import make_member, make_organisation, make_person
from tests.races import at_once
from tests.reading import read

pytestmark = pytest.mark.django_db


def test_only_who_has_not_logged_in_is_written_to_and_the_page_says_how_many(
    as_, kim, ada, cai, bo
):
    User.objects.filter(pk=cai.pk).update(last_login=timezone.now())
    rows = list(Membership.objects.values_list("pk", flat=True))
    client = as_(kim)
    page = client.get(reverse("people_invite"), {"membership": rows, "q": "", "role": ""})
    assert "Skicka 2 inbjudningar?" in page.content.decode()
    named = [person.name for person in (ada, bo, cai) if f"<li>{person}, " in page.text]
    assert named == [ada.name, bo.name]
    assert "1 har redan loggat in och får ingen." in page.content.decode()
    assert not Invitation.objects.exists()

    for _ in range(2):
        client.post(reverse("people_invite"), {"membership": rows})

    assert set(Invitation.objects.values_list("person", flat=True)) == {ada.pk, bo.pk}
    assert Message.objects.count() == 2


def test_the_filter_is_kept_when_nobody_is_ticked_and_after_sending(as_, kim, ada, cai):
    client = as_(kim)
    asked = {"role": "contact_person", "state": "not_invited"}
    answer = client.get(reverse("people_invite"), asked)
    assert answer.status_code == 422
    assert [row[1] for row in read(answer).rows()] == ["Cai Öberg"]
    sent = client.post(reverse("people_invite"), asked | {"everybody": "yes"})
    assert sent["Location"] == reverse("people_list") + "?role=contact_person&state=not_invited"
    assert list(Invitation.objects.values_list("person", flat=True)) == [cai.pk]


def test_all_whom_the_filter_finds_are_those_of_all_pages(as_, kim, bostaden, bo):
    Membership.objects.bulk_create(
        Membership(person=make_person(f"P{number:02}"), organisation=bostaden)
        for number in range(60)
    )
    client = as_(kim)
    first = client.get(reverse("people_list"), {"q": "bostaden"})
    assert len(read(first).rows()) == 50
    assert "alla 60 som filtret visar" in first.content.decode()
    assert "q=bostaden&amp;page=2" in first.content.decode()
    page = client.get(reverse("people_invite"), {"q": "bostaden", "everybody": "yes"})
    assert "Skicka 60 inbjudningar?" in page.content.decode()
    client.post(reverse("people_invite"), {"q": "bostaden", "everybody": "yes"})
    assert Invitation.objects.count() == 60
    assert not bo.invitations.exists()


def test_a_person_of_two_organisations_gets_one_letter(kim, bo, bostaden):
    Membership.objects.create(person=bo, organisation=bostaden)
    invitations.invite_all(Membership.objects.all().in_order(), by=kim)
    assert Message.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_inviting_many_reads_no_rows_a_person(as_, kim, bostaden, rows):
    for _ in range(rows):
        make_member(bostaden, "P")
    found = list(Membership.objects.in_order())
    with CaptureQueriesContext(connection) as asked:
        invitations.invite_all(found, by=kim)
    assert Invitation.objects.count() == rows
    assert len([q for q in asked if q["sql"].startswith("SELECT")]) == 2 + 1  # what the letter says


@pytest.mark.django_db(transaction=True)
def test_inviting_many_four_times_at_once_writes_to_each_once():
    organisation, by = make_organisation("Bostaden"), make_person("Kim", staff_role="coordinator")
    for number in range(3):
        make_member(organisation, f"P{number}")
    rows = list(Membership.objects.in_order())
    results = at_once(*[lambda: invitations.invite_all(rows, by=by)] * 4)
    assert [len(result) for result in results] == [3, 3, 3, 3]
    assert Message.objects.count() == 3
