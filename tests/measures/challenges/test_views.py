import pytest
from django.utils import timezone

from measures.challenges import keeping, promising_back
from measures.models import Challenge, CounterCommitment
from partners.models import FocusArea
from tests.builders import make_measure, make_organisation
from tests.promise_builders import (
    make_adoption,
    make_challenge,
    make_counter_commitment,
    make_period,
)
from tests.reading import read

pytestmark = pytest.mark.django_db


def a_full_challenge(number, partners=1):
    challenge = make_challenge(f"Utmaning {number}", meaning_sv="Vi byter till el.")
    for place in range(partners):
        organisation = make_organisation(f"Partner {number}-{place}")
        make_adoption(organisation, challenge)
        make_measure(organisation, challenge=challenge)
        make_counter_commitment(challenge, f"Löfte {place}")
    return challenge


@pytest.mark.parametrize("rows", [1, 3])
def test_everybody_reads_the_challenges(client, rows, django_assert_num_queries):
    for number in range(rows):
        a_full_challenge(number)
    with django_assert_num_queries(4):
        page = read(client.get("/utmaningar/"))
    assert "Antagen av 1 partner: Partner 0-0" in page.text
    assert "Löfte 0 · Umeå Energi · planerad" in page.text


@pytest.mark.parametrize("rows", [1, 3])
def test_a_challenge_has_a_page(client, rows, django_assert_num_queries):
    challenge = a_full_challenge(1, rows)
    with django_assert_num_queries(5):
        page = read(client.get(f"/utmaningar/{challenge.pk}/"))
    assert "Vi byter till el." in page.text
    assert "Partner 1-0" in page.text
    assert not page.texts("form")


def test_the_english_page_marks_what_is_swedish(client):
    a_full_challenge(1)
    response = client.get("/en/challenges/")
    assert 'lang="sv">Utmaning 1</a>' in response.content.decode()
    assert "Taken on by 1 partner" in read(response).text


def test_late_is_said_in_words(client):
    make_counter_commitment(due_on=timezone.localdate().replace(year=2020))
    assert "försenat" in read(client.get("/utmaningar/")).text


def test_with_no_challenge_the_page_says_what_to_do(client, as_, kim):
    assert "Ingen utmaning är skriven än." in read(client.get("/utmaningar/")).texts("h2")
    assert 'href="/utmaningar/ny/"' in as_(kim).get("/utmaningar/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_coordinators_keep_them(as_, kim, rows, django_assert_num_queries):
    for number in range(rows):
        a_full_challenge(number)
    client = as_(kim)
    with django_assert_num_queries(4):
        page = read(client.get("/utmaningar/skota/"))
    assert ("Flytta upp: Utmaning 1" in page.text) == (rows > 1)


def test_a_coordinator_adds_a_challenge(as_, kim):
    area = FocusArea.objects.get(key="food")
    data = {"focus_area": area.pk, "title_sv": " Mindre  matsvinn ", "meaning_sv": "Vi väger."}
    response = as_(kim).post("/utmaningar/ny/", data)
    made = Challenge.objects.get()
    assert response["Location"] == f"/utmaningar/{made.pk}/"
    assert (made.title_sv, made.focus_area) == ("Mindre matsvinn", area)


def test_what_is_wrong_stands_beside_the_field_and_what_was_typed_is_kept(as_, kim):
    make_challenge("Grön el")
    data = {"focus_area": FocusArea.objects.first().pk, "title_sv": "grön el", "meaning_sv": "Vi"}
    page = read(as_(kim).post("/utmaningar/ny/", data))
    assert page.faulty() == ["title_sv"]
    assert page.value("title_sv") == "grön el"


def test_the_second_who_edits_sees_both(as_, kim, lo):
    challenge = make_challenge("Grön el")
    facts = keeping.facts_of(challenge)
    keeping.change(challenge, facts | {"title_sv": "Förnybar el"}, version=1, by=lo)
    client = as_(kim)
    data = {"focus_area": challenge.focus_area_id, "title_sv": "Vindkraft", "version": "1"}
    page = read(client.post(f"/utmaningar/{challenge.pk}/andra/", data))
    assert "Lo Lind" in page.text
    assert ["Rubrik på svenska", "Förnybar el", "Vindkraft"] in page.rows()
    assert page.value("version") == "2"
    client.post(f"/utmaningar/{challenge.pk}/andra/", data | {"version": "2"})
    assert Challenge.objects.get().title_sv == "Vindkraft"


def test_a_promise_is_taken_away_and_undone(as_, kim):
    promise = make_counter_commitment()
    client = as_(kim)
    page = read(client.post(f"/utmaningar/motatagande/{promise.pk}/ta-bort/", follow=True))
    assert "Ångra" in page.text
    assert not CounterCommitment.objects.standing().exists()
    client.post(f"/utmaningar/motatagande/{promise.pk}/tillbaka/")
    assert CounterCommitment.objects.standing().exists()


def test_the_second_who_changes_a_promise_sees_both(as_, kim, lo):
    promise = make_counter_commitment(text="Laddplatser")
    facts = promising_back.facts_of(promise)
    promising_back.change(promise, facts | {"text_sv": "Tio laddplatser"}, version=1, by=lo)
    data = {"text_sv": "Fem", "owner": "Upab", "state": "planned", "version": "1"}
    page = read(as_(kim).post(f"/utmaningar/motatagande/{promise.pk}/", data))
    assert "Tio laddplatser" in page.text
    assert "Lo Lind" in page.text


def test_a_retired_challenge_says_so(client, bostaden):
    make_period()
    challenge = make_challenge(retired_at=timezone.now())
    make_adoption(bostaden, challenge)
    assert "antas inte längre" in read(client.get("/utmaningar/")).text
