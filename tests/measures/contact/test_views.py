"""Notes of contacts, and what the reasons of the Monday list count."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from measures.models import STANDARD_POINTS, CallPoints, ContactNote
from tests.promise_builders import make_contact_note
from tests.reading import read

SOON = (timezone.localdate() + timedelta(days=2)).isoformat()


@pytest.fixture
def notes(as_, kim, bostaden):
    return as_(kim), reverse("contact_notes", args=[bostaden.slug])


def test_a_note_is_written_and_read_with_who_and_when(notes, kim):
    client, address = notes
    today = timezone.localdate()
    said = {"on": today, "line": "Ringde Cai", "next_on": today + timedelta(days=7)}
    assert client.post(address, said).status_code == 302
    page = read(client.get(address))
    (row,) = page.all("li", **{"class": "todo"})
    assert row.text.startswith("Ringde Cai")
    assert "Kim Krans" in row.text
    assert "allmänna handlingar" in page.text


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"line": ""}, "Skriv vad som sades, på en rad."),
        ({"on": ""}, "Skriv dagen."),
        (
            {"on": (timezone.localdate() + timedelta(days=2)).isoformat()},
            "Dagen har inte kommit än.",
        ),
        ({"next_on": "2020-01-01"}, "Välj en dag efter anteckningens dag."),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_the_rest_kept(notes, said, refused):
    client, address = notes
    answer = client.post(address, {"on": "2026-11-02", "line": "Ringde Cai"} | said)
    assert answer.status_code == 422
    assert refused in read(answer).text
    assert said.get("line") == "" or "Ringde Cai" in answer.content.decode()
    assert not ContactNote.objects.exists()


def test_a_note_is_taken_away(notes, bostaden, kim):
    client, address = notes
    noted = make_contact_note(bostaden, by=kim, line="Fel partner")
    client.post(reverse("contact_note_remove", args=[noted.pk]))
    assert "Fel partner" not in read(client.get(address)).text


def test_notes_are_on_the_time_line_of_coordinators_and_in_no_copy(as_, kim, cai, bostaden):
    make_contact_note(bostaden, by=kim, line="Ny chef i mars")
    page = reverse("partner_detail", args=[bostaden.slug])
    copy = reverse("partner_story", args=[bostaden.slug])
    assert "Kontakt: Ny chef i mars" in read(as_(kim).get(page)).text
    assert "Ny chef" not in read(as_(kim).get(copy)).text
    assert "Ny chef" not in read(as_(cai).get(page)).text


def test_points_are_seen_and_changed(as_, kim):
    client, address = as_(kim), reverse("monday_points")
    assert 'value="5"' in client.get(address).content.decode()
    assert client.post(address, {**STANDARD_POINTS, "no_contact": "9"}).status_code == 302
    assert CallPoints.objects.by_reason()["no_contact"] == 9
    refused = client.post(address, {**STANDARD_POINTS, "no_contact": "101"})
    assert refused.status_code == 422


@pytest.mark.parametrize("rows", [1, 3])
def test_the_notes_cost_the_same(notes, bostaden, rows, django_assert_num_queries):
    client, address = notes
    for _ in range(rows):
        make_contact_note(bostaden)
    with django_assert_num_queries(4):
        client.get(address)
