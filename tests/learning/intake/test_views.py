"""Pages where a coordinator takes in attendance lists."""

import pytest
from django.urls import reverse

from learning.intake import attendance_lists
from learning.models import Attendance
from partners.models import Organisation, User
from tests.builders import make_import

TWO_SESSIONS = (
    "Namn;E-post;Organisation;2024-06-05 kl 9-12;2024-06-12 kl 9-12\n"
    "Eva Ek;eva.ek@prov.example;Prov Granit AB;x;x\n"
)
TWO_ROWS = (
    "Namn;E-post;Organisation;2024-06-05 kl 9-12\n"
    "Eva Ek;eva.ek@prov.example;Prov Granit AB;x\n"
    "Eva Ek;eva.ek@prov.example;Prov Granit AB;x\n"
)
WALK_INS = (
    "Namn;E-post;Organisation;2024-06-05 kl 9-12;2024-06-12 kl 9-12\n"
    "Drop-in:;;;;\n"
    "Eva Ek;eva.ek@prov.example;Prov Granit AB;x;x\n"
)


@pytest.mark.parametrize(
    ("text", "seen"), [(TWO_SESSIONS, 2), (TWO_ROWS, 1), (WALK_INS, 2)], ids=["2", "twice", "new"]
)
def test_a_new_organisation_of_somebody_who_stands_twice_is_decided_and_imported(
    as_, kim, text, seen
):
    client = as_(kim)
    batch = make_import(kim, text, "attendance")
    page = reverse("attendance_import", kwargs={"pk": batch.pk})

    assert client.post(page, {"organisation:prov granit ab": "new"}).status_code == 302
    assert client.get(page).status_code == 200
    client.post(reverse("attendance_import_apply", kwargs={"pk": batch.pk}))

    assert Organisation.objects.get().status == "prospect"
    assert User.objects.get(email="eva.ek@prov.example").memberships.count() == 1
    assert Attendance.objects.count() == seen


def test_a_decision_that_cannot_be_carried_out_is_refused_and_the_page_lives(as_, kim, monkeypatch):
    client = as_(kim)
    batch = make_import(kim, TWO_SESSIONS, "attendance")
    page = reverse("attendance_import", kwargs={"pk": batch.pk})
    plan = attendance_lists.plan

    def plan_that_trips(batch):
        if batch.decisions.get("organisations"):
            raise TypeError("unhashable")
        return plan(batch)

    monkeypatch.setattr(attendance_lists, "plan", plan_that_trips)
    answer = client.post(page, {"organisation:prov granit ab": "new"}, follow=True)

    assert answer.status_code == 200
    assert "kan inte genomföras" in answer.text
    batch.refresh_from_db()
    assert batch.decisions == {}


def test_a_list_that_cannot_be_imported_is_refused_and_keeps_nothing(as_, kim, monkeypatch):
    client = as_(kim)
    batch = make_import(kim, TWO_SESSIONS, "attendance")

    def save_half(*_rows):
        raise RuntimeError("half way")

    monkeypatch.setattr(attendance_lists.waitlist, "seat_as_held", save_half)
    answer = client.post(
        reverse("attendance_import_apply", kwargs={"pk": batch.pk}),
        {"organisation:prov granit ab": "new"},
        follow=True,
    )

    assert answer.status_code == 200
    assert "kan inte genomföras" in answer.text
    assert not User.objects.filter(email="eva.ek@prov.example").exists()
    assert not Organisation.objects.exists()
    batch.refresh_from_db()
    assert batch.decisions == {}
    assert batch.applied_at is None
