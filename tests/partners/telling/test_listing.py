"""Who leads and who pays: added, changed, put in order, removed, each with a picture."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse

from northstar.context import Kept
from partners.models import Funder, Leader
from partners.telling import listing
from tests.builders import PICTURE, make_funder, make_leader
from tests.reading import read

pytestmark = pytest.mark.django_db


def names(kind=Leader):
    return list(kind.objects.in_order().values_list("name", flat=True))


def picture(content=PICTURE, name="karin.png"):
    return SimpleUploadedFile(name, content, "image/png")


def test_a_new_one_stands_last_and_a_second_click_adds_nobody(kim):
    make_leader(kim, "Först")
    facts = {"name": "Karin Lund", "role_sv": "projektledare"}
    made = listing.add(Leader, facts, by=kim)
    assert listing.add(Leader, facts, by=kim) == made
    assert names() == ["Först", "Karin Lund"]


def test_a_row_moves_to_its_place_and_the_others_keep_their_order(kim):
    rows = [make_leader(kim, name) for name in "ABCD"]
    for place, order in ((1, "DABC"), (3, "ABDC"), (99, "ABCD"), (0, "DABC")):
        listing.move(rows[3], place, by=kim)
        assert "".join(names()) == order


def test_what_is_removed_is_gone(as_, kim):
    leader = make_leader(kim)
    answer = as_(kim).post(reverse("leader_remove", args=[leader.pk]), follow=True)
    assert "Karin Lund står inte längre i listan." in answer.text
    assert names() == []


def test_from_the_form_to_the_page_of_the_project(as_, kim, client):
    said = {
        "name": "Karin Lund",
        "organisation": "RISE",
        "role_sv": "samordnar träffarna",
        "asks_sv": "lärandeträffarna",
        "phone": "090 16 00 00",
        "upload": picture(),
        "picture_alt_sv": "Porträtt av Karin Lund",
    }
    assert as_(kim).post(reverse("leader_add"), said).status_code == 302
    leader = Leader.objects.get()
    assert (leader.picture_type, leader.created_by) == ("image/png", kim)
    client.logout()
    shown = client.get(reverse("project")).text
    assert "samordnar träffarna, RISE" in shown
    assert "Fråga om lärandeträffarna" in shown
    assert 'href="tel:+4690160000"' in shown
    assert 'alt="Porträtt av Karin Lund"' in shown
    sent = client.get(reverse("leader_picture", args=[leader.pk]))
    assert (sent.content, sent["Content-Type"]) == (PICTURE, "image/png")


def test_a_portrait_needs_its_words(as_, kim):
    answer = as_(kim).post(reverse("leader_add"), {"name": "Karin Lund", "upload": picture()})
    assert answer.status_code == 422
    assert "Skriv med ord vad bilden visar" in answer.text
    with pytest.raises(IntegrityError):
        make_leader(kim, picture=PICTURE, picture_type="image/png")


def test_an_emblem_may_say_nothing(as_, kim):
    assert (
        as_(kim).post(reverse("funder_add"), {"name": "EU", "upload": picture()}).status_code == 302
    )
    assert Funder.objects.get().picture_type == "image/png"


def test_a_picture_is_taken_away_and_is_kept_where_nothing_is_said_of_it(as_, kim):
    leader = make_leader(kim, picture=PICTURE, picture_type="image/png", picture_alt_sv="Karin")
    client, address = as_(kim), reverse("leader_edit", args=[leader.pk])
    client.post(address, {"name": "Karin Ek", "picture_alt_sv": "Karin"})
    leader.refresh_from_db()
    assert (leader.name, bytes(leader.picture)) == ("Karin Ek", PICTURE)
    client.post(address, {"name": "Karin Ek", "without_picture": "on"})
    leader.refresh_from_db()
    assert (leader.picture, leader.picture_type) == (None, "")
    assert client.get(reverse("leader_picture", args=[leader.pk])).status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "x.svg", "PNG, JPEG"),
        (b"<html>", "karin.png", "PNG, JPEG"),
        (b"%PDF-1.7", "karin.png", "PNG, JPEG"),
        (PICTURE + b"0" * 300_000, "karin.png", "större än 300 kB"),
    ],
)
def test_what_is_no_small_picture_is_refused(as_, kim, content, name, said):
    given = {"name": "Karin Lund", "upload": picture(content, name), "picture_alt_sv": "Karin"}
    answer = as_(kim).post(reverse("leader_add"), given)
    assert answer.status_code == 422
    assert said in answer.text


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("leader", {"name": "", "email": "karin"}),
        ("leader", {"name": "å" * 300}),
        ("funder", {"name": "", "link": "javascript:alert(1)"}),
        ("funder", {"name": "å" * 300}),
    ],
)
def test_a_form_with_faults_is_refused_and_keeps_what_was_typed(as_, kim, kind, said):
    answer = as_(kim).post(reverse(f"{kind}_add"), said)
    assert answer.status_code == 422
    assert (read(answer).value("name") or "") == said["name"]
    assert not Leader.objects.exists()
    assert not Funder.objects.exists()


@pytest.mark.parametrize("kind", ["leader", "funder"])
def test_a_list_costs_the_same_queries_for_one_row_and_three(
    as_, kim, kind, django_assert_num_queries
):
    make = {"leader": make_leader, "funder": make_funder}[kind]
    client = as_(kim)
    for name in ("A", "B", "C"):
        make(kim, name)
        with django_assert_num_queries(3):
            client.get(reverse(f"{kind}s"))


def test_the_foot_says_who_pays_and_names_a_person(as_, kim, monkeypatch):
    make_leader(kim, "Utan Adress")
    make_leader(kim, "Karin Lund", email="karin@granit.example", phone="090-16 00 00")
    make_funder(kim, "Net Zero Cities", sentence_sv="Betalt av NZC.", link="https://nzc.example/")
    make_funder(kim, "Tyst", sentence_sv="")
    monkeypatch.setattr("northstar.context.kept", Kept())
    shown = as_(kim).get(reverse("privacy")).text
    foot = shown[shown.index("<footer") :]
    assert "Karin Lund" in foot
    assert 'href="tel:+4690160000"' in foot
    assert foot.count("Betalt av NZC.") == 2, "once on the page and once on paper"
    assert "Tyst" not in foot


def test_the_foot_is_asked_for_once_a_minute(kim, django_assert_num_queries):
    kept = Kept()
    with django_assert_num_queries(2):
        kept.now()
    make_funder(kim)
    with django_assert_num_queries(0):
        assert kept.now().thanks == ()
    kept.until = 0
    assert [one.name for one in kept.now().thanks] == ["Net Zero Cities"]
