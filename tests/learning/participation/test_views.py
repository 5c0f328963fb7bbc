"""The pages and files of the participation report, as a coordinator opens them."""

import csv
import io
import re
from dataclasses import replace
from datetime import datetime
from html import unescape

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from learning.participation import views
from learning.participation.report import DEFINITIONS, Reach
from tests.builders import (
    make_attendance,
    make_member,
    make_organisation,
    make_registration,
    make_session,
)
from tests.reading import read

YEAR = "start=2024-01-01&end=2024-12-31"


@pytest.fixture
def spring(ada, bo):
    """One session in 2024 with Ada registered and present, and Bo registered and not noted."""
    start = timezone.make_aware(datetime(2024, 2, 7, 9))
    session = make_session(starts_at=start, published_at=start, title="=Budget; som hjälper")
    make_registration(session, ada)
    make_registration(session, bo)
    make_attendance(session, ada)
    return session


@pytest.fixture
def coordinator(as_, kim):
    return as_(kim)


def get(client, name, query="", **arguments):
    return client.get(f"{reverse(name, kwargs=arguments or None)}?{query}")


def read_csv(response):
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content, newline=""), delimiter=";"))


@pytest.mark.parametrize("by", ["", "organisation", "sector", "series", "session"])
def test_every_figure_opens_as_many_rows_as_it_says(coordinator, spring, by):
    page = get(coordinator, "participation", f"{YEAR}&by={by}&more=1").content.decode()
    links = re.findall(r'href="([^"]+counted=[^"]+)">(\d+)<span', page)
    assert len(links) > 8
    for address, figure in links:
        rows = coordinator.get(unescape(address))
        assert rows.status_code == 200
        counted = len(read(rows).rows())
        assert counted == int(figure) or "counted=attended" in address


def test_a_name_among_the_rows_leads_to_that_person(coordinator, spring, ada, bo):
    page = read(get(coordinator, "participation_rows", YEAR))
    led = {link.attributes["href"] for name in page.all("th") for link in name.all("a")}
    assert led == {reverse("person_edit", args=[person.pk]) for person in (ada, bo)}


def test_the_page_says_what_is_counted(coordinator, spring):
    page = read(get(coordinator, "participation", YEAR))
    (total,) = page.all("tfoot")
    assert total.texts("td")[0] == "2 Anmälda, Totalt"
    facts = page.part("details", "Vad som räknas och hur")
    told = dict(zip(facts.texts("dt"), facts.texts("dd"), strict=True))
    assert len(told) == 14
    queued = "De som fortfarande står i kö för en plats. De ingår inte i Anmälda."
    assert told["I kö"] == queued
    assert all(told.values())


@pytest.mark.parametrize("ending", ["", "csv", "xlsx"])
def test_who_sent_word_is_told_as_part_of_those_who_did_not_come(coordinator, spring, ending):
    if not ending:
        page = read(get(coordinator, "participation", f"{YEAR}&more=1"))
        heads = page.part("section", "Per organisation").texts("th", scope="col")
        assert "Varav anmälde förhinder" in heads
        assert "Kom inte" in heads
        return
    if ending == "csv":
        names = list(read_csv(get(coordinator, "participation_file", YEAR, ending="csv"))[0])
    else:
        response = get(coordinator, "participation_file", YEAR, ending="xlsx")
        book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
        response.close()
        names = [cell.value for cell in book.worksheets[0][1]]
    whole = names.index("Kom inte")
    assert names[whole + 1] == "Varav anmälde förhinder"
    assert {"Kom inte", "Varav anmälde förhinder"} <= {str(term) for term, _text in DEFINITIONS}


def test_a_period_without_sessions_says_which_was_the_nearest(coordinator, spring):
    page = get(coordinator, "participation", "start=2024-07-01&end=2024-08-31")
    assert "7 februari 2024" in page.content.decode()


@pytest.mark.parametrize("name", ["participation_file", "participation_rows_file"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_no_empty_file_is_made(coordinator, spring, name, ending):
    response = get(coordinator, name, "start=2024-07-01&end=2024-08-31", ending=ending)
    assert response.status_code == 302
    assert "start=2024-07-01" in response["Location"]


@pytest.mark.parametrize("name", ["participation_file", "participation_rows_file"])
def test_there_is_no_other_ending(coordinator, spring, name):
    answer = get(coordinator, name, YEAR, ending="html")
    assert answer.status_code == 404
    assert read(answer).texts("h1") == ["Sidan finns inte"]
    assert "Content-Disposition" not in answer


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("start=2024-12-31&end=2024-01-01", ["end"]),
        ("start=x", ["start"]),
        ("end=9999-12-31", ["end"]),
        ("by=colour", []),  # a field nobody sees
    ],
)
def test_a_period_that_makes_no_sense_is_refused_beside_the_field(coordinator, query, wrong):
    response = get(coordinator, "participation", query)
    assert response.status_code == 422
    page = read(response)
    assert page.faulty() == wrong
    assert "Ladda ner" not in page.text
    for name in ("participation_rows", "participation_file", "participation_rows_file"):
        arguments = {"ending": "csv"} if "file" in name else {}
        assert get(coordinator, name, query, **arguments).status_code == 302


@pytest.mark.parametrize("by", ["organisation", "sector", "series", "session"])
def test_a_row_that_is_not_there_is_not_found(coordinator, spring, by):
    for key in ("0", "x'--"):
        response = get(coordinator, "participation_rows", f"{YEAR}&by={by}&key={key}")
        assert response.status_code == 404
        assert read(response).texts("h1") == ["Sidan finns inte"]


def test_the_csv_holds_what_the_page_shows(coordinator, spring):
    response = get(coordinator, "participation_file", f"{YEAR}&by=session", ending="csv")
    assert 'filename="deltagande_2024-01-01_2024-12-31.csv"' in response["Content-Disposition"]
    rows = read_csv(response)
    assert [list(row.values())[:5] for row in rows] == [
        ["2024-02-07", "'=Budget; som hjälper", "1", "2", "1"],
        ["", "Totalt", "1", "2", "1"],
    ]


def test_the_workbook_holds_the_figures_and_says_how_they_were_counted(coordinator, spring):
    response = get(coordinator, "participation_file", YEAR, ending="xlsx")
    content = b"".join(response.streaming_content)
    response.close()
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert len(book.sheetnames) == 3
    figures, about, unseen = book
    assert [cell.value for cell in figures[2]][:4] == ["Bostaden", 1, 1, 1]
    told = {row[0].value: row[1].value for row in about.iter_rows(min_row=2)}
    assert "2024-01-01" in told["Period"]
    assert len(told) > 15
    assert unseen["A2"].value == "Norrbyggen"


def test_the_rows_file_is_the_rows_and_nothing_about_food(coordinator, spring):
    rows = read_csv(get(coordinator, "participation_rows_file", YEAR, ending="csv"))
    assert [(row["Person"], row["Organisation"]) for row in rows] == [
        ("Ada Åström", "Bostaden"),
        ("Bo Berg", "Norrbyggen"),
    ]
    assert len(rows[0]) == 10


def test_the_rows_workbook_names_its_filter(coordinator, spring, bostaden):
    query = f"{YEAR}&by=organisation&key={bostaden.pk}&counted=registered"
    response = get(coordinator, "participation_rows_file", query, ending="xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    response.close()
    rows, about = book
    assert rows.max_row == 2
    assert "Bostaden" in [row[1].value.split(",")[0] for row in about.iter_rows(min_row=2)]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_cost_the_same_however_long(coordinator, rows, django_assert_num_queries):
    for number in range(rows):
        session = make_session(in_days=-1 - number)
        make_attendance(session, make_member(make_organisation()))
        make_member(make_organisation("Tyst"), role="contact_person")
    year = timezone.localdate().year
    query = f"start={year - 1}-01-01&end={year}-12-31"
    with django_assert_num_queries(8):  # login 2, report 4, the year before, by month
        get(coordinator, "participation", query)
    with django_assert_num_queries(6):  # login 2, sessions, how many, organisations, rows
        get(coordinator, "participation_rows", query)


def test_all_rows_are_reached_a_page_at_a_time(coordinator, spring, monkeypatch):
    monkeypatch.setattr(views, "ROWS_A_PAGE", 1)
    seen = []
    for number in (1, 2):
        answer = get(coordinator, "participation_rows", f"{YEAR}&page={number}")
        page = read(answer)
        (row,) = page.all("tbody")
        seen += row.texts("th")
        assert f"Rad {number}–{number} av 2" in page.text
        assert answer.context["query"] == YEAR, "the files have all pages"
    assert seen == ["Ada Åström", "Bo Berg"]


def test_figures_are_paged_and_their_total_stays(coordinator, spring, monkeypatch):
    monkeypatch.setattr(views, "FIGURES_A_PAGE", 1)
    names = []
    for number in (1, 2):
        answer = get(coordinator, "participation", f"{YEAR}&page={number}")
        names += [line.row.name for line in answer.context["lines"]]
        (total,) = read(answer).all("tfoot")
        assert total.texts("td")[0] == "2 Anmälda, Totalt"
    assert names == ["Bostaden", "Norrbyggen"]


def test_the_first_partners_not_seen_are_shown_and_the_file_has_all(
    coordinator, spring, monkeypatch
):
    make_organisation("Tyst")
    monkeypatch.setattr(views, "UNSEEN", 1)
    answer = get(coordinator, "participation", YEAR)
    assert [item.organisation.name for item in answer.context["unseen"]] == ["Norrbyggen"]
    page = read(answer)
    assert "2 partner var inte med under perioden" in page.text
    assert "De första 1 visas. Excelfilen har alla." in page.text


def figures(answer):
    """The strip of figures on top, as text."""
    (strip,) = read(answer).all("ul", **{"class": "figures"})
    return strip.text


def test_the_page_begins_with_the_figures_beside_those_of_a_year_before(coordinator, spring, cai):
    before = timezone.make_aware(datetime(2023, 2, 7, 9))
    earlier = make_session(starts_at=before, published_at=before)
    make_attendance(earlier, cai)
    make_attendance(earlier, make_member(make_organisation("Fler")))
    answer = get(coordinator, "participation", YEAR)
    assert "↓ 1 färre än året före" in figures(answer)
    assert "jämfört med året före" in answer.content.decode()
    (change,) = [answer.context["changes"]["attended"]]
    assert (change.now, change.then, change.by, change.is_more) == (1, 2, 1, False)


def test_without_a_year_before_nothing_is_compared(coordinator, spring):
    answer = get(coordinator, "participation", YEAR)
    assert answer.context["changes"] == {}
    assert "året före" not in figures(answer)


def test_nothing_is_quiet_and_no_link(coordinator, spring):
    page = read(get(coordinator, "participation", YEAR))
    cells = [cell for row in page.all("tbody") for cell in row.all("td") if cell.text == "0"]
    assert cells
    assert not any(list(cell.all("a")) for cell in cells)


@pytest.mark.parametrize(
    ("sort", "first"),
    [("", "Bostaden"), ("name", "Bostaden"), ("-name", "Norrbyggen"), ("hours", "Norrbyggen")]
    + [("-registered", "Bostaden"), ("nonsense", "Bostaden"), ("last", "Norrbyggen")],
)
def test_the_table_is_sorted_by_what_is_chosen(coordinator, spring, sort, first):
    answer = get(coordinator, "participation", f"{YEAR}&sort={sort}")
    assert answer.context["lines"][0].row.name == first


def test_the_table_has_seven_columns_until_more_are_asked_for(coordinator, spring):
    few = read(get(coordinator, "participation", YEAR)).part("section", "Per organisation")
    many = read(get(coordinator, "participation", f"{YEAR}&more=1")).part(
        "section", "Per organisation"
    )
    assert len(few.texts("th", scope="col")) == 7
    assert len(many.texts("th", scope="col")) == 13


def test_the_downloads_stand_before_the_table(coordinator, spring):
    page = get(coordinator, "participation", YEAR).content.decode()
    assert page.index("xlsx") < page.index("<table")


def test_a_drawing_has_its_places_in_the_same_figures_in_swedish(coordinator, spring):
    page = get(coordinator, "participation", YEAR).content.decode()
    drawing = page[page.index('<svg class="wide"') : page.index('<svg class="narrow"')]
    assert not re.search(r' (?:x|y|x1|x2|y1|y2|width|height)="[^"]*,', drawing)
    assert re.search(r' x="\d+\.\d+"', drawing)


def test_what_sorts_the_table_leads_back_to_the_table(coordinator, spring):
    page = read(get(coordinator, "participation", YEAR))
    table = page.part("section", "Per organisation")
    heads = [link.attributes["href"] for link in table.all("a") if "sort=" in str(link.attributes)]
    assert len(heads) == 7
    assert all(address.endswith("#figures") for address in heads)


def test_the_sector_with_the_lowest_share_is_named(coordinator, spring, monkeypatch):
    # As many are left of each, but of the second it is everybody.
    reach = [
        Reach("business", "näringsliv", 6, 8),
        Reach("academia", "akademi", 0, 2),
        Reach("civil", "civilsamhälle", 0, 3),
    ]
    made = views.report
    monkeypatch.setattr(views, "report", lambda *said: replace(made(*said), reach=reach))
    assert "Lägst andel: civilsamhälle" in read(get(coordinator, "participation", YEAR)).texts("h2")
