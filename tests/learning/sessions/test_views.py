from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.models import LearningSession, Registration, Series
from learning.permissions import may_withdraw
from learning.places.registration import register
from learning.sessions import planning_views, scheduling
from partners.models import Membership, Message
from tests.builders import (
    make_link,
    make_member,
    make_person,
    make_registration,
    make_series,
    make_session,
)
from tests.reading import read

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize("rows", [1, 3])
def test_session_list_costs_the_same_however_long(as_, ada, rows, django_assert_num_queries):
    for _ in range(rows):
        make_registration(make_session(capacity=3), ada)
    page = as_(ada)
    with django_assert_num_queries(4):
        assert page.get("/traffar/").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_session_page_costs_the_same_however_much(as_, ada, rows, django_assert_num_queries):
    session = make_session(capacity=3)
    for _ in range(rows):
        make_registration(session, make_person())
        make_link(session, audience="partners")
    make_registration(session, ada, "queued")
    page = as_(ada)
    with django_assert_num_queries(5):
        assert page.get(f"/traffar/{session.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("asked_for", "rows", "says"),
    [("1", 20, "Rad 1–20 av 23"), ("2", 3, "Rad 21–23 av 23"), ("3", 20, "Rad 1–20 av 23")]
    + [(bad, 20, "Rad 1–20 av 23") for bad in ("0", "-1", "x", "²", "9" * 18, "9" * 30, "")],
)
def test_a_long_list_comes_in_pages(as_, ada, asked_for, rows, says):
    for _ in range(23):
        make_session()
    html = as_(ada).get("/traffar/", {"page": asked_for}).content.decode()
    assert html.count('class="session-row"') == rows
    assert "23 träffar" in html
    assert says in html


def test_visitors_see_the_open_sessions_only(client):
    make_session("Öppen", audience="public")
    make_session("Sluten")
    html = client.get("/traffar/").content.decode()
    assert "Öppen" in html
    assert "Sluten" not in html


def test_the_list_marks_ones_own_place_and_says_what_is_left(as_, ada):
    make_registration(make_session("Min", capacity=3), ada)
    make_session("Annan", capacity=2)
    html = as_(ada).get("/traffar/").content.decode()
    assert "Du har en plats" in html
    assert "2 platser kvar" in html


def test_the_list_says_where_nobody_can_register_now_instead_of_what_is_left(as_, ada):
    now = timezone.now()
    make_session("Sen", capacity=7, registration_opens_at=now + timedelta(days=1))
    page = as_(ada).get("/traffar/").text
    assert ("Anmälan har inte öppnat än" in page, "7 platser kvar" in page) == (True, False)
    make_session("Stängd", capacity=7, registration_closes_at=now - timedelta(days=1))
    make_session("Öppen", capacity=7)
    page = as_(ada).get("/traffar/").text
    assert (page.count("Anmälan är stängd"), page.count("7 platser kvar")) == (1, 1)


def test_past_sessions_stand_on_a_list_of_their_own_by_twenty(as_, ada):
    series = make_series()
    for number in range(21):
        make_session(f"Gammal {number}", in_days=-2 - number, series=series)
    make_session("Ny")
    page = as_(ada)
    assert "Gammal" not in page.get("/traffar/").content.decode()
    first = page.get("/traffar/?when=past").content.decode()
    assert (first.count("<article"), "Rad 1–20 av 21" in first) == (20, True)
    assert page.get("/traffar/?when=past&page=2").content.decode().count("<article") == 1
    assert page.get("/traffar/?page=x&series=%00").status_code == 200


def test_only_who_has_a_seat_sees_the_meeting_link(as_, ada, bo):
    session = make_session(meeting_url="https://meet.example/hemlig", mode="hybrid")
    make_registration(session, ada)
    address = f"/traffar/{session.pk}/"
    assert "hemlig" in as_(ada).get(address).content.decode()
    assert "hemlig" in as_(ada).get(f"{address}kalender/").content.decode()
    assert "hemlig" not in as_(bo).get(address).content.decode()
    assert "hemlig" not in as_(bo).get(f"{address}kalender/").content.decode()


def test_htmx_gets_the_panel_alone_others_the_page(as_, ada, bo):
    session = make_session(capacity=1)
    panel = as_(ada).post(f"/traffar/{session.pk}/anmal/", {"saw": "open"}, headers=HTMX)
    assert (panel.status_code, b"<html" in panel.content) == (200, False)
    assert "Du har en plats" in panel.content.decode()

    page = as_(bo).post(f"/traffar/{session.pk}/anmal/", {"saw": "open"}, follow=True)
    assert page.content.decode().count("Sista platsen togs medan du läste. Du står i kö, pl") == 1


def test_who_acts_for_two_is_asked_in_the_panel(as_, ada, norrbyggen):
    Membership.objects.create(person=ada, organisation=norrbyggen)
    session = make_session()
    page = as_(ada)
    assert page.post(f"/traffar/{session.pk}/anmal/").status_code == 422
    page.post(f"/traffar/{session.pk}/anmal/", {"organisation": norrbyggen.pk})
    assert session.registrations.get().organisation == norrbyggen


def test_a_colleague_is_registered_for_the_common_organisation(as_, ada, cai, bo, bostaden):
    session = make_session()
    address = f"/traffar/{session.pk}/kollega/"
    assert as_(cai).post(address, {"person": bo.pk}).status_code == 422
    assert as_(cai).post(address, {"person": ada.pk}).status_code == 302
    assert session.registrations.get().organisation == bostaden


def test_withdrawing_asks_first_and_works_by_post_only(as_, ada):
    place = register(make_session(), ada, by=ada)
    page = as_(ada)
    assert page.get(f"/platser/{place.pk}/avboka/").status_code == 200
    place.refresh_from_db()
    assert place.state == "confirmed"
    page.post(f"/platser/{place.pk}/avboka/")
    place.refresh_from_db()
    assert place.is_leaving


PLAN = {
    "title_sv": "Budget",
    "day": "2030-04-08",
    "starts": "13:00",
    "ends": "15:00",
    "mode": "on_site",
    "venue": "Väven",
    "audience": "partners",
    "capacity": "40",
    "new_series": "Våren",
}


def test_a_session_is_planned_published_and_copied(as_, lo):
    page = as_(lo)
    page.post("/traffar/ny/", PLAN)
    session = LearningSession.objects.get()
    assert timezone.localtime(session.starts_at).isoformat() == "2030-04-08T13:00:00+02:00"
    assert (session.series.title_sv, session.lead) == ("Våren", lo)
    page.post(f"/traffar/{session.pk}/publicera/")
    session.refresh_from_db()
    assert session.published_at is not None
    copy = page.get(f"/traffar/ny/?copy={session.pk}").content.decode()
    assert 'value="Budget"' in copy
    assert page.get("/traffar/ny/?copy=x").status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("ends", "12:00", "Slutet är före början"),
        ("venue", "", "Skriv var träffen hålls"),
        ("capacity", "0", "Skriv minst en plats"),
        ("capacity", "-3", "Skriv minst en plats"),
        ("new_series", "", "Välj en träffserie"),
        ("meeting_url", "ftp://x.example/", "adress"),
        ("registration_opens_at", "2031-01-01T00:00", "Anmälan behöver öppna innan"),
    ],
)
def test_a_faulty_plan_is_refused_with_a_sentence(as_, lo, field, value, text):
    answer = as_(lo).post("/traffar/ny/", {**PLAN, field: value})
    assert answer.status_code == 422
    assert text in answer.content.decode()
    assert not LearningSession.objects.exists()


def test_a_series_of_the_list_and_a_new_one_are_asked_about_beside_the_new(as_, lo):
    session = make_session()
    answer = as_(lo).post("/traffar/ny/", PLAN | {"series": session.series_id})
    page = read(answer)
    assert (answer.status_code, page.faulty()) == (422, ["new_series"])
    assert "Välj den ena" in page.text
    assert page.value("new_series") == "Våren"
    assert LearningSession.objects.count() == 1
    label = next(one.text for one in page.all("label") if "ny träffserie" in one.text)
    assert "(frivilligt)" in label


def changed(session, **fields):
    return {**PLAN, "new_series": "", "series": session.series_id} | fields


def test_two_who_edit_a_session_at_once_see_both_versions(as_, lo, kim):
    session = make_session()
    edit = f"/traffar/{session.pk}/andra/"
    as_(kim).post(edit, changed(session, venue="Rådhuset", version="1"))

    answer = as_(lo).post(edit, changed(session, venue="Stadshuset", version="1"))

    page = read(answer)
    assert answer.status_code == 422
    assert "Kim Krans ändrade träffen medan du skrev" in page.text
    assert page.value("venue") == "Stadshuset"
    differing = [cells[1:] for cells in page.part("table", "Det här skiljer sig").rows()]
    assert differing == [["Rådhuset", "Stadshuset"]]
    again = changed(session, venue="Stadshuset", version=page.value("version"))
    assert as_(lo).post(edit, again).status_code == 302
    session.refresh_from_db()
    assert (session.venue, session.updated_by) == ("Stadshuset", lo)


@pytest.mark.parametrize("version", ["", "0", "x", "99999999999999999999"])
def test_an_edit_that_lost_its_version_saves_nothing(as_, lo, version):
    session = make_session()
    edit = f"/traffar/{session.pk}/andra/"
    assert as_(lo).post(edit, changed(session, version=version)).status_code == 422
    session.refresh_from_db()
    assert session.venue == "Väven, plan 4"


def test_a_refused_plan_keeps_no_series(as_, lo):
    assert as_(lo).post("/traffar/ny/", {**PLAN, "ends": "12:00"}).status_code == 422
    assert not Series.objects.exists()


def test_editing_keeps_the_session_and_tells_of_the_new_time(as_, lo, ada):
    session = make_session(capacity=1)
    register(session, ada, by=ada)
    answer = as_(lo).post(f"/traffar/{session.pk}/andra/", changed(session, version="1"))
    assert answer.status_code == 302
    assert Message.objects.filter(letter="learning/session_moved", recipient=ada).exists()


def test_cancelling_names_the_loss_first(as_, lo, ada):
    session = make_session(capacity=1)
    page = as_(lo)
    address = f"/traffar/{session.pk}/stall-in/"
    assert "Ingen har en plats, så ingen får mejl." in page.get(address).text
    register(session, ada, by=ada)
    assert "i kön" not in page.get(address).text
    assert "En anmäld med plats får mejl." in page.get(address).content.decode()
    refused = page.post(address, {"text": "Sjuk."})
    assert refused.status_code == 422
    assert "Kryssa i rutan om träffen ska ställas in." in refused.text
    assert page.post(address, {"sure": "on"}).status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
def test_the_participants_cost_the_same_however_many(as_, lo, rows, django_assert_num_queries):
    session = make_session(capacity=1)
    for _ in range(rows):
        make_registration(session, make_person())
    page = as_(lo)
    with django_assert_num_queries(7):
        page.get(reverse("participants", kwargs={"pk": session.pk}))


def test_many_participants_have_pages_seats_first_and_then_the_queue(as_, lo, monkeypatch):
    monkeypatch.setattr(planning_views, "PLACES_A_PAGE", 2)
    session = make_session(capacity=1)
    names = [("Örjan", "queued"), ("Berit", "confirmed"), ("Anna", "queued"), ("Åke", "confirmed")]
    for name, state in names:
        make_registration(session, make_person(name), state)
    address = reverse("participants", kwargs={"pk": session.pk})
    first = read(as_(lo).get(address))
    assert first.texts("caption") == ["Har en plats"]
    second = as_(lo).get(address + "?page=2")
    assert [place.person.name for place in second.context["queued"]] == ["Örjan", "Anna"]
    assert read(second).texts("caption") == ["Kön, i ordning"]
    assert read(second).texts("td", **{"class": "num"}) == ["1", "2"]


@pytest.mark.parametrize(
    ("who", "may"), [("member", False), ("contact", True), ("lead", True), ("elsewhere", False)]
)
def test_a_colleagues_place_is_given_back_by_the_contact_person_and_no_other_colleague(
    as_, bostaden, bo, ada, cai, lo, who, may
):
    place = make_registration(make_session(), ada)
    asker = {"member": make_member(bostaden), "contact": cai, "lead": lo, "elsewhere": bo}[who]
    answer = as_(asker).post(reverse("withdraw", kwargs={"pk": place.pk}))
    place.refresh_from_db()
    assert (answer.status_code == 302) is may
    assert place.is_leaving is may
    assert may_withdraw(asker, place) is may


def test_whoever_asked_for_a_colleagues_place_may_give_it_back(bostaden, ada, bo):
    colleague = make_member(bostaden)
    place = make_registration(make_session(), ada)
    Registration.objects.update(created_by=colleague)
    place.refresh_from_db()
    assert may_withdraw(colleague, place)
    assert not may_withdraw(bo, place)
    colleague.is_active = False
    assert not may_withdraw(colleague, place)


def test_days_and_moments_are_understood_as_people_write_them(as_, lo):
    said = PLAN | {"day": "8 april 2030", "registration_opens_at": "1 mars 2030 kl. 9.00"}
    assert as_(lo).post("/traffar/ny/", said).status_code == 302
    session = LearningSession.objects.get()
    assert timezone.localtime(session.starts_at).date().isoformat() == "2030-04-08"
    opens = timezone.localtime(session.registration_opens_at)
    assert opens.isoformat() == "2030-03-01T09:00:00+01:00"


def test_a_plan_is_written_the_way_people_write(as_, lo):
    said = {"day": "8 april 2030", "starts": "kl. 13", "ends": "15.30", "capacity": "40 platser"}
    written = PLAN | said | {"title_sv": "A\u030arsbudget", "new_series": " va\u030aren  2030 "}
    as_(lo).post(reverse("session_create"), written)
    session = LearningSession.objects.get()
    starts_at, ends_at = map(timezone.localtime, (session.starts_at, session.ends_at))
    assert f"{starts_at:%Y-%m-%d %H:%M} {ends_at:%H:%M}" == "2030-04-08 13:00 15:30"
    assert (session.capacity, session.title_sv) == (40, "Årsbudget")
    assert session.series.title_sv == "våren 2030"
    as_(lo).post(reverse("session_create"), PLAN | {"new_series": "VÅREN 2030"})
    assert Series.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("starts", "13-15", "Skriv ett klockslag här"),
        ("ends", "halv fyra", "Skriv klockslaget med siffror"),
        ("day", "tisdag 8 april 2030", "Veckodagen stämmer inte"),
        ("day", "0030-04-08", "Skriv datumet"),
        ("capacity", "40 ton", "”ton” går inte att tolka här"),
    ],
)
def test_a_plan_that_is_not_understood_whole_is_asked_about(as_, lo, field, value, text):
    answer = as_(lo).post(reverse("session_create"), PLAN | {field: value})
    assert answer.status_code == 422
    assert text in read(answer).text
    assert not LearningSession.objects.exists()


def test_what_is_over_is_neither_joined_nor_put_in_a_calendar(as_, ada):
    """The link and the file are for what is still to come."""
    shown = []
    for start in (10, -10):
        session = make_session(in_days=start, meeting_url="https://meet.example/a")
        make_registration(session, ada, seated_at=timezone.now())
        page = as_(ada).get(reverse("session_detail", args=[session.pk])).text
        shown.append(("meet.example" in page, "Lägg i kalendern" in page))
    assert shown == [(True, True), (False, False)]


def test_what_is_cancelled_stays_to_be_read_with_the_reason(as_, client, ada, lo):
    session = make_session(audience="public")
    scheduling.cancel(session, by=lo, text="Lokalen är stängd.\nVi hörs <i>i maj</i>.")
    address = reverse("session_detail", args=[session.pk])
    for page in (client.get(address).text, as_(ada).get(address).text):
        assert "Träffen är inställd" in page
        assert "Lokalen är stängd.<br>Vi hörs &lt;i&gt;i maj&lt;/i&gt;." in page


@pytest.mark.parametrize("is_there", [True, False])
def test_who_follows_a_link_of_a_letter_while_logged_out_is_let_in_first(client, ada, is_there):
    session = make_session(audience="partners")
    address = reverse("session_detail", args=[session.pk if is_there else session.pk + 1])
    answer = client.get(address)
    assert answer["Location"] == f"{reverse('account_login')}?next={address}"
    client.force_login(ada)
    assert client.get(address).status_code == (200 if is_there else 404)


def test_who_is_not_logged_in_is_told_why_there_are_no_held_sessions(client, as_, ada):
    for ended in (-10, -20):
        make_session(in_days=ended)
    address = reverse("session_list", query={"when": "past"})
    assert "Partnerna har haft 2 lärandeträffar." in client.get(address).text
    assert "Partnerna har haft" not in as_(ada).get(address).text


def test_no_field_that_is_asked_for_is_called_optional(as_, lo):
    page = read(as_(lo).get(reverse("session_create")))
    labels = page.texts("label")
    optional = {label.removesuffix(" (frivilligt)") for label in labels if "frivilligt" in label}
    assert {"Träffserie", "Plats"} <= set(labels)
    assert {"Platser", "Eller en ny träffserie"} <= optional
