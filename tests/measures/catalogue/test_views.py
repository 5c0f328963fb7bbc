import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from measures.progress import reporting
from partners.models import FocusArea
from tests.builders import (
    make_emission,
    make_measure,
    make_member,
    make_organisation,
    make_session,
    make_target,
)
from tests.measures.progress.test_reporting import a_report
from tests.reading import read

pytestmark = pytest.mark.django_db


def address(measure):
    return f"/atgarder/{measure.pk}/"


def test_the_list_has_what_is_published_and_ones_own_drafts(client, as_, ada, bostaden, norrbyggen):
    make_measure(bostaden, "Öppen")
    make_measure(bostaden, "Eget utkast", published_at=None)
    make_measure(norrbyggen, "Andras utkast", published_at=None)
    assert [m.title for m in client.get("/atgarder/").context["page"]] == ["Öppen"]
    page = as_(ada).get("/atgarder/")
    assert {m.title for m in page.context["page"]} == {"Öppen", "Eget utkast"}
    assert "2 åtgärder, varav 1 utkast, sorterade efter" in read(page).text


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("q=solCELL", ["Solceller"]),
        ("status=idea", ["Idé"]),
        ("ours=on", ["Solceller"]),
        ("area=energy", ["Idé"]),
        ("q=%00", ["Idé", "Solceller"]),
        ("area=nowhere&page=99999999999", ["Idé", "Solceller"]),
        ("q=inget", []),
    ],
)
def test_filters(as_, ada, bostaden, norrbyggen, query, titles):
    make_measure(bostaden, "Solceller", focus_area=FocusArea.objects.get(key="mobility"))
    make_measure(norrbyggen, "Idé", status="idea", focus_area=FocusArea.objects.get(key="energy"))
    page = as_(ada).get(f"/atgarder/?{query}").context["page"]
    assert sorted(m.title for m in page) == titles


def test_a_fragment_is_the_results_alone(client, bostaden):
    make_measure(bostaden)
    page = client.get("/atgarder/", headers={"HX-Request": "true"}).content.decode()
    assert 'id="measure-results"' in page
    assert "<html" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long(as_, ada, rows, django_assert_num_queries):
    for number in range(rows):
        organisation = make_organisation(f"Org {number}")
        make_member(organisation)
        make_measure(organisation)
    client = as_(ada)
    client.get("/atgarder/")  # whoever comes first has the figures worked out
    with django_assert_num_queries(10):
        client.get("/atgarder/")


def test_measures_are_found_by_their_organisation_as_people_write_it(client, db):
    buss, energi = make_organisation("Umeå buss"), make_organisation("Umeå energi")
    ours = make_measure(buss)
    make_measure(energi)

    def found(text):
        answer = client.get("/atgarder/", {"organisation": text})
        return list(answer.context["page"]), read(answer)

    for text in (buss.slug, "umeå buss", "buss"):
        measures, page = found(text)
        assert measures == [ours]
        assert page.value("organisation") in ("Umeå buss", text)
    both, page = found("Umeå")
    assert len(both) == 2
    assert page.faulty() == ["organisation"]
    assert "Umeå buss, Umeå energi" in page.text


@pytest.mark.parametrize("rows", [1, 3])
def test_a_measure_costs_the_same_however_much_is_told(
    as_, ada, bostaden, rows, django_assert_num_queries
):
    measure = make_measure(bostaden)
    for number in range(rows):
        reporting.report_progress(
            measure, a_report(text=f"Nytt {number}"), {"sub_optimisation": "x"}, by=ada
        )
    client = as_(ada)
    with django_assert_num_queries(7):
        client.get(address(measure))


def test_the_public_reads_no_barriers_and_no_names(client, ada, bostaden):
    measure = make_measure(bostaden)
    reporting.report_progress(measure, a_report(), {"sub_optimisation": "Hemligt"}, by=ada)
    page = client.get(address(measure)).content.decode()
    assert "Allt är på plats." in page
    assert "Hemligt" not in page
    assert ada.name not in page


def test_the_session_it_grew_out_of_is_named_to_those_who_may_know(client, as_, bo, bostaden):
    measure = make_measure(bostaden, origin_session=make_session("Sluten träff"))
    assert "Sluten träff" not in client.get(address(measure)).content.decode()
    assert "Sluten träff" in as_(bo).get(address(measure)).content.decode()


def test_the_files_hold_what_the_list_shows(client, as_, ada, bostaden):
    make_measure(bostaden, "=1+1", start_on=date(2026, 1, 2))
    make_measure(bostaden, "Utan siffra", reduction_t=None)
    make_measure(bostaden, "Utkast", published_at=None)
    text = b"".join(client.get("/atgarder/fil.csv").streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [row[0] for row in rows[1:]] == ["'=1+1", "Utan siffra"]
    assert [row[7] for row in rows[1:]] == ["12,5", ""]

    response = as_(ada).get("/atgarder/fil.xlsx?q=utkast")
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    assert [row[0].value for row in book.worksheets[0].iter_rows(min_row=2)] == ["Utkast"]
    assert book.worksheets[0]["H2"].value == 12.5
    assert len(book.worksheets) == 2
    assert client.get("/atgarder/fil.pdf").status_code == 404


def test_a_measure_shows_its_effect_as_it_was_given(client, bostaden, ada):
    measure = make_measure(bostaden, reduction_t=Decimal("12.345"), method="estimated")
    told = a_report(reduction_t=Decimal("1234.5"), method="estimated")
    reporting.report_progress(measure, told, {}, by=ada)
    page = client.get(f"/atgarder/{measure.pk}/").content.decode()
    assert "<strong>12,345</strong>" in page
    assert "<strong>1\u00a0234,5</strong>" in page


def test_the_list_says_first_what_all_of_it_gives(client, bostaden, norrbyggen):
    make_measure(bostaden, reduction_t="1370.2")
    make_measure(norrbyggen, reduction_t=None)
    make_measure(norrbyggen, reduction_t=None, status="idea")
    page = read(client.get("/atgarder/"))
    (lead,) = page.texts("p", **{"class": "lead"})
    assert lead == (
        "3 åtgärder från 2 organisationer. "
        "De väntas minska utsläppen med cirka 1 400 ton per år (1 200–\u20601 600)."
    )
    assert "1 av 2 åtgärder har en siffra." in page.text
    assert "Därutöver är 1 åtgärd en idé, pausad eller avbruten och räknas inte." in page.text
    assert "3 åtgärder sorterade efter väntad effekt, störst först" in page.text
    assert [row[3] for row in page.part("section", "Alla åtgärder").rows()] == [
        "1 370,2 ton",
        "ingen siffra än",
        "ingen siffra än",
    ]


def test_the_way_and_the_parts_stand_before_the_list(client, bostaden, time_machine):
    time_machine.move_to("2026-11-30 09:00+01:00", tick=False)
    for year, tonnes in [(1990, 412_000), (2024, 236_000)]:
        make_emission(year, tonnes)
    make_target(2030, 82_000)
    make_measure(bostaden, reduction_t="1200", start_on=date(2026, 1, 1))
    make_measure(bostaden, reduction_t="300", start_on=None)
    page = read(client.get("/atgarder/"))
    headings = page.texts("h2")
    assert headings[0] == "Vägen till klimatneutralitet"
    assert headings[1].endswith("väntas ge mest")
    assert headings.index("Alla åtgärder") == 2
    way = page.part("section", "Vägen till klimatneutralitet")
    assert "Till målet 2030 återstår 154 000 ton." in way.text
    assert next(way.all("svg", role="img")).attributes["aria-label"].startswith("Utsläpp i Umeå")
    assert "1 åtgärd med en siffra saknar startdatum och räknas inte mot målet." in page.text


def test_without_figures_of_the_city_the_way_says_so(client, bostaden):
    make_measure(bostaden)
    way = read(client.get("/atgarder/")).part("section", "Vägen till klimatneutralitet")
    assert "finns inte här än" in way.text
    assert list(way.all("svg")) == []


def test_each_filter_is_a_pill_that_can_be_taken_away(as_, ada, bostaden):
    make_measure(bostaden, "Solceller")
    page = read(as_(ada).get("/atgarder/?q=sol&status=planned&ours=on&sort=-name&page=2"))
    (pills,) = page.all("nav", **{"aria-label": "Valda filter"})
    taken = {link.text: link.attributes["href"] for link in pills.all("a")}
    assert taken == {
        "Ta bort filtret Läge: planerad ×": "/atgarder/?q=sol&ours=on&sort=-name",
        "Ta bort filtret Bara våra egna ×": "/atgarder/?q=sol&status=planned&sort=-name",
    }
    assert "Filtrera (2)" in page.texts("summary")


def test_the_heads_of_columns_sort_and_keep_what_is_looked_for(client, bostaden):
    make_measure(bostaden, "Solceller")
    page = read(client.get("/atgarder/?q=sol"))
    sorting = [e for e in page.all("th") if "aria-sort" in e.attributes]
    assert [(e.text, e.attributes["aria-sort"]) for e in sorting] == [
        ("Väntat per år ↓", "descending")
    ]
    links = [link.attributes["href"] for head in page.all("thead") for link in head.all("a")]
    assert links[0] == "?q=sol&sort=name"
    assert len(links) == 6


def test_nothing_found_says_which_word_and_what_now(client, bostaden):
    make_measure(bostaden)
    page = read(client.get("/atgarder/?q=xyzzy&status=idea"))
    found = page.part("section", "Ingen åtgärd innehåller ”xyzzy”.")
    assert "Ta bort ett filter" in found.text
    page = read(client.get("/atgarder/?status=idea"))
    assert "Ingen åtgärd passar alla filter." in page.text


def test_one_rule_for_the_figure_and_clock_times_on_the_same_day(
    client, as_, ada, bostaden, time_machine
):
    time_machine.move_to("2026-11-30 09:00+01:00", tick=False)
    measure = make_measure(bostaden, reduction_t=Decimal(12))
    for hour, tonnes in ((10, "2"), (11, "10")):
        time_machine.move_to(f"2026-11-30 {hour}:00+01:00", tick=False)
        told = a_report(reduction_t=Decimal(tonnes), text=f"Klockan {hour}", status="paused")
        reporting.report_progress(measure, told, {}, by=ada)
    time_machine.move_to("2026-12-01 10:00+01:00", tick=False)
    reporting.no_news(measure, by=ada)
    page = read(client.get(address(measure)))
    effect = page.part("section", "83 % av det förväntade är uppnått")
    assert effect.texts("strong") == ["12", "10"]
    assert page.texts("time") == [
        "1 december 2026",
        "30 november 2026, 11.00",
        "30 november 2026, 10.00",
    ]
    assert "Skillnad: −2,0." in page.text
    assert "–" not in effect.texts("strong")


def test_what_nobody_has_reported_is_a_line_with_the_way_to_tell(client, as_, ada, bostaden):
    measure = make_measure(bostaden)
    line = "Ingen uppnådd effekt är rapporterad än."
    assert line in read(client.get(address(measure))).texts("p")
    assert f"{line} Rapportera läget" in read(as_(ada).get(address(measure))).texts("p")


def test_the_effect_is_drawn_as_a_range_until_there_is_an_outcome(client, ada, bostaden):
    measure = make_measure(bostaden, reduction_t=Decimal(16), method="estimated")
    page = read(client.get(address(measure)))
    (ticks,) = page.all("p", **{"class": "chart-ticks"})
    assert ticks.texts("span") == ["0", "10", "20", "30"]
    reporting.report_progress(measure, a_report(reduction_t=Decimal(4)), {}, by=ada)
    context = client.get(address(measure)).context
    assert (context["range_chart"], context["effect_chart"].achieved.width) == (None, "250")


def test_what_is_rare_stands_behind_more(as_, ada, bostaden):
    page = read(as_(ada).get(address(make_measure(bostaden))))
    more = page.part("details", "Mer")
    assert more.texts("button") + more.texts("a") == ["Inget nytt", "Avpublicera"]


def test_coordinators_come_from_the_list_to_the_reminders(as_, kim, ada):
    link = f'href="{reverse("measure_reminders")}"'
    assert link in as_(kim).get("/atgarder/").text
    assert link not in as_(ada).get("/atgarder/").text
