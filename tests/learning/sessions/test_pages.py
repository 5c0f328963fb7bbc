from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.models import BarrierObservation, Safety, SurveyAnswer, Usefulness
from partners.models import Membership
from tests.builders import (
    make_attendance,
    make_link,
    make_member,
    make_next_step,
    make_organisation,
    make_person,
    make_registration,
    make_session,
    make_survey,
)
from tests.reading import read

pytestmark = pytest.mark.django_db


def page_of(session, query=""):
    return reverse("session_detail", args=[session.pk]) + query


def test_the_page_tells_what_was_filled_in_and_no_more(as_, ada, lo):
    lo.phone = "090-00 00 12"
    lo.save()
    session = make_session(
        programme_sv="09.00 Rollspel\nI grupper.",
        preparation_sv="Tänk ut ett beslut.",
        directions_sv="Hiss och hörslinga.",
        map_url="https://map.example/x",
        lead=lo,
    )
    page = read(as_(ada).get(page_of(session)))
    programme = page.part("section", "Program").text
    assert ["09.00" in programme, "Rollspel" in programme, "I grupper." in programme] == [True] * 3
    assert "Tänk ut ett beslut." in page.part("section", "Förbered dig så här").text
    assert "Hiss och hörslinga." in page.part("section", "Så hittar du").text
    hrefs = [link.attributes.get("href") for link in page.all("a")]
    assert {"https://map.example/x", f"mailto:{lo.email}", "tel:090000012"} <= set(hrefs)
    bare = read(as_(ada).get(page_of(make_session())))
    assert not {"Program", "Förbered dig så här", "Material", "Leds av"} & set(bare.texts("h2"))


def test_it_says_how_many_seats_are_taken_and_from_where_but_nobodys_name(as_, ada, client):
    session = make_session(capacity=40, audience="public")
    for number in range(6):
        member = make_member(make_organisation(f"Bolag {number}"), "Hemlig Person")
        make_registration(session, member)
    for answer in (as_(ada).get(page_of(session)), client.get(page_of(session))):
        page = read(answer)
        assert "34 platser kvar · 6 av 40 är tagna" in page.text
        assert "6 anmälda från 6 organisationer: Bolag 0, Bolag 1, Bolag 2, Bolag 3 …" in page.text
        assert "Visa alla 6" in page.text
        assert "Hemlig" not in page.text


def test_how_people_meet_is_said_in_words(as_, ada):
    page = as_(ada).get(page_of(make_session(mode="hybrid"))).text
    assert "på plats och digitalt" in page
    assert "på nätet" not in page


def test_the_lead_sees_state_tabs_and_one_loud_button(as_, lo, ada):
    session = make_session(in_days=-1, capacity=40)
    make_registration(session, ada)
    page = read(as_(lo).get(page_of(session)))
    assert "Nästa sak att göra" in page.part("section", "Närvaron är inte noterad").text
    assert "1 av 40 platser" in page.text
    assert len(list(page.all(**{"class": "button"}))) == 1
    assert {"Översikt", "Deltagare 1", "Närvaro", "Material", "Enkät"} <= set(page.texts("a"))


@pytest.mark.parametrize(
    "name", ["participants", "attendance", "material_upload", "survey_results"]
)
def test_all_tabs_lead_to_each_other(as_, lo, name):
    session = make_session(in_days=-1)
    page = read(as_(lo).get(reverse(name, args=[session.pk])))
    assert page.texts("h1") == [session.title]
    here = [link.text for link in page.all("a") if link.attributes.get("aria-current") == "page"]
    assert here[-1] in {"Deltagare", "Närvaro", "Material", "Enkät"}
    assert "Översikt" in page.texts("a")


def test_the_lead_may_see_what_the_participants_see(as_, lo):
    session = make_session(capacity=3)
    page = read(as_(lo).get(page_of(session, "?as=participant")))
    assert "Vill du komma?" in page.text
    assert "Vill du komma?" not in read(as_(lo).get(page_of(session))).text


@pytest.mark.parametrize("in_days", [10, -10])
def test_as_a_participant_the_lead_sees_material_without_taking_it_away(as_, lo, in_days):
    session = make_session(in_days=in_days)
    kept = make_link(session)
    text = as_(lo).get(page_of(session, "?as=participant")).text
    assert kept.title in text
    assert reverse("material_delete", args=[kept.pk]) not in text


def test_the_head_over_the_leads_page_says_where(as_, lo):
    for fields, where in [({"venue": "Väven"}, "Väven"), ({"mode": "online", "venue": ""}, None)]:
        session = make_session(in_days=-1, **fields)
        page = as_(lo).get(reverse("session_detail", args=[session.pk])).text
        assert (where or session.get_mode_display()) in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_leads_page_costs_the_same_however_many_come(as_, lo, rows, django_assert_num_queries):
    session = make_session()
    for _ in range(rows):
        make_registration(session, make_person())
        make_link(session)
    page = as_(lo)
    with django_assert_num_queries(8):
        page.get(page_of(session))


@pytest.fixture
def held(ada):
    """A session that was held a month ago, with Ada there and five answers by others."""
    session = make_session(in_days=-30, attendance_taken_at=timezone.now(), capacity=40)
    make_attendance(session, ada)
    for _ in range(5):
        person = make_person()
        make_attendance(session, person)
        closed = timezone.now() - timedelta(days=1)
        _token, invitation = make_survey(session, person, closes_at=closed)
        SurveyAnswer.objects.create(
            invitation=invitation, usefulness=Usefulness.AT_ONCE, safety=Safety.FULLY
        )
        BarrierObservation.objects.create(
            session=session, person=person, type="behaviour_change", text="Ordagrant."
        )
    return session


def test_who_was_there_finds_what_came_out_of_it(as_, ada, held):
    shared = make_member(make_organisation("Rimfrost"))
    make_next_step(held, shared, then_text="visa tåget först", sharing="group")
    make_next_step(held, ada, then_text="väga maten")
    page = read(as_(ada).get(page_of(held)))
    assert "Du var med" in page.text
    assert "5 av 5 har svarat" in page.text
    assert "ska vi visa tåget först" in page.text
    assert "Ditt nästa steg" in page.text
    assert "ska vi väga maten" in page.text
    assert "Ordagrant." not in page.text
    assert "Inget material delades från den här träffen." in page.text


def test_who_was_not_there_finds_the_material_and_no_answers(as_, bo, held):
    make_link(held, audience="partners")
    page = read(as_(bo).get(page_of(held)))
    assert "Bilder" in page.text
    assert not {"Det här kom fram", "Ditt nästa steg"} & set(page.texts("h2"))


def test_who_acts_for_nobody_any_more_reads_no_shared_steps(as_, ada, held):
    shared = make_member(make_organisation("Rimfrost"))
    make_next_step(held, shared, then_text="visa tåget först", sharing="group")
    Membership.objects.filter(person=ada).update(ended_at=timezone.now())
    assert "visa tåget först" not in as_(ada).get(page_of(held)).text


@pytest.mark.parametrize(
    ("status", "words"),
    [("present", "Du var med"), ("absent", "Du var inte med"), ("excused", "Du anmälde förhinder")],
)
def test_a_past_page_says_whether_one_was_there(as_, ada, status, words):
    session = make_session(in_days=-2)
    make_attendance(session, ada, status)
    page = as_(ada).get(page_of(session)).text
    assert words in page
    assert "date-tile past" in page


def test_a_place_nobody_noted_is_said_to_be_so(as_, ada, bo):
    session = make_session(in_days=-2)
    make_registration(session, ada)
    assert "Närvaron är inte noterad" in as_(ada).get(page_of(session)).text
    assert "Närvaron är inte noterad" not in as_(bo).get(page_of(session)).text


@pytest.mark.parametrize("rows", [1, 3])
def test_a_past_page_costs_the_same_however_much(as_, held, ada, rows, django_assert_num_queries):
    for _ in range(rows):
        make_link(held, audience="partners")
        make_next_step(held, make_member(make_organisation()), sharing="group")
    page = as_(ada)
    with django_assert_num_queries(12):
        page.get(page_of(held))
