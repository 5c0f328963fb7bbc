"""The pages of mailings, from the button of a session to the list of all."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from partners.models import Mailing, Message
from partners.post import delivery, main_stop
from partners.tasks import send_mailings
from tests.builders import (
    make_letter,
    make_mailing,
    make_member,
    make_organisation,
    make_person,
    make_registration,
    make_session,
    queued,
)
from tests.reading import read

pytestmark = pytest.mark.django_db


def said(session, **changed):
    return {
        "groups": [f"learning.session:{session.pk}:confirmed"],
        "subject_sv": "Ny lokal",
        "text_sv": "Vi ses i Väven.",
        "subject_en": "",
        "text_en": "",
    } | changed


def write(client, session, **changed):
    address = reverse("mailing_create") + f"?about=learning.session:{session.pk}"
    return client.post(address, said(session, **changed))


def at(name, mailing):
    return reverse(name, args=[mailing.pk])


def test_from_the_participants_to_the_mailbox(as_, lo, ada, session):
    """The whole way, as a lead goes it without JavaScript."""
    client = as_(lo)
    participants = read(client.get(reverse("participants", args=[session.pk])))
    (link,) = (a for a in participants.all("a") if a.text == "Skriv till…")
    page = read(client.get(link.attributes["href"]))
    assert "Har en plats (1)" in page.text
    assert "Står i kö (0)" in page.text

    (form,) = (f for f in page.all("form") if "about" in f.attributes["action"])
    answer = client.post(form.attributes["action"], said(session), follow=True)
    mailing = Mailing.objects.get()
    preview = read(answer)
    assert "1 person får mejlet." in preview.text
    assert "Så läser Ada Åström det" in preview.text
    (frame,) = preview.all("iframe")
    html = client.get(frame.attributes["src"])
    assert "Hej Ada!" in html.text
    assert "sandbox" in html["Content-Security-Policy"]
    assert html["X-Frame-Options"] == "SAMEORIGIN"

    answer = client.post(at("mailing_send", mailing), {"when": "now", "seen": "1"}, follow=True)
    assert "Ångra utskicket" in answer.text
    Mailing.objects.update(send_at=timezone.now())
    send_mailings()
    delivery.deliver(timezone.now())
    assert [letter.to for letter in mail.outbox] == [[ada.email]]
    page = read(client.get(at("mailing_detail", mailing)))
    assert "1 av 1 har gått iväg" in page.text
    assert "Ångra utskicket" not in page.text
    assert "1 av 1 har gått iväg" in read(client.get(reverse("mailing_list"))).text


def test_how_many_have_no_address_is_said(as_, lo, session, mailing):
    make_registration(session, make_person("Utan", email=None))
    nobody = session.registrations.latest("pk").person
    nobody.email = None
    nobody.save()
    page = read(as_(lo).get(at("mailing_detail", mailing)))
    assert "1 person får mejlet; 1 har ingen adress." in page.text


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("subject_sv", "A" * 151, True),
        ("subject_sv", "", False),
        ("text_sv", "a" * 6_000, True),
        ("text_sv", "  \n ", False),
        ("text_sv", "Hej\0", False),
        ("text_en", "Only English text", True),
        ("groups", [], False),
        ("groups", ["partners.members"], False),
    ],
)
def test_what_cannot_be_sent_is_refused_beside_its_field_and_kept(
    as_, lo, session, field, value, kept
):
    answer = write(as_(lo), session, **{field: value})
    assert answer.status_code == 422
    page = read(answer)
    assert page.faulty() == ["subject_en" if field == "text_en" else field]
    assert not Mailing.objects.exists()
    if kept:
        assert page.value(field) == value
    if field != "text_sv":
        assert page.value("text_sv") == "Vi ses i Väven."


@pytest.mark.parametrize("breaks", ["\r\n", "\n", "\r", "\u2028", "\x0b", "\x85"])
def test_a_subject_is_one_line_and_no_header(as_, lo, ada, session, breaks):
    write(as_(lo), session, subject_sv=f"Hej{breaks}Bcc: alla@spam.example")
    queued(Mailing.objects.get(), in_minutes=-1)
    send_mailings()
    delivery.deliver(timezone.now())
    (sent,) = mail.outbox
    assert sent.recipients() == [ada.email]
    assert sent.message()["Bcc"] is None
    assert len(sent.subject.splitlines()) == 1


@pytest.mark.parametrize("name", ["mailing_edit", "mailing_detail", "mailing_letter"])
def test_a_lead_of_another_session_sees_nothing(as_, other_lead, mailing, name):
    assert as_(other_lead).get(at(name, mailing)).status_code == 404


@pytest.mark.parametrize("name", ["edit", "test", "send", "stop", "remove"])
def test_a_lead_of_another_session_can_do_nothing(as_, other_lead, mailing, name):
    answer = as_(other_lead).post(at(f"mailing_{name}", mailing), {"when": "now", "seen": "1"})
    assert answer.status_code == 404
    assert Mailing.objects.get().state == "draft"


def test_a_lead_of_another_session_cannot_begin_and_sees_no_button(as_, other_lead, session, lo):
    client = as_(other_lead)
    assert write(client, session).status_code == 403
    assert client.get(reverse("mailing_create")).status_code == 403
    assert "Skriv till…" not in client.get(reverse("participants", args=[session.pk])).text
    assert not Mailing.objects.exists()


def test_a_copy_of_what_one_may_not_see_is_no_copy(as_, other_lead, mailing):
    address = reverse("mailing_create") + f"?copy={mailing.pk}"
    assert as_(other_lead).get(address).status_code == 403


def test_the_list_holds_what_a_lead_leads_and_all_for_coordinators(as_, lo, kim, mailing):
    make_mailing(kim, subject_sv="Till alla partner")
    theirs = read(as_(lo).get(reverse("mailing_list")))
    assert [row[0] for row in theirs.rows()] == ["Ny lokal på torsdagBudget"]
    assert len(read(as_(kim).get(reverse("mailing_list"))).rows()) == 2


def test_a_group_of_another_session_cannot_be_slipped_in(as_, lo, session, bo):
    other = make_session()
    make_registration(other, bo)
    answer = write(as_(lo), session, groups=[f"learning.session:{other.pk}:confirmed"])
    assert read(answer).faulty() == ["groups"]


def test_of_two_who_edit_the_second_sees_both(as_, lo, kim, session, mailing):
    as_(kim).post(at("mailing_edit", mailing), said(session, seen="1", text_sv="Kims text."))
    mine = said(session, seen="1", text_sv="Los text.")
    answer = as_(lo).post(at("mailing_edit", mailing), mine)
    page = read(answer)
    assert answer.status_code == 422
    assert "Kim Krans ändrade utskicket" in page.text
    assert ["Text på svenska", "Kims text.", "Los text."] in page.rows()
    assert page.value("text_sv") == "Los text."
    assert page.value("seen") == "2"
    as_(lo).post(at("mailing_edit", mailing), mine | {"seen": "2"})
    assert Mailing.objects.get().text_sv == "Los text."


def test_what_is_sent_is_edited_no_more_and_can_be_copied(as_, lo, mailing):
    queued(mailing)
    client = as_(lo)
    assert client.get(at("mailing_edit", mailing))["Location"] == at("mailing_detail", mailing)
    copy = read(client.get(reverse("mailing_create") + f"?copy={mailing.pk}"))
    assert copy.value("subject_sv") == mailing.subject_sv
    assert copy.value("groups") == mailing.groups[0]


def moment(text):
    return {"when": "later", "send_at": text, "seen": "1"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "i morgon bitti",
        "2020-01-01 09:00",
        "2099-01-01 09:00",
        "2027-03-28 02:30",  # an hour that is not there
    ],
)
def test_a_time_that_cannot_be_is_refused_beside_its_field_and_kept(
    as_, lo, mailing, text, time_machine
):
    time_machine.move_to(datetime(2027, 3, 20, 12, tzinfo=ZoneInfo("Europe/Stockholm")))
    answer = as_(lo).post(at("mailing_send", mailing), moment(text))
    assert answer.status_code == 422
    page = read(answer)
    assert page.faulty() == ["send_at"]
    assert page.value("send_at") == (text or None)
    assert Mailing.objects.get().state == "draft"


def test_a_time_is_swedish(as_, lo, mailing, time_machine):
    time_machine.move_to(datetime(2027, 3, 20, 12, tzinfo=ZoneInfo("Europe/Stockholm")))
    as_(lo).post(at("mailing_send", mailing), moment("2027-03-29 09:00"))
    assert Mailing.objects.get().send_at.isoformat() == "2027-03-29T07:00:00+00:00"


def test_what_somebody_changed_since_is_shown_before_it_is_sent(as_, lo, mailing):
    Mailing.objects.update(version=2, text_sv="Ett annat besked.")
    answer = as_(lo).post(at("mailing_send", mailing), {"when": "now", "seen": "1"})
    assert answer.status_code == 422
    assert "Någon annan har ändrat" in answer.text
    assert read(as_(lo).get(at("mailing_detail", mailing))).value("seen") == "2"


def test_a_test_is_sent_to_oneself(as_, lo, mailing):
    as_(lo).post(at("mailing_test", mailing))
    assert Message.objects.get().recipient == lo


def test_stopping_says_so_and_too_late_is_said_too(as_, lo, mailing):
    queued(mailing)
    answer = as_(lo).post(at("mailing_stop", mailing), follow=True)
    assert "Ingen har fått något. Utskicket är ett utkast igen." in answer.text
    assert "Skicka utskicket" in answer.text
    queued(mailing, in_minutes=-1)
    send_mailings()
    answer = as_(lo).post(at("mailing_stop", mailing), follow=True)
    assert "Det är stoppat. Ingen har fått något." in answer.text
    assert "Skickat" not in read(answer).texts("dt")


def test_what_did_not_arrive_is_named_with_the_reason(as_, lo, ada, mailing):
    queued(mailing, in_minutes=-1)
    send_mailings()
    Message.objects.update(state="failed", last_error="550 5.1.1 User unknown")
    page = read(as_(lo).get(at("mailing_detail", mailing)))
    assert "Ada Åström" in page.text
    assert "550 5.1.1 User unknown" in page.text


@pytest.mark.parametrize("typed", ["", "snart"])
def test_the_example_of_a_time_is_one_at_which_it_may_be_sent(as_, lo, mailing, typed):
    sent = {"when": "later", "send_at": typed, "seen": mailing.version}
    answer = as_(lo).post(at("mailing_send", mailing), sent)
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert answer.context["form"].errors["send_at"] == [
        f"Skriv dag och tid, till exempel {tomorrow} 09:00."
    ]


def test_what_looks_like_a_placeholder_is_warned_of_before_it_is_sent(as_, lo, mailing):
    client = as_(lo)
    assert "platshållare" not in client.get(at("mailing_detail", mailing)).text
    mailing.text_sv = "Hej ((<b>foo)) och ((bar)) och ((bar))"
    mailing.save()
    page = client.get(at("mailing_detail", mailing)).text
    assert "((&lt;b&gt;foo)), ((bar)) står som det är i mejlet" in page


def test_what_nobody_would_get_is_not_offered_to_be_sent(as_, lo, session, mailing):
    client = as_(lo)
    assert "Skicka utskicket" in client.get(at("mailing_detail", mailing)).text
    session.registrations.all().delete()
    page = client.get(at("mailing_detail", mailing)).text
    assert "Skicka utskicket" not in page
    assert "Ingen skulle få det nu" in page
    assert at("mailing_remove", mailing) in page


def test_the_progress_alone_is_fetched_by_itself(as_, lo, mailing):
    queued(mailing)
    answer = as_(lo).get(at("mailing_detail", mailing), headers={"HX-Request": "true"})
    (part,) = (e for e in read(answer).inside if not isinstance(e, str))
    assert part.attributes["id"] == "mailing-progress"


def test_coordinators_see_whom_no_contact_person_answers_for(as_, kim, bo):
    page = read(as_(kim).get(reverse("mailing_create")))
    (folded,) = (d for d in page.all("details") if "utan kontaktperson" in d.text)
    assert folded.texts("a") == ["Norrbyggen"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long(as_, lo, rows, django_assert_num_queries):
    for _ in range(rows):
        mailing = make_mailing(lo, make_session(lead=lo))
        make_letter(lo, key=f"partners.mailing:{mailing.pk}:{lo.pk}")
    client = as_(lo)
    with django_assert_num_queries(7):
        client.get(reverse("mailing_list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_draft_costs_the_same_however_many_it_is_for(
    as_, lo, session, mailing, rows, django_assert_num_queries
):
    for _ in range(rows):
        make_registration(session, make_person())
    client = as_(lo)
    with django_assert_num_queries(8):
        client.get(at("mailing_detail", mailing))


@pytest.mark.parametrize("rows", [1, 3])
def test_what_is_asked_costs_the_same_however_many_partners(
    as_, kim, rows, django_assert_num_queries
):
    for number in range(rows):
        make_member(make_organisation(f"Org {number}"))
    client = as_(kim)
    with django_assert_num_queries(10):
        client.get(reverse("mailing_create"))


def test_a_time_soon_is_ten_minutes_away_at_least(as_, lo, mailing):
    soon = timezone.localtime() + timedelta(minutes=3)
    as_(lo).post(at("mailing_send", mailing), moment(f"{soon:%Y-%m-%d %H:%M}"))
    assert Mailing.objects.get().send_at > timezone.now() + timedelta(minutes=9)


def test_no_field_cuts_what_is_pasted(as_, kim):
    page = read(as_(kim).get(reverse("mailing_create")))
    fields = [next(page.all(name=name)) for name in ("subject_sv", "text_sv", "text_en")]
    assert not any("maxlength" in field.attributes for field in fields)


def test_what_waits_for_working_hours_says_so_before_and_after(as_, kim, cai, time_machine):
    time_machine.move_to("2027-03-08T20:00:00+00:00", tick=False)
    mailing = make_mailing(kim, groups=["partners.contacts"])
    words = "Mejl som ingen har bett om skickas på arbetsdagar mellan 8 och 17"
    assert words in read(as_(kim).get(at("mailing_detail", mailing))).text
    queued(mailing, in_minutes=-1)
    send_mailings()
    page = read(as_(kim).get(at("mailing_detail", mailing))).text
    assert "1 väntar och skickas tidigast tisdag 9 mars 2027 kl. 09.00" in page
    assert words in page
    assert "på väg" in page
    assert "på väg" in read(as_(kim).get(reverse("mailing_list"))).text


def test_where_all_e_mails_are_stopped_the_page_says_so(as_, kim, lo, mailing):
    queued(mailing)
    main_stop.stop("Fel länk", by=kim)
    page = read(as_(lo).get(at("mailing_detail", mailing))).text
    assert f"{kim.name} stoppade alla mejl" in page


def test_a_day_beside_now_is_asked_about(as_, lo, mailing):
    said = {"when": "now", "send_at": "2027-03-12T09:00", "seen": "1"}
    answer = as_(lo).post(at("mailing_send", mailing), said)
    assert answer.status_code == 422
    assert "Du har valt så snart som möjligt." in answer.text
    assert read(answer).value("send_at").startswith("2027-03-12")


def test_a_mailing_that_nobody_was_left_for_is_called_sent_nowhere(as_, lo, kim, mailing, session):
    queued(mailing, in_minutes=-1)
    session.registrations.all().delete()
    main_stop.stop("", by=kim)
    send_mailings()
    for address in (reverse("mailing_list"), reverse("mailing_detail", args=[mailing.pk])):
        page = read(as_(lo).get(address))
        assert "inte skickat, ingen kvar" in page.text
        assert "har gått iväg" not in page.text
        assert "Skickat" not in page.texts("dt")
    assert "Du får ett mejl om det. Alla mejl är stoppade, så det väntar" in page.text
    others = read(as_(kim).get(reverse("mailing_detail", args=[mailing.pk]))).text
    assert f"{lo} får ett mejl om det." in others
    assert Message.objects.get().state == "waiting"
