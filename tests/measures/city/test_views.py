import pytest
from django.utils import timezone

from measures.models import CityEmission, CityTarget
from tests.builders import make_emission, make_target
from tests.reading import read

pytestmark = pytest.mark.django_db

PASTE = "/utslapp/klistra-in/"


@pytest.mark.parametrize("rows", [1, 3])
def test_coordinators_see_what_is_written_and_by_whom(as_, kim, rows, django_assert_num_queries):
    for number in range(rows):
        make_emission(2020 + number, 250_000 - number, by=kim)
        make_target(2030 + number, 82_000, wording="Klimatneutralt", by=kim)
    client = as_(kim)
    with django_assert_num_queries(4):
        page = read(client.get("/utslapp/"))
    first, *_rest = page.part("section", "Utsläpp år för år").rows()
    assert first[0].startswith(f"{2019 + rows} ")
    assert first[4].startswith("Kim Krans, ")


def test_with_nothing_written_the_page_says_what_to_do(as_, kim):
    page = read(as_(kim).get("/utslapp/"))
    assert "Inget år har en siffra än." in page.texts("h3")


def test_a_year_is_added_changed_and_removed(as_, kim):
    client = as_(kim)
    year = {"year": "2024", "tonnes": "ca 236 kton", "source": "RUS", "published_on": "2026-10-15"}

    assert client.post("/utslapp/nytt-ar/", year).status_code == 302
    known = CityEmission.objects.get()
    assert (known.tonnes, known.published_on.isoformat()) == (236_000, "2026-10-15")

    client.post("/utslapp/ar/2024/", year | {"tonnes": "235 900"})
    assert CityEmission.objects.get().tonnes == 235_900

    page = client.post("/utslapp/ar/2024/ta-bort/", follow=True)
    assert "2024 är borttaget. Där stod 235 900 ton." in read(page).text
    assert not CityEmission.objects.exists()


def test_a_target_is_added_and_changed(as_, kim):
    client = as_(kim)
    target = {"year": "2030", "tonnes": "82 000", "source": "Planen", "wording": "Neutralt"}
    client.post("/utslapp/nytt-mal/", target)
    client.post("/utslapp/mal/2030/", target | {"year": "2031"})
    assert CityTarget.objects.get().year == 2031


@pytest.mark.parametrize(
    ("said", "faulty"),
    [
        ({"year": "2024"}, ["year"]),  # it is there already
        ({"year": "2099"}, ["year"]),
        ({"year": "snart"}, ["year"]),
        ({"tonnes": "-3"}, ["tonnes"]),
        ({"tonnes": "236,000"}, ["tonnes"]),
        ({"tonnes": "236 000 kg"}, ["tonnes"]),
        ({"tonnes": "9" * 40}, ["tonnes"]),
        ({"source": ""}, ["source"]),
        ({"published_on": "i höstas"}, ["published_on"]),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_kept(as_, kim, said, faulty):
    make_emission(2024, 5)
    data = {"year": "2023", "tonnes": "9", "source": "RUS"} | said
    answer = as_(kim).post("/utslapp/nytt-ar/", data)
    page = read(answer)
    assert (answer.status_code, page.faulty()) == (422, faulty)
    for name, value in said.items():
        assert (page.value(name) or "") == value


def test_what_a_paste_changes_is_shown_and_then_saved(as_, kim):
    make_emission(2023, 243_800)
    client = as_(kim)
    pasted = {"rows": "År\tkton\n2022\t249,1\n2023\t244\n2024\t–", "source": "RUS"}

    answer = client.post(PASTE, pasted)
    page = read(answer)

    assert answer.status_code == 200
    assert CityEmission.objects.count() == 1
    assert [[cell.replace("\u00a0", " ") for cell in row] for row in page.rows()] == [
        ["2022", "–uppgift saknas", "249 100", "läggs till"],
        ["2023", "243 800", "244 000", "byts ut"],
        ["2024", "–uppgift saknas", "–uppgift saknas", "blir en lucka"],
    ]
    assert "tusen ton" in page.text
    pasted |= {"seen": page.value("seen"), "then": "save"}
    assert "2 år är sparade." in client.post(PASTE, pasted, follow=True).text
    assert dict(CityEmission.objects.values_list("year", "tonnes")) == {
        2022: 249_100,
        2023: 244_000,
    }


def test_a_paste_that_is_not_understood_keeps_every_row(as_, kim):
    text = "2022\t249 100\n2023\t-5\nhej"
    answer = as_(kim).post(PASTE, {"rows": text, "source": "RUS", "then": "save"})
    page = read(answer)

    assert (answer.status_code, page.faulty()) == (422, ["rows"])
    assert "Rad 2: utsläpp kan inte vara negativa." in page.text
    assert "Rad 3: inget år." in page.text
    assert "249 100" in page.value("rows")
    assert not CityEmission.objects.exists()


def test_a_paste_of_a_hundred_bad_rows_tells_the_first(as_, kim):
    answer = as_(kim).post(PASTE, {"rows": "2024\tx\n" * 100, "source": "RUS"})
    assert "Och 90 rader till." in read(answer).text


def test_saving_without_having_seen_what_changes_shows_it(as_, kim):
    data = {"rows": "2024\t5", "source": "RUS", "then": "save", "seen": "x"}
    answer = as_(kim).post(PASTE, data)
    assert answer.status_code == 422
    assert read(answer).rows() == [["2024", "–uppgift saknas", "5", "läggs till"]]
    assert not CityEmission.objects.exists()


def test_a_paste_of_another_size_than_what_is_kept_is_asked_about_in_its_row(as_, kim):
    make_emission(2022, 249_100)
    data = {"rows": "2022 249,1", "source": "RUS"}

    refused = as_(kim).post(PASTE, data)
    page = read(refused)
    assert (refused.status_code, page.faulty()) == (422, ["rows"])
    assert (
        "Rad 1: 249,1 ton är långt från 249 100 ton år 2022. Rätta siffran, eller skriv ut enheten "
        "om den stämmer."
    ) in page.text.replace("\u00a0", " ")
    meant = as_(kim).post(PASTE, data | {"rows": "2022 249,1 ton"})
    assert meant.status_code == 200


def test_an_outcome_is_of_a_year_that_is_over_however_it_is_written(as_, kim):
    this_year = timezone.localdate().year
    one = {"tonnes": "9", "source": "RUS", "published_on": ""}
    for year, is_over in [(this_year, False), (this_year - 1, True)]:
        pasted = as_(kim).post(PASTE, {"rows": f"{year} 9", "source": "RUS"})
        assert (pasted.status_code == 200) is is_over
        assert ("är inte slut än" in read(pasted).text) is not is_over
        added = as_(kim).post("/utslapp/nytt-ar/", one | {"year": str(year)})
        assert (added.status_code == 302) is is_over
