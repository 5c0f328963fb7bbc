import pytest

from measures.models import ChallengeAdoption, OwnTarget, SharedReport
from partners.models import Membership
from tests.promise_builders import (
    make_adoption,
    make_challenge,
    make_letter_of_intent,
    make_period,
    make_shared_report,
)
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(bostaden):
    return f"/avsiktsforklaring/{bostaden.slug}/"


@pytest.mark.parametrize("rows", [1, 3])
def test_a_contact_person_reads_the_promise(
    as_, cai, bostaden, page, rows, django_assert_num_queries
):
    make_letter_of_intent(bostaden)
    for number in range(rows):
        make_adoption(bostaden, make_challenge(f"Antagen {number}"))
        make_challenge(f"Öppen {number}")
        make_shared_report(bostaden, 2020 + number)
    client = as_(cai)
    with django_assert_num_queries(11):
        found = read(client.get(page))
    assert f"{rows} av minst 5 utmaningar är antagna" in found.text
    assert "Berit Lind" in found.text
    assert len(found.texts("fieldset")) == 1


def test_a_member_reads_and_writes_nothing(as_, ada, bostaden, page):
    make_adoption(bostaden)
    make_challenge("Öppen")
    found = read(as_(ada).get(page))
    assert "Fossilfria leveranser" in found.text
    assert "Anta fler" not in found.text
    assert as_(ada).post(f"{page}anta/", {}).status_code == 403


def test_who_acts_for_several_chooses_for_which(as_, cai, bostaden, norrbyggen, page):
    assert as_(cai).get("/avsiktsforklaring/")["Location"] == page
    Membership.objects.create(person=cai, organisation=norrbyggen, role="contact_person")
    found = read(as_(cai).get("/avsiktsforklaring/"))
    assert {"Bostaden", "Norrbyggen"} <= set(found.texts("a"))


def test_several_are_taken_on_from_the_list(as_, cai, page):
    make_period()
    challenges = [make_challenge("A"), make_challenge("B")]
    data = {"challenge": [one.pk for one in challenges]}
    found = read(as_(cai).post(f"{page}anta/", data, follow=True))
    assert "Ni antar 2 utmaningar." in found.text
    assert ChallengeAdoption.objects.count() == 2
    assert "Kryssa för" in read(as_(cai).post(f"{page}anta/", {}, follow=True)).text


def test_a_challenge_is_dropped_for_a_reason_and_undone(as_, cai, bostaden):
    row = make_adoption(bostaden)
    client, address = as_(cai), f"/avsiktsforklaring/utmaning/{row.pk}/"
    assert read(client.post(f"{address}slapp/", {"reason": " "})).faulty() == ["reason"]
    found = read(client.post(f"{address}slapp/", {"reason": "Lagret är sålt."}, follow=True))
    assert "Ångra: Fossilfria leveranser" in found.text
    client.post(f"{address}angra/")
    row.refresh_from_db()
    assert row.state == "adopted"


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"reduction_percent": "1000 %", "target_year": "2040"}, ["reduction_percent"]),
        ({"reduction_percent": "50", "target_year": "2010"}, ["target_year"]),
        ({"reduction_percent": "50", "target_year": ""}, ["target_year"]),
        ({"reduction_percent": "", "target_year": "2040"}, ["reduction_percent"]),
        ({"mapped_year": "2090"}, ["mapped_year"]),
        ({"mapped_year": "24"}, ["mapped_year"]),
    ],
)
def test_what_is_odd_in_a_target_is_said_back(as_, cai, page, typed, fields):
    found = read(as_(cai).post(f"{page}mal/", typed))
    assert found.faulty() == fields
    assert {name: found.value(name) or "" for name in typed} == typed


def test_a_target_is_written_as_people_write(as_, cai, page):
    data = {"mapped_year": "2024", "reduction_percent": "ca 50 %", "target_year": "2040"}
    as_(cai).post(f"{page}mal/", data)
    found = OwnTarget.objects.get()
    assert (found.mapped_year, found.reduction_percent, found.target_year) == (2024, 50, 2040)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://a.example/x", "en rapport"])
def test_a_link_is_one_a_browser_opens(as_, cai, page, link):
    found = read(as_(cai).post(f"{page}rapport/", {"year": "2024", "link": link}))
    assert found.faulty() == ["link"]
    assert found.value("link") == link
    assert not SharedReport.objects.exists()


def test_a_report_is_shared_and_taken_away(as_, cai, page):
    client = as_(cai)
    client.post(f"{page}rapport/", {"year": "2024", "link": "bostaden.example/2024.pdf"})
    shared = SharedReport.objects.get()
    assert shared.link == "https://bostaden.example/2024.pdf"
    client.post(f"/avsiktsforklaring/rapport/{shared.pk}/ta-bort/")
    assert not SharedReport.objects.standing().exists()
