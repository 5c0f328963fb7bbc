"""What waits for those who run the project, and whom to call."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.models import SurveyAnswer
from northstar.pages import home_staff
from partners.models import (
    EnquiryKind,
    EnquiryState,
    Membership,
    MembershipRole,
    Message,
    MessageState,
)
from partners.post import main_stop
from tests.builders import (
    make_attendance,
    make_enquiry,
    make_letter,
    make_link,
    make_member,
    make_organisation,
    make_person,
    make_registration,
    make_session,
    make_survey,
)
from tests.promise_builders import make_shared_report
from tests.reading import read


def start(client):
    return read(client.get("/"))


def test_a_lead_sees_their_own_next_session_and_what_is_left_to_do(as_, lo):
    make_session("Någon annans", in_days=3)
    mine = make_session("Min", in_days=8, lead=lo, capacity=40)
    make_registration(mine, make_person())
    taken = {"attendance_taken_at": timezone.now()}
    make_session("Utan närvaro", in_days=-2)
    make_link(make_session("Med allt", in_days=-3, **taken))
    make_session("Utan material", in_days=-4, **taken)
    make_session("Utkast", published_at=None)
    page = start(as_(lo))
    assert page.texts("h1") == ["Nästa: Min"]
    assert "1 av 40 platser" in page.text
    assert page.part("section", "Andra kommande träffar").texts("h3") == ["Någon annans"]
    assert page.part("section", "Närvaron är inte noterad").texts("h3") == ["Utan närvaro"]
    missing = page.part("section", "Inget material är delat än").texts("h3")
    assert missing == ["Utan närvaro", "Utan material"]
    assert page.part("section", "Utkast").texts("a") == ["Utkast"]


def test_answers_say_how_many_of_those_asked_and_never_so_few_that_they_point(as_, lo):
    session = make_session("Få med fler", in_days=-40)
    past = timezone.now() - timedelta(days=20)
    for number in range(7):
        _, asked = make_survey(session, make_person(), closes_at=past)
        if number < 4:
            SurveyAnswer.objects.create(invitation=asked, usefulness="at_once", safety="fully")
    assert "färre än fem svar av 7" in start(as_(lo)).part("section", "Vad träffarna gav").text
    for asked in session.survey_invitations.filter(answer=None)[:2]:
        SurveyAnswer.objects.create(invitation=asked, usefulness="at_once", safety="fully")
    assert "6 av 7 har svarat" in start(as_(lo)).part("section", "Vad träffarna gav").text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_start_page_of_a_lead_costs_the_same(as_, lo, rows, django_assert_num_queries):
    for _ in range(rows):
        make_session(lead=lo)
        make_survey(make_session(in_days=-4), make_person())
        make_session(published_at=None)
    client = as_(lo)
    with django_assert_num_queries(10):
        client.get("/")


def test_a_coordinator_sees_what_is_to_do(as_, kim, cai, ada, bo, bostaden, norrbyggen):
    make_attendance(make_session(in_days=-2), ada)
    make_attendance(make_session(in_days=-500, attendance_taken_at=timezone.now()), bo)
    Message.objects.create(
        key="k", recipient=ada, letter="x", language="sv", state=MessageState.FAILED
    )
    Message.objects.create(  # of no use any more: nobody has to do anything about it
        key="late",
        recipient=ada,
        letter="x",
        language="sv",
        state=MessageState.FAILED,
        useless_after=timezone.now() - timedelta(hours=1),
    )
    make_enquiry()
    make_enquiry(EnquiryKind.WISH_TO_JOIN)
    make_enquiry(confirmed_at=None)  # nobody is told of it
    make_enquiry(state=EnquiryState.ANSWERED)
    page = start(as_(kim))
    assert page.texts("h1") == ["Fem saker att ta hand om"]
    (queue,) = page.all("ul", **{"class": "queue"})
    failed, unanswered, without_attendance, not_invited, without_contact = queue.texts("li")
    assert failed == "1 mejl gick inte att skicka"
    assert unanswered.startswith("2 frågor väntar på svar Äldst:")
    assert reverse("enquiry_list") in {link.attributes["href"] for link in queue.all("a")}
    assert without_attendance.startswith("1 träff utan närvaro")
    assert not_invited == "1 kontaktperson är inte inbjuden"  # Cai; Norrbyggen has none
    assert without_contact == "1 partner utan kontaktperson"
    assert "Klart: inbjudningar utan svar och adresser som inte fungerar." in page.text
    assert page.part("details", "1 partner har inte varit på någon träff på ett år").texts("a") == [
        norrbyggen.name
    ]
    assert reverse("people_list") in {link.attributes["href"] for link in page.all("a")}


def test_with_nothing_waiting_the_title_says_so(as_, kim):
    page = start(as_(kim))
    assert page.texts("h1") == ["Inget som väntar"]
    assert list(page.all("ul", **{"class": "queue"})) == []


def test_of_many_quiet_partners_the_first_are_named_and_the_file_has_all(as_, kim, monkeypatch):
    monkeypatch.setattr(home_staff, "MANY", 1)
    for name in ("Ö", "A"):
        make_organisation(name)
    page = start(as_(kim))
    quiet = page.part("details", "2 partner har inte varit på någon träff på ett år")
    assert quiet.texts("li") == ["A"]
    assert [link.attributes["href"].partition("?")[0] for link in quiet.all("a")][-1] == reverse(
        "participation_file", args=["xlsx"]
    )


def partner_with_contact(name, **person):
    organisation = make_organisation(name)
    person.setdefault("last_login", timezone.now())
    contact = make_member(organisation, f"{name}s kontakt", MembershipRole.CONTACT_PERSON, **person)
    return organisation, contact


def test_whom_to_contact_is_said_with_reasons_and_ways(as_, kim):
    quiet, gone = partner_with_contact("Tyst", phone="090-12 34 56")
    make_attendance(make_session(in_days=-400), gone)
    make_shared_report(quiet)
    without = make_organisation("Utan kontakt")
    make_attendance(make_session(in_days=-1), make_member(without))
    make_shared_report(without)
    calls = start(as_(kim)).part("section", "Att höra av sig till den här veckan")
    assert calls.texts("h3") == ["Utan kontakt", "Tyst"]
    first, second = calls.texts("li")
    assert "Har ingen kontaktperson 5 poäng" in first
    assert "Har inte varit på någon träff sedan" in second
    links = [link.attributes["href"] for link in calls.all("a")]
    assert "tel:+4690123456" in links
    assert any(link.startswith(f"mailto:{gone.email}?subject=") for link in links)
    assert reverse("contact_notes", args=[quiet.slug]) in links
    assert reverse("monday_points") in links


def test_somebody_who_came_lately_and_tells_is_not_called(as_, kim):
    partner, person = partner_with_contact("Flitig")
    make_attendance(make_session(in_days=-1), person)
    make_shared_report(partner)
    assert "Att höra av sig till" not in start(as_(kim)).text


def test_months_without_a_session_are_nought_and_others_partners_are_not_counted(db, bostaden):
    session = make_session(in_days=-1)
    make_attendance(session, make_member(bostaden))
    make_attendance(session, make_member(make_organisation("Gäst", status="prospect")))
    months = home_staff._months(home_staff.Organisation.objects.partners(), timezone.now())
    assert len(months) == 13
    local = timezone.localtime(session.starts_at).date().replace(day=1)
    found = {month.first: (month.attendances, month.partners) for month in months}
    assert found[local] == (2, 1)
    assert sum(month.attendances for month in months) == 2


def test_a_trend_ends_at_the_top_where_the_last_is_highest():
    drawn = home_staff.trend(map(Decimal, (0, 1, 2)))
    assert drawn.line == "4,44 120,24 236,4"
    assert drawn.field == "4,48 4,44 120,24 236,4 236,48"
    assert home_staff.trend(map(Decimal, (0, 0))).line == "4,44 236,44"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_start_page_of_a_coordinator_costs_the_same(as_, kim, rows, django_assert_num_queries):
    for number in range(rows):
        make_organisation(f"Org {number}")
        _, person = partner_with_contact(f"Till {number}")
        make_attendance(make_session(in_days=-4), person)
        make_session()
        make_enquiry()
    client = as_(kim)
    client.get("/")  # whoever comes first has the figures worked out
    with django_assert_num_queries(33):
        client.get("/")
    assert Membership.objects.count() == rows


@pytest.mark.django_db
def test_while_all_e_mails_are_stopped_both_start_pages_say_it(as_, lo, kim, ada):
    make_letter(ada)
    assert "stoppade" not in start(as_(kim)).text
    main_stop.stop("fel länk", by=kim)
    page = start(as_(kim))
    assert "1 mejl väntar, för alla är stoppade: släpp på dem" in page.text
    assert "Två saker att ta hand om" in page.text
    assert reverse("desk") in [one.attributes.get("href") for one in page.all("a")]
    told = start(as_(lo)).text
    assert f"{kim} stoppade alla mejl" in told
    assert "Varför: fel länk" in told
    assert "Släpp på mejlen" not in told, "a lead may not"


@pytest.mark.django_db
def test_the_notice_of_the_outbox_leads_to_where_they_are_let_go(as_, kim):
    main_stop.stop("", by=kim)
    page = as_(kim).get(reverse("outbox")).text
    assert f'<a href="{reverse("desk")}">Släpp på mejlen</a>' in page
