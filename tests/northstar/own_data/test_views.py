"""The page and the file with all that the portal holds on oneself."""

import json
from datetime import datetime

import pytest
from django.core.cache import cache
from django.urls import reverse

from learning.models import BarrierObservation, BarrierType, Safety, SurveyAnswer, Usefulness
from northstar.own_data.holdings import HOLDINGS
from partners.limits import FETCHES_A_PERSON
from tests.builders import (
    make_attendance,
    make_enquiry,
    make_invitation,
    make_letter,
    make_mailing,
    make_measure,
    make_next_step,
    make_registration,
    make_session,
    make_survey,
)
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def life(ada, bo, kim, bostaden):
    """Something of most kinds about Ada, and what must not be told of others."""
    session = make_session("Budget som hjälper klimatet", in_days=-1)
    make_registration(session, ada)
    make_attendance(session, ada)
    make_next_step(session, ada)
    _, asked = make_survey(session, ada)
    SurveyAnswer.objects.create(
        invitation=asked, usefulness=Usefulness.NOT_NOW, safety=Safety.PARTLY
    )
    BarrierObservation.objects.create(
        session=session, person=ada, type=BarrierType.LOCK_IN, text="Ingen har mandat."
    )
    make_letter(ada, subject="Din plats är klar", text="Hej Ada.\n\nhttps://x/" + "a" * 43 + "/")
    make_letter(bo, subject="Bos hemlighet", decided_by=None)
    make_enquiry(email=ada.email, text="Kan vi vara med?")
    make_invitation(bo, bostaden, by=ada, name="Bo Berg")
    make_measure(bostaden, title="Verktygspoolen", created_by=ada)
    make_mailing(ada, subject_sv="Ny lokal")
    return session


def the_file(as_, person):
    response = as_(person).post(reverse("own_data_file"))
    assert response.status_code == 200
    return json.loads(response.content)


def test_the_page_tells_of_each_kind_and_for_what(as_, ada, life):
    text = read(as_(ada).get(reverse("own_data"))).text
    for words in ("Ditt konto", "Dina platser", "Var du var med", "Dina nästa steg", ada.email):
        assert words in text
    assert "för att fördela platserna" in text
    assert "Verktygspoolen" in text
    assert "Ny lokal" in text


def test_the_page_tells_neither_answers_nor_others(as_, ada, life):
    page = as_(ada).get(reverse("own_data")).text
    assert "besvarad" in page
    for words in ("Ingen har mandat", "Bo Berg", "Bos hemlighet", "Inte relevant"):
        assert words not in page


def test_the_page_is_in_english_too(as_, ada, life):
    ada.language = "en"
    ada.save()
    page = as_(ada).get("/en/account/data/").text
    assert "What the portal holds on you" in page
    assert "has a seat" in page.lower()


def test_the_file_holds_all_of_it_with_keys_in_english_and_moments_with_a_zone(as_, ada, life):
    found = the_file(as_, ada)
    holds = found["holds"]
    assert set(holds) == {one.key for one in HOLDINGS}
    assert holds["account"][0]["email"] == ada.email
    assert holds["enquiries"][0]["text"] == "Kan vi vara med?"
    assert holds["places"][0]["session"] == "Budget som hjälper klimatet"
    assert datetime.fromisoformat(holds["places"][0]["at"]).tzinfo is not None
    assert datetime.fromisoformat(found["made_at"]).tzinfo is not None
    assert "text" in holds["e_mails"][0]


def test_the_file_tells_neither_answers_nor_others_nor_what_opens_something(as_, ada, life):
    found = the_file(as_, ada)
    text = json.dumps(found, ensure_ascii=False)
    for words in ("Ingen har mandat", "not_now", "partly", "Bo Berg", "Bos hemlighet", "a" * 43):
        assert words not in text
    assert found["holds"]["surveys"][0].keys() >= {"session", "completed_at"}
    assert set(found["holds"]["barriers"][0]) == {"id", "at"}
    asked = found["holds"]["invitations"]
    assert [one["you"] for one in asked] == [["created_by"]], "she asked Bo, and is told no more"


def test_it_is_only_ones_own(as_, ada, bo, life):
    text = json.dumps(the_file(as_, bo), ensure_ascii=False)
    assert ada.email not in text
    assert ada.name not in text
    assert ada.name not in as_(bo).get(reverse("own_data")).text


def test_all_rows_of_a_kind_have_a_page(as_, ada):
    for number in range(60):
        make_letter(ada, subject=f"Mejl {number}")
    client = as_(ada)
    assert reverse("own_data_kind", args=["e_mails"]) in client.get(reverse("own_data")).text
    first = read(client.get(reverse("own_data_kind", args=["e_mails"]))).text
    last = read(client.get(reverse("own_data_kind", args=["e_mails"]) + "?page=2")).text
    assert "Mejl 59" in first
    assert "Mejl 0" in last


@pytest.mark.parametrize("kind", ["barriers", "answers"])
def test_a_kind_that_is_not_shown_has_none(as_, ada, kind):
    assert as_(ada).get(reverse("own_data_kind", args=[kind])).status_code == 404


def test_the_file_is_fetched_so_often_and_no_more(as_, ada):
    cache.clear()
    for _ in range(FETCHES_A_PERSON):
        the_file(as_, ada)
    page = as_(ada).post(reverse("own_data_file"), follow=True)
    assert "Försök igen om tio minuter" in page.text


def test_the_profile_leads_there(as_, ada):
    assert reverse("own_data") in as_(ada).get(reverse("profile")).text


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_page_and_file_cost_a_query_a_table(as_, ada, rows, django_assert_num_queries):
    for number in range(rows):
        session = make_session(f"Träff {number}", in_days=-1 - number)
        make_registration(session, ada)
        make_attendance(session, ada)
        make_next_step(session, ada)
        make_letter(ada, subject=f"Mejl {number}")
        make_survey(session, ada)
    client = as_(ada)
    assert len(HOLDINGS) == 51
    with django_assert_num_queries(51 + 2):
        client.get(reverse("own_data"))
    with django_assert_num_queries(51 + 11):
        client.post(reverse("own_data_file"))
