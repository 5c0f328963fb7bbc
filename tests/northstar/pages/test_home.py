from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.models import Intention, RegistrationState, SurveyInvitation
from measures.models import Measure, MeasureStatus
from northstar.pages import home
from partners.models import Message, MessageState
from tests.builders import (
    make_attendance,
    make_measure,
    make_organisation,
    make_registration,
    make_session,
)
from tests.reading import read


def test_a_member_sees_their_own_place_and_what_is_open(as_, ada, bo):
    mine, full, late = make_session("Min"), make_session("Full", capacity=1), make_session("Sen")
    late.registration_opens_at = timezone.now() + timedelta(days=1)
    late.save()
    make_registration(mine, ada)
    make_registration(full, bo)
    page = read(as_(ada).get("/"))
    assert page.part("section", "Dina träffar").texts("h3") == ["Min"]
    still_open = page.part("section", "Öppna för anmälan")
    assert still_open.texts("h3") == ["Full"]
    assert "Fullt, med väntelista" in still_open.text


def test_a_place_given_back_is_not_shown(as_, ada):
    make_registration(make_session(), ada, RegistrationState.WITHDRAWN, withdrawn_at=timezone.now())
    own = read(as_(ada).get("/")).part("section", "Dina träffar")
    assert own.texts("h3") == ["Du är inte anmäld till någon träff."]


def test_a_member_sees_the_measures_of_their_organisation_and_which_are_old(
    as_, ada, bostaden, norrbyggen
):
    make_measure(bostaden, "Ny", published_at=None)
    old = make_measure(bostaden, "Gammal")
    Measure.objects.filter(pk=old.pk).update(updated_at=timezone.now() - timedelta(days=200))
    make_measure(bostaden, "Klar", status=MeasureStatus.COMPLETED)
    make_measure(norrbyggen, "Andras")
    listed = read(as_(ada).get("/")).part("section", "Det ni gör för klimatet")
    old_one, new_one = listed.texts("li")
    assert old_one.startswith("Gammal inte uppdaterad sedan")
    assert new_one == "Ny utkast planerad"


def test_a_member_sees_their_next_steps_and_surveys_not_those_of_others(as_, ada, bo):
    session = make_session(in_days=-2)
    for person in (ada, bo):
        Intention.objects.create(
            person=person, session=session, when_text="i maj", then_text=f"{person} byter el"
        )
        SurveyInvitation.objects.create(
            session=session,
            person=person,
            token_hash=str(person.pk),
            closes_at=timezone.now() + timedelta(days=5),
        )
    page = read(as_(ada).get("/"))
    steps = page.part("section", "Dina nästa steg").texts("li")
    assert steps == ["När i maj ska vi Ada Åström byter el"]
    assert len(page.part("section", "Fyra frågor om en träff du var på").texts("li")) == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_start_page_of_a_member_costs_the_same(
    as_, ada, bostaden, rows, django_assert_num_queries
):
    for _ in range(rows):
        make_registration(make_session(), ada)
        make_session()
        make_measure(bostaden)
    client = as_(ada)
    with django_assert_num_queries(9):
        client.get("/")


def test_a_project_lead_sees_what_is_to_run_and_what_is_left_to_do(as_, lo):
    make_session("Kommande")
    make_session("Utan närvaro", in_days=-2)
    make_session("Med närvaro", in_days=-3, attendance_taken_at=timezone.now())
    make_session("Utkast", published_at=None)
    page = read(as_(lo).get("/"))
    assert page.part("section", "Kommande träffar").texts("h3") == ["Kommande"]
    assert page.part("section", "Närvaron är inte noterad").texts("a") == ["Utan närvaro"]
    assert page.part("section", "Utkast").texts("a") == ["Utkast"]


def test_a_coordinator_sees_what_is_to_do(as_, kim, cai, ada, bo, bostaden, norrbyggen):
    make_attendance(make_session(in_days=-2), ada)
    make_attendance(make_session(in_days=-500, attendance_taken_at=timezone.now()), bo)
    Message.objects.create(
        key="k", recipient=ada, letter="x", language="sv", state=MessageState.FAILED
    )
    page = read(as_(kim).get("/"))
    not_invited, not_logged_in, without_contact, failed, without_attendance = page.part(
        "section", "Att göra"
    ).texts("li")
    assert not_invited.endswith(" 1")  # Cai; Norrbyggen has no contact person
    assert not_logged_in.endswith(" ingen")
    assert without_contact.endswith(" 1")
    assert failed.endswith(" 1")
    assert without_attendance.endswith(" 1")
    assert page.part("details", "1 partner har inte varit på någon träff på ett år").texts("a") == [
        norrbyggen.name
    ]
    assert reverse("people_list") in {link.attributes["href"] for link in page.all("a")}


def test_of_many_quiet_partners_the_first_are_named_and_the_file_has_all(as_, kim, monkeypatch):
    monkeypatch.setattr(home, "MANY", 1)
    for name in ("Ö", "A"):
        make_organisation(name)
    page = read(as_(kim).get("/"))
    quiet = page.part("details", "2 partner har inte varit på någon träff på ett år")
    assert quiet.texts("li") == ["A"]
    assert [link.attributes["href"].partition("?")[0] for link in quiet.all("a")][-1] == reverse(
        "participation_file", args=["xlsx"]
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_the_start_page_of_a_coordinator_costs_the_same(as_, kim, rows, django_assert_num_queries):
    for number in range(rows):
        make_organisation(f"Org {number}")
        make_session()
        make_session(in_days=-4)
    client = as_(kim)
    with django_assert_num_queries(12):
        client.get("/")
