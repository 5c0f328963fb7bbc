"""Those who have not answered are reminded, now and then, or not waited for any longer."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from partners.joining import reminding
from partners.models import Invitation, InvitationReminder, Message
from partners.people import invitations, membership
from tests.builders import make_invitation, make_person
from tests.races import at_once
from tests.reading import read

pytestmark = pytest.mark.django_db


def invited(organisation, by, name="Eva Ek", *, days=8, **fields):
    asked, token = make_invitation(
        make_person(name), organisation, by=by, name=name, role="member", **fields
    )
    Invitation.objects.filter(pk=asked.pk).update(created_at=timezone.now() - timedelta(days=days))
    asked.refresh_from_db()
    return asked, token


def pass_days(days):
    past = timedelta(days=days)
    for one in Invitation.objects.all():
        Invitation.objects.filter(pk=one.pk).update(created_at=one.created_at - past)
    for one in InvitationReminder.objects.all():
        InvitationReminder.objects.filter(pk=one.pk).update(sent_at=one.sent_at - past)


def test_once_a_week_and_twice_in_all(bostaden, cai):
    asked, _ = invited(bostaden, cai, days=6)
    told = []
    for days in (0, 1, 6, 1, 7):
        pass_days(days)
        told.append(reminding.remind(bostaden, [asked.pk], by=cai))
    assert told == [0, 1, 0, 1, 0]
    assert Message.objects.filter(letter="partners/invitation_reminder").count() == 2


def test_the_links_of_the_letter_and_of_its_reminder_open_the_same(bostaden, cai):
    asked, token = invited(bostaden, cai)
    reminding.remind(bostaden, [asked.pk], by=cai)
    letter = Message.objects.get()
    assert letter.recipient == asked.person
    assert letter.subject.endswith("väntar på ditt svar")
    second = re.search("/([A-Za-z0-9_-]{43})/", letter.text)[1]
    assert second != token
    assert membership.open_invitation(second) == membership.open_invitation(token) == asked
    invitations.decline(asked, by=asked.person)
    assert membership.open_invitation(second) is None


def test_who_has_answered_or_is_of_another_organisation_is_not_reminded(bostaden, norrbyggen, cai):
    yes, _ = invited(bostaden, cai, "Ja", accepted_at=timezone.now())
    no, _ = invited(bostaden, cai, "Nej", declined_at=timezone.now())
    old, _ = invited(bostaden, cai, "Gammal", expires_at=timezone.now())
    other, _ = invited(norrbyggen, cai, "Annan")
    chosen = [yes.pk, no.pk, old.pk, other.pk]
    assert reminding.remind(bostaden, chosen, by=cai) == 0
    assert reminding.withdraw(bostaden, chosen, by=cai) == 0


def test_what_is_withdrawn_opens_nothing_and_its_letters_are_not_sent(bostaden, cai):
    asked, token = invited(bostaden, cai)
    reminding.remind(bostaden, [asked.pk], by=cai)
    assert reminding.withdraw(bostaden, [asked.pk], by=cai) == 1
    asked.refresh_from_db()
    assert (asked.withdrawn_by, membership.open_invitation(token)) == (cai, None)
    assert Message.objects.get().state == "skipped"


def test_the_page_says_who_has_answered_and_since_when_the_others_have_not(as_, cai, bostaden):
    asked, _ = invited(bostaden, cai, "Vera Väntar")
    yes, _ = invited(bostaden, cai, "Jana Ja")
    invitations.agree(yes, by=yes.person)
    no, _ = invited(bostaden, cai, "Nils Nej")
    invitations.decline(no, by=no.person)
    client = as_(cai)
    words = read(client.get(reverse("invitation_list", args=[bostaden.slug]))).text
    assert "1 har inte svarat" in words
    assert "Jana Ja: " in words
    assert "Nils Nej, " in words
    chosen = reverse("invitations_chosen", args=[bostaden.slug])
    for data, said in (
        ({}, "Kryssa för"),
        ({"invitation": asked.pk, "what": "remind"}, "1 person är påmind."),
        ({"invitation": asked.pk, "what": "remind"}, "Ingen av dem kan påminnas nu."),
        ({"invitation": asked.pk, "what": "withdraw"}, "1 inbjudan är återkallad."),
        ({"invitation": asked.pk, "what": "withdraw"}, "Ingen av dem väntar på svar längre."),
    ):
        assert said in client.post(chosen, data, follow=True).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_and_three(as_, cai, bostaden, number):
    for n in range(number):
        invited(bostaden, cai, f"Vera {n}")
        yes, _ = invited(bostaden, cai, f"Jana {n}")
        invitations.agree(yes, by=yes.person)
        no, _ = invited(bostaden, cai, f"Nils {n}")
        invitations.decline(no, by=no.person)
    client = as_(cai)
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("invitation_list", args=[bostaden.slug]))
    assert len(queries) == 8


@pytest.mark.django_db(transaction=True)
def test_two_who_remind_at_once_send_one_letter(bostaden, cai, kim):
    asked, _ = invited(bostaden, cai)
    told = at_once(
        lambda: reminding.remind(bostaden, [asked.pk], by=cai),
        lambda: reminding.remind(bostaden, [asked.pk], by=kim),
    )
    assert sorted(told) == [0, 1]
    assert Message.objects.count() == 1
