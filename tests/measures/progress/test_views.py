import pytest

from tests.builders import make_measure
from tests.reading import read

pytestmark = pytest.mark.django_db


def address(measure, what=""):
    return f"/atgarder/{measure.pk}/{what}"


def test_progress_is_told_and_shown_beside_the_plan(as_, client, ada, bostaden):
    measure = make_measure(bostaden, reduction_t="12.5")
    told = {
        "status": "completed",
        "text": "Klart",
        "reduction_t": "10",
        "method": "measured",
        "has_sub_optimisation": "on",
    }
    assert as_(ada).post(address(measure, "rapportera/"), told).status_code == 302
    context = client.get(address(measure)).context
    assert context["difference"] == -2.5
    assert context["percent"] == 80
    measure.refresh_from_db()
    assert measure.status == "completed"


def report(client, measure, **said):
    told = {"status": "in_progress", "text": "Nu", "method": "measured"} | said
    return client.post(address(measure, "rapportera/"), told)


def test_a_figure_far_from_the_expected_is_asked_about_once(as_, ada, bostaden):
    measure = make_measure(bostaden, reduction_t="49.4")
    client = as_(ada)
    answer = report(client, measure, reduction_t="2,5 kton")
    assert answer.status_code == 422
    page = read(answer)
    assert page.faulty() == ["sure"]
    assert "2 500 ton CO₂e per år, 51 gånger så mycket som förväntat (49,4)" in page.text
    assert (page.value("reduction_t"), page.value("text")) == ("2,5 kton", "Nu")
    assert page.value("sure") is None
    (box,) = page.all("input", name="sure")
    assert not measure.reports.exists()
    sure = box.attributes["value"]
    # The tick holds for that figure alone, and stays while something else is put right.
    other = read(report(client, measure, reduction_t="3 kton", sure=sure))
    assert (other.faulty(), other.value("sure")) == (["sure"], None)
    other = read(report(client, measure, reduction_t="2,5 kton", sure=sure, text=""))
    assert (other.faulty(), other.value("sure")) == (["text"], sure)
    assert report(client, measure, reduction_t="2,5 kton", sure=sure).status_code == 302
    assert measure.reports.get().reduction_t == 2500


@pytest.mark.parametrize(
    ("expected", "status", "written", "asked"),
    [
        ("50", "in_progress", "499", False),
        ("50", "in_progress", "500", True),
        ("50", "in_progress", "5", False),
        ("50", "completed", "5", True),
        ("50", "completed", "5,1", False),
        (None, "completed", "5000", False),
        ("0", "completed", "5000", False),
    ],
)
def test_what_is_far_is_ten_times_or_when_done_a_tenth(
    as_, ada, bostaden, expected, status, written, asked
):
    method = "calculated" if expected else "not_quantified"
    measure = make_measure(bostaden, reduction_t=expected, method=method)
    answer = report(as_(ada), measure, status=status, reduction_t=written)
    assert (answer.status_code == 422) == asked
    if asked and status == "completed":
        assert "högst en tiondel av det förväntade (50)" in read(answer).text


def test_nothing_new_is_one_press_and_leads_back(as_, ada, bo, bostaden):
    measure = make_measure(bostaden)
    where = address(measure, "inget-nytt/")
    answer = as_(ada).post(where, {"back": address(measure)})
    assert answer["Location"] == address(measure)
    assert measure.reports.get().created_by == ada
    assert as_(ada).post(where)["Location"] == "/"
    assert as_(ada).post(where, {"back": "https://other.example/"})["Location"] == "/"
    assert as_(bo).post(where).status_code == 403
    assert measure.reports.count() == 1


def test_nothing_new_can_be_undone_where_it_was_pressed_and_on_the_measure(
    as_, bo, ada, bostaden, time_machine
):
    time_machine.move_to("2026-11-30 09:00+01:00", tick=False)
    measure = make_measure(bostaden)
    client, undo = as_(ada), address(measure, "inget-nytt/angra/")
    page = read(client.post(address(measure, "inget-nytt/"), follow=True))
    (bar,) = page.all("section", **{"class": "undo"})
    assert "Du kan ångra dig till kl. 09.15" in bar.text
    assert page.values()["report"] == str(measure.reports.get().pk)
    assert list(read(client.get("/")).all("section", **{"class": "undo"})) == []
    own = read(client.get(address(measure)))
    assert len(list(own.all("section", **{"class": "undo"}))) == 1
    assert list(read(as_(bo).get(address(measure))).all("section", **{"class": "undo"})) == []
    assert as_(bo).post(undo).status_code == 403

    sent = {"report": own.values()["report"], "back": address(measure)}
    page = read(as_(ada).post(undo, sent, follow=True))
    assert "Det är ångrat." in page.text
    assert list(page.all("section", **{"class": "undo"})) == []
    assert not measure.reports.exists()


def test_on_the_page_of_the_measure_there_is_one_bar(as_, ada, bostaden):
    measure = make_measure(bostaden)
    where = address(measure, "inget-nytt/")
    page = read(as_(ada).post(where, {"back": address(measure)}, follow=True))
    assert len(list(page.all("section", **{"class": "undo"}))) == 1


def test_the_report_chooses_no_way_of_knowing_beforehand(as_, ada, bostaden):
    page = read(as_(ada).get(address(make_measure(bostaden), "rapportera/")))
    assert page.value("method") is None
    assert page.value("status") == "planned"


def test_a_figure_without_a_method_asks_beside_the_choices(as_, ada, bostaden):
    measure = make_measure(bostaden)
    answer = report(as_(ada), measure, reduction_t="5", method="")
    assert read(answer).faulty() == ["method"]


def test_a_report_says_the_effect_back_before_it_is_saved(as_, ada, bostaden):
    measure = make_measure(bostaden, reduction_t="20")
    said = {"reduction_t": "12,5", "text": "", "then": "count"}
    answer = report(as_(ada), measure, **said)
    page = read(answer)
    assert answer.status_code == 200
    assert "12,5 ton CO₂e mindre per år" in page.part("section", "Så har vi förstått er").text
    assert (page.faulty(), page.value("reduction_t")) == ([], "12,5")
    page = read(report(as_(ada), measure, **said | {"method": ""}))
    assert page.faulty() == ["method"]
    assert "Välj hur ni vet siffran" in page.part("section", "Så har vi förstått er").text
    assert not measure.reports.exists()


def test_the_panel_of_a_report_is_a_fragment_and_keeps_nothing(as_, ada, bostaden):
    measure = make_measure(bostaden)
    told = {"status": "in_progress", "text": "Nu", "method": "not_quantified"}
    where = address(measure, "rapportera/")
    answer = as_(ada).post(where, told, headers={"HX-Request": "true"})
    page = read(answer)
    assert "Ingen siffra den här gången." in page.text
    assert (list(page.all("html")), list(page.all(id="autosaved"))) == ([], [])
    assert not measure.reports.exists()
