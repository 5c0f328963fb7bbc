"""Pages where a coordinator takes in attendance lists."""

import pytest
from django.urls import reverse

from learning.intake import attendance_lists
from learning.models import Attendance
from partners.intake import kinds, partner_lists
from partners.models import Organisation, User
from tests.builders import make_import
from tests.reading import read

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


WHO_CAME = [
    "Namn;Organisation;E-post;Närvaro\n{};ja\n",
    "Namn;Organisation;E-post;Deltog\n{};x\n",
    "Namn;Organisation;E-post;2025-10-27;2025-11-03\n{};x;\n",
    "Namn;Organisation;E-post;tis 8/4\n{};x\n",
    "Få med fler 2025-10-27\n\nNamn;Organisation;E-post\n{}\n",
    "Lärandeträff 1\n\nNamn;Organisation;E-post\n{}\n",
    "Träff;Datum;Namn;Organisation;E-post\nFå med fler;2025-10-27;{}\n",
]
PARTNERS = [
    "Organisation;Organisationsnummer;Sektor;Kontaktperson;E-post\n"
    "Granit AB;556000-0001;Näringsliv;Eva Ek;eva@granit.example\n",
    "Organisation;Kontaktperson;E-post\nGranit AB;Eva Ek;eva@granit.example\n",
    "Organisation;Namn;E-post;Anslöt;Fokusområden\n"
    "Granit AB;Eva Ek;eva@granit.example;2024-01-31;Energi\n",
    "Partner 2025-10-27\n\nOrganisation;Kontaktperson;E-post\n"
    "Granit AB;Eva Ek;eva@granit.example\n",
]


@pytest.mark.parametrize(
    ("kind", "other", "text"),
    [
        *(("import_detail", "import_attendance", text) for text in WHO_CAME),
        *(("attendance_import", "import_partners", text) for text in PARTNERS),
    ],
)
def test_a_list_of_the_other_kind_is_asked_about_and_nothing_of_it_is_imported(
    as_, kim, kind, other, text
):
    client = as_(kim)
    key = "partners" if kind == "import_detail" else "attendance"
    batch = make_import(kim, text.format("Eva Ek;Granit AB;eva@granit.example"), key)
    page = client.get(reverse(kind, kwargs={"pk": batch.pk}))
    assert f'href="{reverse(other)}"' in page.text
    assert "Ska den ändå läsas som" in page.text

    apply = {"import_detail": "import_apply"}.get(kind, "attendance_import_apply")
    client.post(reverse(apply, kwargs={"pk": batch.pk}))
    assert not Organisation.objects.exists()
    assert not User.objects.filter(email="eva@granit.example").exists()

    client.post(reverse(kind, kwargs={"pk": batch.pk}), {"ask:kind": "yes"})
    batch.refresh_from_db()
    plan = {"partners": partner_lists, "attendance": attendance_lists}[key].plan(batch)
    assert not any(ask for ask in plan.asks if not ask.answer)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        *(("attendance", text) for text in WHO_CAME),
        *(("partners", text) for text in PARTNERS),
        ("partners", "Organisation;Namn;E-post\nGranit AB;Eva Ek;eva@granit.example\n"),
        ("attendance", "Namn;Organisation;E-post\nEva Ek;Granit AB;eva@granit.example\n"),
        ("partners", "Organisation;Orgnr;Sektor;Fokus;Deltog i starten\nGranit AB;;;Energi;ja\n"),
    ],
)
def test_a_list_of_the_right_kind_is_not_asked_about(kim, key, text):
    batch = make_import(kim, text.format("Eva Ek;Granit AB;eva@granit.example"), key)
    assert kinds.likelier(kinds.offered()[key == "attendance"], batch.table) is None


NO_HOURS = "Namn;E-post;2024-06-05;2024-06-12\nEva Ek;eva.ek@prov.example;x;x\n"


def fill_in(page, **typed):
    """What a browser posts of the page's form when *typed* is written into its fields."""
    fields = {e.attributes["name"]: "" for e in read(page).all("input", type="text")}
    return fields | read(page).values() | typed


def test_hours_for_all_that_are_not_understood_stay_with_an_error_and_are_spread_when_mended(
    as_, kim
):
    client = as_(kim)
    batch = make_import(kim, NO_HOURS, "attendance")
    address = reverse("attendance_import", kwargs={"pk": batch.pk})

    typed = fill_in(client.get(address), **{"list:start": "9", "list:end": "tolv"})
    page = client.post(address, typed, follow=True)
    assert 'value="tolv"' in page.text
    assert 'id="wrong-list-end"' in page.text
    assert "gemensamma tiderna" not in page.text, "half of them hold nowhere"
    assert "Dina ändringar är sparade." not in page.text

    client.post(address, fill_in(page, **{"list:end": "12:00"}))
    batch.refresh_from_db()
    drafts = attendance_lists.plan(batch).sessions.drafts.values()
    assert [(d.start, d.end, d.problem) for d in drafts] == [("09:00", "12:00", "")] * 2

    page = client.get(address)
    assert page.text.count("Här gäller de gemensamma tiderna: 09:00–12:00.") == 2
    client.post(address, fill_in(page, **{"list:start": "10"}))
    batch.refresh_from_db()
    drafts = attendance_lists.plan(batch).sessions.drafts.values()
    assert [d.start for d in drafts] == ["10:00", "10:00"]


def test_hours_of_one_session_that_are_not_understood_stay_with_an_error(as_, kim):
    client = as_(kim)
    batch = make_import(kim, NO_HOURS, "attendance")
    address = reverse("attendance_import", kwargs={"pk": batch.pk})
    page = client.post(address, {"session:0:2:start": "nio"}, follow=True)
    assert 'value="nio"' in page.text
    assert 'id="wrong-session-1-start"' in page.text
