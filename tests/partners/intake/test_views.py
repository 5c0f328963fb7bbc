"""Pages where a coordinator takes in lists."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from partners.models import ImportBatch, Organisation, User
from tests.builders import make_import
from tests.reading import read

DATA = Path(__file__).parents[2] / "data"


def test_upload_preview_correct_and_apply(as_, kim):
    client = as_(kim)
    upload = SimpleUploadedFile("../../partners.xlsx", (DATA / "partners.xlsx").read_bytes())
    response = client.post(reverse("import_partners"), {"file": upload}, follow=True)
    page = response.content.decode()
    assert "Holmön Konsult AB" in page
    assert not Organisation.objects.exists()
    batch = ImportBatch.objects.get()
    assert batch.file_name == "partners.xlsx"

    answer = {"cell:0-36:email": "ola.nordstrom@holmon-konsult-ab.example"}
    client.post(reverse("import_detail", kwargs={"pk": batch.pk}), answer)
    apply = reverse("import_apply", kwargs={"pk": batch.pk})
    for _click in range(2):
        assert client.post(apply).status_code == 302

    assert Organisation.objects.partners().count() == 56
    assert User.objects.filter(email="ola.nordstrom@holmon-konsult-ab.example").exists()
    batch.refresh_from_db()
    assert batch.result["organisations"] == 56


def test_the_same_file_again_says_that_nothing_would_change(as_, kim):
    client = as_(kim)
    for _time in range(2):
        upload = SimpleUploadedFile("partners.xlsx", (DATA / "partners.xlsx").read_bytes())
        client.post(reverse("import_partners"), {"file": upload})
        batch = ImportBatch.objects.latest("pk")
        if _time == 0:
            client.post(reverse("import_apply", kwargs={"pk": batch.pk}))
    with translation.override("en"):
        address = reverse("import_detail", kwargs={"pk": batch.pk})
    page = client.get(address).content.decode()
    assert "This file has been imported before" in page
    assert "would change nothing" in page


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.4", b"<html></html>", b'Namn;Mejl\n"', b"\x00" * 99]
)
def test_a_bad_file_is_refused_beside_its_field(as_, kim, data):
    response = as_(kim).post(
        reverse("import_partners"), {"file": SimpleUploadedFile("lista.xlsx", data)}
    )
    assert response.status_code == 422
    assert read(response).faulty() == ["file"]
    assert not ImportBatch.objects.exists()


def test_a_decision_makes_two_spellings_one_organisation(as_, kim, bostaden):
    client = as_(kim)
    batch = make_import(kim, "Organisation;E-post\nBostadenn;a@b.example\n")
    detail = reverse("import_detail", kwargs={"pk": batch.pk})
    assert "1 rad behöver ett beslut" in client.get(detail).text

    client.post(detail, {"organisation:bostadenn": str(bostaden.pk)})
    client.post(reverse("import_apply", kwargs={"pk": batch.pk}))

    assert Organisation.objects.get() == bostaden
    assert bostaden.aliases.get().folded == "bostadenn"


def test_a_number_that_may_be_a_persons_is_not_kept(kim):
    batch = make_import(kim, "Organisation;Orgnr\nÅsas Bod;900101-1234\n")
    assert "1234" not in str(batch.table)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("method", "page", "queries"), [("get", "import_detail", 11), ("post", "import_apply", 27)]
)
def test_preview_and_applying_cost_the_same_however_long(
    as_, kim, rows, method, page, queries, django_assert_num_queries
):
    lines = "".join(f"Bolag {n} AB;info@b{n}.example\n" for n in range(rows))
    batch = make_import(kim, f"Organisation;E-post\n{lines}")
    ask = getattr(as_(kim), method)
    with django_assert_num_queries(queries):
        ask(reverse(page, kwargs={"pk": batch.pk}))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_lists_costs_the_same_however_long(as_, kim, rows, django_assert_num_queries):
    for _row in range(rows):
        make_import(kim)
    client = as_(kim)
    with django_assert_num_queries(4):
        client.get(reverse("import_list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_an_attendance_preview_costs_the_same(as_, kim, rows, django_assert_num_queries):
    lines = "".join(f"Person {n};p{n}@b.example;x\n" for n in range(rows))
    batch = make_import(kim, f"Namn;E-post;2024-02-07 kl. 9-12\n{lines}", "attendance")
    client = as_(kim)
    with django_assert_num_queries(13):
        client.get(reverse("attendance_import", kwargs={"pk": batch.pk}))


TO_DECIDE = (
    "Organisation;E-post\nBostadenn;a@b.example\nGranit AB;b@b.example\nTegs AB;c@b.example\n"
)


def test_rows_that_need_a_decision_are_shown_first_and_importing_is_always_within_reach(
    as_, kim, bostaden
):
    batch = make_import(kim, TO_DECIDE)
    client = as_(kim)
    detail = reverse("import_detail", kwargs={"pk": batch.pk})
    page = client.get(detail)
    assert [line.title for line in page.context["page"]] == ["Bostadenn"]
    assert page.text.count("Importera listan") == 2
    assert [line.title for line in client.get(detail, {"show": "all"}).context["page"]] == [
        "Bostadenn",
        "Granit AB",
        "Tegs AB",
    ]
    assert ("new", "nya", 2) in page.context["counts"]


def test_after_an_import_an_open_decision_can_still_be_taken_and_imported(as_, kim, bostaden):
    batch = make_import(kim, TO_DECIDE)
    client = as_(kim)
    detail = reverse("import_detail", kwargs={"pk": batch.pk})
    client.post(reverse("import_apply", kwargs={"pk": batch.pk}))
    page = client.get(detail).text
    assert "1 rad väntar på ditt beslut" in page
    assert "Importera listan" in page
    assert "inte ändra något" not in page

    client.post(
        reverse("import_apply", kwargs={"pk": batch.pk}), {"named:bostadenn": bostaden.name}
    )
    page = client.get(detail).text
    assert bostaden.aliases.get().folded == "bostadenn"
    assert "väntar på ditt beslut" not in page
    assert "Importera listan" not in page
    assert "kan inte ångras" in page


def test_a_name_no_organisation_has_is_said_and_nothing_else_is_lost(as_, kim, bostaden):
    batch = make_import(kim, TO_DECIDE)
    said = {"named:bostadenn": "Okänd AB", "cell:0-3:email": "ny@b.example"}
    page = as_(kim).post(reverse("import_detail", kwargs={"pk": batch.pk}), said, follow=True)
    assert "Okänd AB" in page.text
    batch.refresh_from_db()
    assert batch.decisions == {"cells": {"0-3": {"email": "ny@b.example"}}}


def test_organisations_are_named_once_on_the_page_however_many_rows_ask(as_, kim, bostaden):
    rows = "".join(f"{name};a@b.example\n" for name in ("Bostadenn", "Bostade", "Bostadena"))
    batch = make_import(kim, f"Organisation;E-post\n{rows}")
    page = as_(kim).get(reverse("import_detail", kwargs={"pk": batch.pk})).text
    assert page.count(f'<option value="{bostaden.name}">') == 1


def test_a_list_that_was_not_imported_can_be_removed_and_another_cannot(as_, kim):
    client = as_(kim)
    batch, applied = make_import(kim), make_import(kim, "Organisation;E-post\nTegs;t@b.example\n")
    client.post(reverse("import_apply", kwargs={"pk": applied.pk}))
    assert client.get(reverse("import_list")).text.count("Ta bort") == 1

    for pk in (batch.pk, applied.pk):
        client.post(reverse("import_remove", kwargs={"pk": pk}))
    assert [b.pk for b in ImportBatch.objects.all()] == [applied.pk]
    assert client.post(reverse("import_remove", kwargs={"pk": batch.pk})).status_code == 404


def test_a_list_of_which_every_row_waits_is_not_imported_and_its_page_says_so(as_, kim, bostaden):
    batch = make_import(kim, "Organisation;E-post\nBostadenn;a@b.example\n")
    page = as_(kim).post(reverse("import_apply", kwargs={"pk": batch.pk}), follow=True).text
    assert "Ingenting importerades. 1 rad väntar på ditt beslut." in page
    assert "Listan är importerad" not in page
    batch.refresh_from_db()
    assert batch.applied_at is None


def test_a_list_in_which_nothing_is_new_says_that_nothing_was_imported(as_, kim, bostaden):
    batch = make_import(kim, f"Organisation;Orgnr\n{bostaden.name};\n")
    page = as_(kim).post(reverse("import_apply", kwargs={"pk": batch.pk}), follow=True).text
    assert "Ingenting importerades: inget i listan är nytt." in page


def test_what_was_not_added_is_not_listed(as_, kim):
    batch = make_import(kim, "Organisation\nGranit AB\nTegs AB\n")
    page = as_(kim).post(reverse("import_apply", kwargs={"pk": batch.pk}), follow=True).text
    assert "2 organisationer lades till" in page
    assert "0 personer" not in page


def test_rows_and_columns_that_are_not_read_are_said_with_the_reason(kim, as_):
    rows = [f"{name} AB;Näringsliv;nötter;elbil" for name in ("Granit", "Alm", "Björk", "Lönn")]
    rows += [";;skaldjur;gul bil", "Uppdaterad i mars;;;", "Summa;1;;"]
    text = "\n".join(["Organisation;Sektor;Allergier;Bra att veta", *rows, ""])
    page = as_(kim).get(reverse("import_detail", args=[make_import(kim, text).pk])).text

    assert (
        "Portalen behöver inte de här kolumnerna, så de läses och sparas inte: Allergier." in page
    )
    assert (
        "De här kolumnerna gick inte att förstå, så de läses och sparas inte: Bra att veta." in page
    )
    for row in ("Rad 6: har inget i de kolumner som läses", "Rad 7: en anteckning – Uppdaterad",
                "Rad 8: räknar de andra – Summa"):  # fmt: skip
        assert row in page
    assert "<details open>" in page


def test_a_list_kept_before_reasons_were_told_is_still_shown(kim, as_):
    batch = make_import(kim, "Organisation;Sektor\nGranit AB;Näringsliv\n")
    batch.table["sheets"][0] |= {"left_out": [[3, "Uppdaterad"]], "not_read": ["Kost"]}
    del batch.table["sheets"][0]["needless"], batch.table["sheets"][0]["repeated"]
    batch.save()
    assert "Rad 3: en anteckning" in as_(kim).get(reverse("import_detail", args=[batch.pk])).text
