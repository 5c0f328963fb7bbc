"""Somebody is asked to act for an organisation: nothing happens before their own yes."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partners.models import Invitation, Membership, Message, MessageState, User
from partners.people import invitations, membership
from partners.people.membership import MOST_A_DAY
from tests.builders import make_member, make_organisation, make_person
from tests.races import at_once
from tests.reading import read

MEMBER = "member"


def ask(organisation, email, *, by, name="Nina Nord", role=MEMBER):
    return invitations.ask(organisation, email, name, role, by=by)


def link_of(person):
    text = Message.objects.filter(recipient=person).latest("pk").text
    return reverse("accept_invitation", args=[re.search(r"/valkommen/([\w-]{43})/", text).group(1)])


def code_of():
    """The login code that was asked for last."""
    letter = Message.objects.filter(letter="northstar/login_code").latest("pk")
    return re.search(r"\d{4} \d{4}", letter.text).group()


def test_nobody_acts_for_an_organisation_before_they_say_yes(bostaden, cai, kim):
    asked = ask(bostaden, kim.email, by=cai)
    assert not Membership.objects.filter(person=kim).exists()
    assert kim not in User.objects.visible_to(cai)

    invitations.agree(asked, by=kim)

    row = Membership.objects.get(person=kim)
    assert (row.organisation, row.role, row.created_by) == (bostaden, MEMBER, cai)
    assert kim in User.objects.visible_to(cai)


@pytest.mark.parametrize("known", [True, False])
def test_what_a_contact_person_sees_is_what_they_typed(as_, bostaden, cai, known):
    email = "jonas@umea.example"
    if known:
        make_person("Jonas Wikström", email, last_login=timezone.now())
    answer = as_(cai).post(
        reverse("invite", args=[bostaden.slug]),
        {"name": "Någon Okänd", "email": email, "role": MEMBER},
        follow=True,
    )
    page = read(answer)
    assert page.rows()[-1][:3] == ["Någon Okänd", "medlem", email]
    assert page.rows()[-1][3].startswith("inte inne än inbjuden ")
    assert "En inbjudan är på väg till Någon Okänd." in answer.content.decode()
    assert "Wikström" not in answer.content.decode()
    person = User.objects.get(email=email)
    assert "Wikström" not in Message.objects.get(recipient=person).text


def test_an_address_that_may_no_longer_log_in_is_told_from_no_other(bostaden, cai):
    gone = make_person("Borta", is_active=False)
    asked = ask(bostaden, gone.email, by=cai)
    assert asked in Invitation.objects.pending(timezone.now())
    assert membership.open_invitation(link_of(gone).split("/")[-2]) is None


def test_who_is_a_member_already_is_not_asked(as_, bostaden, ada, cai):
    answer = as_(cai).post(
        reverse("invite", args=[bostaden.slug]),
        {"name": "Ada", "email": ada.email, "role": MEMBER},
    )
    assert answer.status_code == 422
    assert 'id="id_email_error"' in answer.content.decode()
    assert not Invitation.objects.exists()


def test_a_coordinator_takes_somebody_in_at_once_and_the_question_is_answered(bostaden, cai, kim):
    asked = ask(bostaden, "nina@people.example", by=cai)
    membership.invite(bostaden, "nina@people.example", "Nina", MEMBER, by=kim)
    asked.refresh_from_db()
    assert asked.accepted_at is not None
    assert asked.person.memberships.current().count() == 1


def test_a_second_click_asks_once_and_a_later_letter_takes_the_place_of_the_first(bostaden, cai):
    first = ask(bostaden, "nina@people.example", by=cai)
    assert ask(bostaden, "nina@people.example", by=cai) == first
    assert Message.objects.count() == 1
    Invitation.objects.update(created_at=timezone.now() - timedelta(hours=1))
    second = ask(bostaden, "nina@people.example", by=cai)
    assert list(Invitation.objects.pending(timezone.now())) == [second]


def test_logging_in_says_yes_to_nobody(client, bostaden, cai, bo):
    asked = ask(bostaden, bo.email, by=cai)
    client.post(reverse("account_login"), {"email": bo.email})
    client.post(reverse("account_confirm_login_code"), {"code": code_of()})
    page = client.get("/").content.decode()
    assert "Cai Öberg har bjudit in dig" in page
    asked.refresh_from_db()
    assert asked.accepted_at is None
    client.post(reverse("invitation_agree", args=[asked.pk]))
    assert bo.memberships.current().filter(organisation=bostaden).exists()


def test_the_button_of_the_link_says_yes_when_the_code_is_given(client, bostaden, cai):
    asked = ask(bostaden, "nina@people.example", by=cai)
    link = link_of(asked.person)
    page = client.get(link).content.decode()
    assert "Bostaden" in page
    assert "medlem" in page
    answer = client.post(link)
    assert not asked.person.memberships.exists()
    client.post(answer["Location"], {"code": code_of()})
    assert asked.person.memberships.current().get().organisation == bostaden


def test_the_yes_of_one_is_no_yes_of_another_in_the_same_browser(client, bostaden, cai, bo):
    asked = ask(bostaden, "nina@people.example", by=cai)
    client.post(link_of(asked.person))
    client.get(reverse("account_logout"))
    client.post(reverse("account_login"), {"email": bo.email})
    client.post(reverse("account_confirm_login_code"), {"code": code_of()})
    assert not bo.memberships.filter(organisation=bostaden).exists()
    assert not asked.person.memberships.exists()


def test_who_has_logged_in_answers_on_the_page_of_the_link(as_, bostaden, cai, bo):
    asked = ask(bostaden, bo.email, by=cai)
    page = as_(bo).get(link_of(bo)).content.decode()
    assert reverse("invitation_agree", args=[asked.pk]) in page
    assert not bo.memberships.filter(organisation=bostaden).exists()


def test_a_no_is_kept_with_the_link_or_logged_in(client, bostaden, norrbyggen, cai, ada, bo):
    asked = ask(bostaden, bo.email, by=cai)
    link = link_of(bo)
    answer = client.post(reverse("decline_invitation", args=[link.split("/")[-2]]))
    assert "Du har tackat nej" in answer.content.decode()
    asked.refresh_from_db()
    assert asked.declined_at is not None
    assert client.get(link).status_code == 410

    other = ask(norrbyggen, ada.email, by=bo)
    client.force_login(ada)
    client.post(reverse("invitation_decline", args=[other.pk]))
    other.refresh_from_db()
    assert other.declined_at is not None
    with pytest.raises(ValidationError) as refusal:
        invitations.agree(other, by=ada)
    assert refusal.value.code == "over"
    assert not ada.memberships.filter(organisation=norrbyggen).exists()


def test_nobody_answers_for_another(as_, bostaden, cai, bo, ada):
    asked = ask(bostaden, bo.email, by=cai)
    for verb in ("invitation_agree", "invitation_decline"):
        assert as_(ada).post(reverse(verb, args=[asked.pk])).status_code == 404
    asked.refresh_from_db()
    assert (asked.accepted_at, asked.declined_at) == (None, None)


def test_a_question_withdrawn_leads_nowhere_and_its_letter_is_not_sent(as_, bostaden, cai):
    asked = ask(bostaden, "nina@people.example", by=cai)
    page = as_(cai).get(reverse("organisation_people")).content.decode()
    withdraw = reverse("invitation_withdraw", args=[asked.pk])
    assert withdraw in page
    link = link_of(asked.person)
    as_(cai).post(withdraw)
    assert not Invitation.objects.pending(timezone.now()).exists()
    assert Client().get(link).status_code == 410
    assert Message.objects.get().state == MessageState.SKIPPED
    asked.refresh_from_db()
    assert asked.withdrawn_by == cai


def test_a_question_of_an_organisation_that_has_left_is_over(bostaden, cai, bo):
    asked = ask(bostaden, bo.email, by=cai)
    bostaden.left_on = timezone.localdate()
    bostaden.save()
    with pytest.raises(ValidationError) as refusal:
        invitations.agree(asked, by=bo)
    assert refusal.value.code == "left"


# Over

ENDS = {
    "Inbjudan är återtagen": {"withdrawn_at": timedelta()},
    "Någon har tackat nej till inbjudan": {"declined_at": timedelta()},
    "Inbjudan är för gammal": {"expires_at": timedelta()},
    "Inbjudan är redan använd": {"accepted_at": timedelta()},
}


@pytest.mark.parametrize("heading", ENDS)
@pytest.mark.parametrize("has_account", [False, True])
def test_a_link_that_is_over_says_so_and_who_makes_a_new_one(
    client, bostaden, cai, bo, heading, has_account
):
    asked = ask(bostaden, bo.email if has_account else "nina@people.example", by=cai)
    link = link_of(asked.person)
    ends = {name: timezone.now() - ago for name, ago in ENDS[heading].items()}
    Invitation.objects.filter(pk=asked.pk).update(**ends)
    answer = client.get(link)
    page = read(answer)
    assert answer.status_code == 410
    assert page.texts("h1") == [heading]
    assert "Fråga Cai Öberg, som bjöd in dig, eller" in page.text
    assert "Du behöver ingen ny" not in page.text
    assert "Du svarar inte på någon inbjudan genom att logga in." in page.text
    assert asked.person.email not in answer.content.decode()


def test_who_never_acted_for_anybody_is_told_what_that_means(as_, bostaden, cai):
    asked = ask(bostaden, "nina@people.example", by=cai)
    home = as_(asked.person).get("/").content.decode()
    assert "Du representerar ingen organisation just nu." not in home
    invitations.decline(asked, by=asked.person)
    home = as_(asked.person).get("/").content.decode()
    assert "Du representerar ingen organisation just nu." in home
    assert "behöver du en ny" in home


def test_a_yes_that_came_too_late_is_not_kept_silent(client, bostaden, cai):
    asked = ask(bostaden, "nina@people.example", by=cai)
    answer = client.post(link_of(asked.person))
    invitations.withdraw(asked, by=cai)
    page = client.post(answer["Location"], {"code": code_of()}, follow=True).content.decode()
    assert "Inbjudan som du sa ja till gäller inte längre" in page
    assert not asked.person.memberships.exists()


def test_the_inviter_sees_a_no_and_no_answer_for_a_while_and_can_ask_again(as_, bostaden, cai):
    said_no = ask(bostaden, "nina@people.example", by=cai)
    invitations.decline(said_no, by=said_no.person)
    silent = ask(bostaden, "olle@people.example", by=cai, name="Olle Ny", role="contact_person")
    now = timezone.now()
    Invitation.objects.filter(pk=silent.pk).update(expires_at=now)
    client = as_(cai)
    page = read(client.get(reverse("organisation_people")))
    assert re.search(r"Nina Nord .*tackade nej \d", page.text)
    assert re.search(r"Olle Ny .*inget svar till och med \d", page.text)

    again = client.get(f"{reverse('invite', args=[bostaden.slug])}?again={silent.pk}")
    form = read(again)
    assert form.value("name") == "Olle Ny"
    assert form.value("email") == "olle@people.example"
    assert form.value("role") == "contact_person"
    assert list(Invitation.objects.fallen_through(now)) == [said_no, silent]
    later = now + timedelta(days=31)
    assert not Invitation.objects.fallen_through(later).exists()
    new = ask(bostaden, "olle@people.example", by=cai)
    assert list(Invitation.objects.fallen_through(now)) == [said_no]
    assert list(Invitation.objects.pending(now)) == [new]


def test_an_address_put_right_since_is_not_shown_to_who_invited(as_, bostaden, cai):
    asked = ask(bostaden, "nina@people.example", by=cai)
    invitations.decline(asked, by=asked.person)
    moved = {"email": "secret@people.example", "corrected_at": timezone.now()}
    User.objects.filter(pk=asked.person_id).update(**moved)
    client = as_(cai)
    assert "secret@" not in client.get(reverse("organisation_people")).content.decode()
    form = client.get(f"{reverse('invite', args=[bostaden.slug])}?again={asked.pk}")
    assert "secret@" not in form.content.decode()


def test_colleagues_and_others_do_not_see_who_said_no(as_, bostaden, norrbyggen, cai, ada, bo):
    asked = ask(bostaden, "nina@people.example", by=cai)
    invitations.decline(asked, by=asked.person)
    assert "Nina Nord" not in as_(ada).get(reverse("organisation_people")).content.decode()
    Membership.objects.filter(person=bo).update(role="contact_person")
    form = as_(bo).get(f"{reverse('invite', args=[norrbyggen.slug])}?again={asked.pk}")
    assert "nina@" not in form.content.decode()


def test_a_link_opened_by_somebody_else_says_so_and_opens_after_logging_out(
    as_, bostaden, cai, ada
):
    asked = ask(bostaden, "nina@people.example", by=cai)
    link, client = link_of(asked.person), as_(ada)
    answer = client.get(link)
    page = read(answer)
    assert f"Du är inloggad som Ada Åström. Inbjudan gäller inte {ada.email}." in page.text
    assert "Nina" not in page.text
    assert "nina@" not in page.text
    out = client.post(reverse("account_logout"), {"next": page.value("next")}, follow=True)
    assert "Välkommen, Nina Nord" in out.content.decode()


# The limit


def invite_many(organisation, by, count):
    for number in range(count):
        ask(organisation, f"n{number}@people.example", by=by)


def test_a_contact_person_sends_thirty_a_day_and_is_told(as_, bostaden, cai):
    invite_many(bostaden, cai, MOST_A_DAY)
    data = {"name": "Nina", "email": "one-more@people.example", "role": MEMBER}
    for language, words in [("sv", "30 inbjudningar"), ("en", "30 invitations")]:
        User.objects.filter(pk=cai.pk).update(language=language)
        address = reverse("invite", args=[bostaden.slug])
        if language == "en":
            address = "/en/partners/" + bostaden.slug + "/invite/"
        answer = as_(cai).post(address, data)
        assert answer.status_code == 422
        beside = re.search(r'id="id_email_error"[^>]*>(.+?)</', answer.content.decode(), re.S)[1]
        assert words in beside
    assert Invitation.objects.count() == MOST_A_DAY
    assert not User.objects.filter(email=data["email"]).exists()

    Invitation.objects.update(created_at=timezone.now() - timedelta(days=1, minutes=1))
    ask(bostaden, data["email"], by=cai)


def test_reminding_counts_too_and_a_coordinator_has_no_limit(as_, bostaden, ada, cai, kim):
    invite_many(bostaden, cai, MOST_A_DAY)
    as_(cai).post(reverse("membership_invite", args=[ada.memberships.get().pk]))
    assert not ada.invitations.exists()
    for number in range(MOST_A_DAY + 1):
        membership.invite(bostaden, f"k{number}@people.example", "Nina", MEMBER, by=kim)


@pytest.mark.django_db(transaction=True)
def test_four_at_once_do_not_pass_the_limit():
    organisation = make_organisation("Bostaden")
    by = make_member(organisation, "Cai", role="contact_person")
    invite_many(organisation, by, MOST_A_DAY - 1)
    at_once(*[lambda n=n: ask(organisation, f"late{n}@people.example", by=by) for n in range(4)])
    assert Invitation.objects.count() == MOST_A_DAY


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("verb", ["ask", "agree", "decline", "withdraw"])
def test_four_clicks_at_once_have_one_outcome(verb):
    organisation = make_organisation("Bostaden")
    by = make_member(organisation, "Cai", role="contact_person")
    person = make_person("Bo")
    if verb == "ask":
        calls = [lambda: ask(organisation, "nina@people.example", by=by)] * 4
    else:
        asked = ask(organisation, person.email, by=by)
        doer = by if verb == "withdraw" else person
        calls = [lambda: getattr(invitations, verb)(asked, by=doer)] * 4
    results = at_once(*calls)
    assert len({result.pk for result in results}) == 1
    assert Invitation.objects.count() == Message.objects.count() == 1
    assert person.memberships.count() == (verb == "agree")


@pytest.mark.parametrize("name", ["Vinn pengar https://evil.example/pris", "www.evil.se", "a@b.se"])
def test_a_name_that_would_become_a_link_is_refused(as_, bostaden, cai, name):
    data = {"name": name, "email": "nina@people.example", "role": MEMBER}
    answer = as_(cai).post(reverse("invite", args=[bostaden.slug]), data)
    assert answer.status_code == 422
    assert 'id="id_name_error"' in answer.content.decode()
    answer = as_(cai).post(reverse("profile"), {"name": name, "language": "sv"})
    assert 'id="id_name_error"' in answer.content.decode()
    assert not Invitation.objects.exists()
