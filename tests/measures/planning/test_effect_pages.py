"""The page of the effect, and what is saved while somebody writes."""

import pytest
from django.utils import timezone

from measures.models import Measure
from tests.builders import make_measure
from tests.measures.planning.sending import HTMX, counted, part
from tests.reading import read

pytestmark = pytest.mark.django_db


# The effect


def test_nothing_is_chosen_where_nobody_has_said_how_it_is_known(as_, ada, bostaden):
    page = read(as_(ada).get(part(make_measure(bostaden, reduction_t=None), "effekt")))
    assert page.value("method") is None
    assert "Välj hur ni vet det" in page.part("section", "Så har vi förstått er").text


def understood(client, measure, htmx=False, **fields):
    headers = HTMX if htmx else {}
    then = {} if htmx else {"then": "count"}
    answer = client.post(part(measure, "effekt"), counted(**fields) | then, headers=headers)
    return answer, read(answer).part("section", "Så har vi förstått er")


@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize(
    ("written", "method", "said"),
    [
        ("2 kton", "calculated", "2 000 ton CO₂e mindre per år"),
        ("ca 12,500 ton CO2", "estimated", "Troligen 8,8–16 ton."),
        ("17", "measured", "Ni har mätt hur mycket mindre som släpps ut."),
        ("17", "", "Välj hur ni vet siffran"),
        ("17", "not_quantified", "Välj hur ni vet siffran"),
        ("", "measured", "Skriv effekten i siffror"),
        ("", "not_quantified", "räknas inte med i summorna"),
        ("300 g", "measured", "”g” är ingen enhet för det här fältet."),
        ("500 kg", "measured", "Ange effekten i ton"),
        ("1.000 ton", "measured", "Menar du 1000 eller 1,0? Skriv det du menar."),
        ("5 miljoner", "measured", "mer än hela staden"),
    ],
)
def test_the_effect_is_said_back_before_it_is_saved(
    as_, ada, bostaden, htmx, written, method, said
):
    measure = make_measure(bostaden, reduction_t=None)
    answer, panel = understood(as_(ada), measure, htmx, reduction_t=written, method=method)
    assert said in panel.text
    assert ("<html" in answer.content.decode()) != htmx
    assert Measure.objects.get().version == 1


def test_what_is_unlikely_is_asked_about_in_the_panel(as_, ada, bostaden):
    measure = make_measure(bostaden)  # 12.5 tonnes, and published
    client = as_(ada)
    _answer, panel = understood(client, measure, htmx=True, reduction_t="1,5 kton")
    said = "1 500 ton CO₂e per år, 120 gånger så mycket som den siffra som är publicerad (12,5)"
    assert said in panel.text
    (box,) = panel.all("input", name="sure")
    _answer, panel = understood(
        client, measure, htmx=True, reduction_t="1,5 kton", sure=box.attributes["value"]
    )
    assert said not in panel.text


@pytest.mark.parametrize(
    ("written", "tonnes"),
    [
        ("12,5", 12.5),
        ("1 200", 1200),
        ("1\u00a0200,5", 1200.5),
        ("ca 8", 8),
        ("8 ton", 8),
    ],
)
def test_figures_are_read_the_way_people_write_them(as_, ada, bostaden, written, tonnes):
    measure = make_measure(bostaden, reduction_t=None)
    page = as_(ada).post(part(measure, "effekt"), counted(reduction_t=written), follow=True)
    assert Measure.objects.get().reduction_t == tonnes
    assert "Sparat. Förväntad effekt:" in read(page).text


def test_what_was_saved_while_somebody_wrote_is_nothing_to_compare_with(as_, ada, bostaden):
    draft = make_measure(bostaden, published_at=None, reduction_t=None)
    client, edit = as_(ada), part(draft, "effekt")
    client.post(edit, counted(reduction_t="1"), headers=HTMX)
    assert Measure.objects.get().reduction_t == 1
    _answer, panel = understood(client, draft, htmx=True, reduction_t="1 200", version="2")
    assert not list(panel.all("input", name="sure"))
    assert "gånger" not in panel.text
    assert "1 200 ton" in panel.text.replace("\u00a0", " ")
    assert client.post(edit, counted(reduction_t="12 000", version="3")).status_code == 302
    assert Measure.objects.get().reduction_t == 12_000


@pytest.mark.parametrize("expected", [None, "12.5"])
def test_nought_is_asked_about_once(as_, ada, bostaden, expected):
    measure = make_measure(bostaden, reduction_t=expected)
    client, edit = as_(ada), part(measure, "effekt")
    page = read(client.post(edit, counted(reduction_t="0,0")))
    assert page.faulty() == ["sure"]
    assert "0 betyder att åtgärden inte minskar utsläppen" in page.text
    assert "Ja, siffran stämmer: 0" not in page.text
    assert client.post(edit, counted(reduction_t="0,0", sure="0")).status_code == 302
    assert Measure.objects.get().reduction_t == 0


def test_a_figure_is_not_said_to_be_optional_where_no_figure_is_a_choice(as_, ada, bostaden):
    measure = make_measure(bostaden)
    for where in (part(measure, "effekt"), f"/atgarder/{measure.pk}/rapportera/"):
        page = read(as_(ada).get(where))
        for name in ("Förväntad effekt", "Uppnådd effekt"):
            assert f"{name}, ton CO₂e per år (frivilligt)" not in page.text


def test_no_figure_is_an_answer(as_, ada, bostaden):
    measure = make_measure(bostaden)
    as_(ada).post(part(measure, "effekt"), counted(reduction_t="", method="not_quantified"))
    assert Measure.objects.get().reduction_t is None


def test_ten_times_what_was_saved_is_asked_about_once(as_, ada, bostaden):
    measure = make_measure(bostaden)  # 12.5 tonnes
    client, edit = as_(ada), part(measure, "effekt")
    page = read(client.post(edit, counted(reduction_t="1,5 kton")))
    assert page.faulty() == ["sure"]
    (box,) = page.all("input", name="sure")
    sure = counted(reduction_t="1,5 kton", sure=box.attributes["value"])
    assert client.post(edit, sure).status_code == 302
    measure.refresh_from_db()
    assert measure.reduction_t == 1500
    # Much less than before is somebody's correction.
    assert client.post(edit, counted(reduction_t="1", version="2")).status_code == 302


def test_the_tick_is_no_difference_between_two_who_change_at_once(as_, ada, cai, bostaden):
    measure = make_measure(bostaden)
    edit = part(measure, "effekt")
    as_(cai).post(edit, counted(reduction_t="14"))
    answer = as_(ada).post(edit, counted(reduction_t="1 500", sure="1500"))
    assert answer.status_code == 422
    assert "Ja, siffran stämmer" not in [row[0] for row in read(answer).rows()]
    assert read(answer).value("sure") == "1500"


# Saved while somebody writes


def test_a_draft_is_saved_while_somebody_writes(as_, ada, bostaden, time_machine):
    time_machine.move_to("2026-11-30 14:32+01:00", tick=False)
    draft = make_measure(bostaden, published_at=None)
    answer = as_(ada).post(
        part(draft, "beskrivning"), {"description": "Halv", "version": "1"}, headers=HTMX
    )
    page = read(answer)
    assert "Sparat kl. 14.32" in page.text.replace("\u00a0", " ")
    assert "<html" not in answer.content.decode()
    assert page.value("version") == "2"
    draft.refresh_from_db()
    assert draft.description == "Halv"


def test_the_effect_of_a_draft_is_saved_with_what_was_understood(as_, ada, bostaden):
    draft = make_measure(bostaden, published_at=None, reduction_t=None)
    _answer, panel = understood(as_(ada), draft, htmx=True, reduction_t="17")
    assert "Sparat kl." in panel.text
    assert panel.value("version") == "2"
    assert Measure.objects.get().reduction_t == 17


def test_what_is_wrong_or_changed_meanwhile_is_said_and_not_saved(as_, ada, cai, bostaden):
    draft = make_measure(bostaden, published_at=None)
    answer = as_(ada).post(part(draft, "lage"), {"status": "x", "version": "1"}, headers=HTMX)
    assert "Inte sparat än: något behöver rättas först." in read(answer).text
    as_(cai).post(part(draft, "lage"), {"status": "idea", "version": "1"})
    late = {"status": "paused", "version": "1"}
    answer = as_(ada).post(part(draft, "lage"), late, headers=HTMX)
    assert "någon annan har ändrat åtgärden" in read(answer).text
    assert Measure.objects.get().status == "idea"


def test_what_is_public_changes_only_when_somebody_saves(as_, ada, bostaden):
    measure = make_measure(bostaden, published_at=timezone.now())
    edit = part(measure, "beskrivning")
    as_(ada).post(edit, {"description": "Halv", "version": "1"}, headers=HTMX)
    assert Measure.objects.get().description == ""
    assert "hx-post" not in as_(ada).get(edit).content.decode().partition("<main")[2]
