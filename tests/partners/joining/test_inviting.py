"""A list is looked at first, then everybody in it who need be asked is asked once."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from partners.joining import inviting
from partners.joining.pasting import read_paste
from partners.models import Invitation, InvitationBatch, Membership, Message, User
from partners.people import invitations, membership
from tests.builders import make_invitation, make_member, make_person
from tests.races import at_once
from tests.reading import read

pytestmark = pytest.mark.django_db

LIST = "Eva Ek <EVA@granit.example>; ove@granit.example; eva@granit.example; inte en adress"


def send(organisation, text, by, page=None):
    entries = read_paste(text)
    return inviting.invite_list(organisation, entries, language="sv", page=page or uuid4(), by=by)


def many(number, domain="granit.example"):
    return "\n".join(f"p{n}@{domain}" for n in range(number))


def fields_of(page):
    return {name: read(page).value(name) for name in ("addresses", "language", "page", "seen")}


def test_the_preview_says_what_becomes_of_each_and_sends_nothing(as_, cai, ada, bostaden):
    make_invitation(
        make_person("Ny", "ny@granit.example"), bostaden, by=cai, name="Ny", role="member"
    )
    no = make_person("Nej", "nej@granit.example")
    make_invitation(no, bostaden, by=cai, name="Nej", role="member", declined_at=timezone.now())
    text = f"{LIST}\n{ada.email}\nny@granit.example\nnej@granit.example"
    page = as_(cai).post(
        reverse("invite_many", args=[bostaden.slug]),
        {"addresses": text, "language": "sv", "step": "look"},
    )
    assert page.status_code == 200
    words = read(page).text
    for said in (
        "Skicka 2 inbjudningar?",
        "1 är ingen adress",
        "1 är redan med i organisationen",
        "1 har redan en inbjudan och har inte svarat",
        "1 har nyligen tackat nej och får ingen ny fråga",
        "1 står flera gånger i listan och får ett mejl",
    ):
        assert said in words, said
    assert read(page).value("fix") == "inte en adress"
    assert Invitation.objects.count() == 2
    assert not Message.objects.exists()


def test_five_wrong_of_two_hundred_are_put_right_in_place_and_the_rest_is_kept(as_, cai, bostaden):
    client, address = as_(cai), reverse("invite_many", args=[bostaden.slug])
    wrong = "\n".join(f"fel{n}" for n in range(5))
    asked = {"addresses": f"{many(195)}\n{wrong}", "language": "sv", "step": "look"}
    page = client.post(address, asked)
    assert "5 är inte adresser" in read(page).text
    shown = fields_of(page)

    fixed = [f"rätt{n}@granit.example".replace("ä", "a") for n in range(4)]
    changed = client.post(address, shown | {"step": "send", "fix": [*fixed, "fel4"]})
    assert changed.status_code == 422, "what was put right is shown before it is sent"
    assert not Invitation.objects.exists()
    assert "Skicka 199 inbjudningar?" in read(changed).text

    sent = client.post(address, fields_of(changed) | {"step": "send", "fix": "fel4"})
    assert sent["Location"] == reverse("invitation_list", args=[bostaden.slug])
    assert Invitation.objects.count() == Message.objects.count() == 199
    assert not Membership.objects.exclude(person=cai).filter(organisation=bostaden).exists()


def test_the_same_page_sent_again_sends_nothing_more(as_, cai, bostaden):
    client, address = as_(cai), reverse("invite_many", args=[bostaden.slug])
    page = client.post(address, {"addresses": LIST, "language": "sv", "step": "look"})
    for _ in range(2):
        client.post(address, fields_of(page) | {"step": "send"})
    assert InvitationBatch.objects.count() == 1
    assert sorted(Invitation.objects.values_list("person__email", "name", "role")) == [
        ("eva@granit.example", "Eva Ek", "member"),
        ("ove@granit.example", "ove", "member"),
    ]
    assert Message.objects.count() == 2


def test_a_list_is_changed_on_the_first_page_with_all_that_was_pasted(as_, cai, bostaden):
    address = reverse("invite_many", args=[bostaden.slug])
    said = {"addresses": "eva@granit.example", "language": "en", "step": "back", "fix": "fel"}
    page = as_(cai).post(address, said)
    assert page.status_code == 200
    assert read(page).value("addresses").split() == ["eva@granit.example", "fel"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Klistra in adresserna"),
        (" ; , ", "Klistra in adresserna"),
        (many(201), "201 adresser"),
        ("x" * 40_001, "Klistra in högst 200 adresser"),
    ],
)
def test_what_cannot_be_a_list_is_refused_beside_the_field(as_, cai, bostaden, text, said):
    address = reverse("invite_many", args=[bostaden.slug])
    page = as_(cai).post(address, {"addresses": text, "language": "sv", "step": "look"})
    assert page.status_code == 422
    assert said in page.content.decode()


def test_each_has_a_link_of_their_own_and_those_known_keep_name_and_language(bostaden, cai):
    known = make_person("Eva Maria Ek", "eva@granit.example", language="en")
    send(bostaden, LIST, cai)
    known.refresh_from_db()
    assert (known.name, known.language) == ("Eva Maria Ek", "en")
    letters = {letter.recipient.email: letter for letter in Message.objects.all()}
    assert letters["eva@granit.example"].language == "en"
    assert letters["ove@granit.example"].language == "sv"
    tokens = [
        letter.text.split("/welcome/" if "/welcome/" in letter.text else "/valkommen/")[1][:43]
        for letter in letters.values()
    ]
    assert {membership.open_invitation(token).person.email for token in tokens} == set(letters)


def test_a_list_takes_as_many_queries_for_fifty_as_for_one(bostaden, kim):
    counts = []
    for text in (many(1, "a.example"), many(50, "b.example")):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            send(bostaden, text, kim)
        counts.append(len(queries))
    assert counts == [15, 15]


def test_looking_takes_as_long_for_those_the_portal_knows(bostaden):
    make_person("Känd", "known@granit.example")
    for email in ("known@granit.example", "unknown@granit.example"):
        with CaptureQueriesContext(connection) as queries:
            found = inviting.look(bostaden, read_paste(email), timezone.now())
        assert (len(queries), len(found.going)) == (3, 1)


def test_thirty_a_day_and_once_in_thirty_days_one_longer_list(
    bostaden, norrbyggen, cai, monkeypatch
):
    send(bostaden, many(20, "a.example"), cai)
    send(bostaden, many(100, "b.example"), cai)  # the longer one
    batches = list(InvitationBatch.objects.order_by("pk").values_list("is_large", flat=True))
    assert batches == [False, True]
    with pytest.raises(ValidationError) as refusal:
        send(bostaden, many(11, "c.example"), cai)
    assert refusal.value.code == "limit"
    send(bostaden, many(10, "c.example"), cai)
    with pytest.raises(ValidationError) as refusal:
        invitations.ask(bostaden, "x@d.example", "Xerxes", "member", by=cai)
    assert refusal.value.code == "limit"

    colleague = make_member(bostaden, "Dag", role="contact_person")
    with pytest.raises(ValidationError):
        send(bostaden, many(31, "d.example"), colleague)  # the organisation has had its own
    with pytest.raises(ValidationError):
        send(norrbyggen, many(31, "d.example"), cai)  # and the person

    InvitationBatch.objects.update(created_at=timezone.now() - timedelta(days=30))
    Invitation.objects.update(created_at=timezone.now() - timedelta(days=2))
    assert inviting.allowance(bostaden, cai, timezone.now()) == inviting.Allowance(30, None)
    assert send(bostaden, many(31, "e.example"), cai).is_large


def test_a_page_says_how_many_are_left_and_offers_no_button_beyond(as_, cai, bostaden):
    send(bostaden, many(100, "a.example"), cai)
    client, address = as_(cai), reverse("invite_many", args=[bostaden.slug])
    assert "Du kan bjuda in 30 till i dag." in client.get(address).content.decode()
    asked = {"addresses": many(31, "b.example"), "language": "sv", "step": "look"}
    page = client.post(address, asked)
    assert 'value="send"' not in page.content.decode()
    sent = client.post(address, fields_of(page) | {"step": "send"})
    assert sent.status_code == 422
    assert Invitation.objects.count() == 100


def test_a_coordinator_invites_to_any_organisation_without_a_limit(bostaden, kim):
    for domain in ("a.example", "b.example"):
        send(bostaden, many(200, domain), kim)
    assert Invitation.objects.count() == 400
    assert not InvitationBatch.objects.filter(is_large=True).exists()


def test_a_page_of_another_is_not_this_one(bostaden, cai, kim):
    page = UUID(int=7)
    assert send(bostaden, "eva@granit.example", cai, page) != send(
        bostaden, "ove@granit.example", kim, page
    )


def test_a_list_of_nobody_new_is_refused(bostaden, cai, ada):
    with pytest.raises(ValidationError) as refusal:
        send(bostaden, ada.email, cai)
    assert refusal.value.code == "nobody"
    assert not InvitationBatch.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_send_the_same_people_at_once_send_one_letter_each(bostaden, cai, kim):
    results = at_once(
        lambda: send(bostaden, many(30), cai),
        lambda: send(bostaden, "\n".join(reversed(many(30).split())), kim),
    )
    refused = [one for one in results if isinstance(one, ValidationError)]
    assert [one.code for one in refused] == ["nobody"], results
    assert Invitation.objects.count() == Message.objects.count() == 30
    assert User.objects.filter(email__endswith="granit.example").count() == 30
