"""Where an organisation of a list stands: a partner, one to come, or one that has left."""

import io

import pytest
from openpyxl import Workbook

from partners.intake import batches, partner_lists
from partners.intake.columns import PARTNER_LIST
from tests.builders import make_import, make_organisation


def planned(kim, *rows, headings, **said):
    batch = make_import(kim, "\n".join([headings, *rows, ""]))
    batch.decisions = said
    return partner_lists.plan(batch)


LEFT = {"asks": {"left": "no"}}
JOINED_ALL_THE_SAME = {"asks": {"left": "yes"}}


def test_a_day_of_leaving_is_none_of_joining(kim):
    row, heads = "Alm AB;2024-05-01", "Organisation;Lämnade"
    plan = planned(kim, row, headings=heads, **JOINED_ALL_THE_SAME)
    assert plan.register.new_organisations[0].joined_on is None


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        ("Organisation;Sektor;Status", "Näringsliv;Avslutad"),
        ("Organisation;Sektor;Status", "Näringsliv;Utträdd 2023"),
        ("Organisation;Sektor;Medlemsstatus", "Näringsliv;f.d. partner"),
        ("Organisation;Sektor;Lämnade", "Näringsliv;2024-05-01"),
        ("Organisation;Sektor;Utträde", "Näringsliv;x"),
        ("Organisation;Sektor;Medlem t.o.m.", "Näringsliv;2023-12-31"),
        ("Organisation;Sektor;Slutdatum;Status", "Näringsliv;2023-12-31;Aktiv"),
    ],
)
def test_one_that_has_left_is_asked_about_and_taken_only_on_a_yes(kim, headings, said):
    rows = [f"Alm AB;{said}", "Björk AB;Näringsliv"]
    asked = planned(kim, *rows, headings=headings)
    assert [ask.key for ask in asked.asks] == ["left"]
    assert asked.asks[0].rows == ["Alm AB"]
    assert [o.name for o in asked.register.new_organisations] == ["Björk AB"]

    out = planned(kim, *rows, headings=headings, **LEFT)
    assert (out.lines[0].status, out.undecided) == ("left_out", 0)
    assert out.lines[0].notes == ["Enligt listan har organisationen lämnat klimatfärdplanen."]

    taken = planned(kim, *rows, headings=headings, **JOINED_ALL_THE_SAME)
    assert [o.status for o in taken.register.new_organisations] == ["active", "active"]


@pytest.mark.parametrize(
    "said", ["Aktiv", "Ja", "Partner", "Medlem sedan 2021", "Undertecknat", "", "-", "Ansluten"]
)
def test_a_partner_by_its_status_is_not_asked_about(kim, said):
    plan = planned(kim, f"Alm AB;Näringsliv;{said}", headings="Organisation;Sektor;Status")
    assert not plan.asks
    assert [o.status for o in plan.register.new_organisations] == ["active"]


@pytest.mark.parametrize("said", ["Intresserad", "På gång", "Ej undertecknat", "Inte medlem än"])
def test_one_to_come_is_added_and_is_no_partner(kim, said):
    plan = planned(kim, f"Alm AB;Näringsliv;{said}", headings="Organisation;Sektor;Status")
    assert not plan.asks
    assert [o.status for o in plan.register.new_organisations] == ["prospect"]
    assert "Organisationen läggs till, men ännu inte som partner." in plan.lines[0].changes


@pytest.mark.parametrize("said", ["Vilande", "Inte intresserad", "Nej", "Partner till 2023"])
def test_a_status_that_is_not_plain_is_asked_about_once(kim, said):
    rows = [f"Alm AB;Näringsliv;{said}", f"Björk AB;Näringsliv;{said}"]
    heads = "Organisation;Sektor;Status"
    asked = planned(kim, *rows, headings=heads)
    assert [ask.rows for ask in asked.asks] == [["Alm AB", "Björk AB"]]
    [ask] = asked.asks
    answered = {"asks": {ask.key: "prospect"}}
    plan = planned(kim, *rows, headings=heads, **answered)
    assert [o.status for o in plan.register.new_organisations] == ["prospect", "prospect"]
    answered = {"asks": {ask.key: "left", "left": "no"}}
    assert planned(kim, *rows, headings=heads, **answered).counts() == {"left_out": 2}


def test_the_portals_own_word_is_kept_and_the_lists_is_said(kim):
    make_organisation("Alm AB")
    make_organisation("Björk AB")
    rows = ["Alm AB;Näringsliv;Avslutad", "Björk AB;Näringsliv;På gång"]
    plan = planned(kim, *rows, headings="Organisation;Sektor;Status", **LEFT)
    assert "I portalen är den partner" in plan.lines[0].notes[0]
    assert "I portalen är den det" in plan.lines[1].notes[0]
    assert not [row for row in plan.register.changed if row.status != "active"]


def test_a_day_of_leaving_to_come_is_said_and_one_that_is_no_day_is_wrong(kim):
    rows = [
        "Alm AB;Näringsliv;2099-12-31",
        "Björk AB;Näringsliv;snart",
        "Cypress AB;Näringsliv;nej",
    ]
    plan = planned(kim, *rows, headings="Organisation;Sektor;Lämnar")
    assert not plan.asks
    assert [o.name for o in plan.register.new_organisations] == ["Alm AB", "Björk AB", "Cypress AB"]
    assert "2099-12-31" in plan.lines[0].notes[0]
    assert set(plan.lines[1].problems) == {"left_on"}


def test_a_status_that_tells_stories_is_none(kim):
    rows = [f"{name} AB;Näringsliv;Möte {n} hölls den {n} mars och gick bra" for n, name in
            enumerate(["Alm", "Björk", "Cypress"], start=1)]  # fmt: skip
    plan = planned(kim, *rows, headings="Organisation;Sektor;Status")
    assert not plan.asks
    assert [o.status for o in plan.register.new_organisations] == ["active"] * 3


@pytest.mark.parametrize(
    "heading",
    ["Avtal t.o.m.", "Löper ut", "T.o.m.", "Till och med", "Slut", "Slutade", "Uppsagd", "Utgår",
     "Sista dag", "Ej aktiv", "Inaktiv", "Vilande"],
)  # fmt: skip
def test_a_heading_of_leaving_is_one_of_leaving(kim, heading):
    said = "ja" if "akti" in heading or heading == "Vilande" else "2023-12-31"
    plan = planned(kim, f"Alm AB;Näringsliv;{said}", headings=f"Organisation;Sektor;{heading}")
    assert [ask.key for ask in plan.asks] == ["left"]
    assert not plan.register.new_organisations


@pytest.mark.parametrize("heading", ["Senaste kontakt", "Nästa möte", "Besökt", "Uppföljning"])
def test_a_day_of_something_else_is_no_day_of_joining(kim, heading):
    plan = planned(kim, "Alm AB;Näringsliv;2023-12-31", headings=f"Organisation;Sektor;{heading}")
    assert [o.joined_on for o in plan.register.new_organisations] == [None]


@pytest.mark.parametrize(
    ("name", "kept"),
    [("Bostaden (avslutat 2023)", "Bostaden"), ("OK AB - utträdd", "OK AB"),
     ("Alm AB – f.d. partner", "Alm AB")],
)  # fmt: skip
def test_a_word_of_leaving_behind_a_name_is_none_of_it(kim, name, kept):
    rows, heads = [f"{name};Näringsliv", "Lönn AB;Näringsliv"], "Organisation;Sektor"
    [ask] = planned(kim, *rows, headings=heads).asks
    assert (ask.key, ask.rows) == ("left", [kept])
    taken = planned(kim, *rows, headings=heads, **JOINED_ALL_THE_SAME)
    assert [o.name for o in taken.register.new_organisations] == [kept, "Lönn AB"]


@pytest.mark.parametrize("name", ["Bostaden (Umeå)", "Bygg - Riv AB", "Kyrkan (Svenska)"])
def test_what_else_stands_behind_a_name_belongs_to_it(kim, name):
    plan = planned(kim, f"{name};Näringsliv", headings="Organisation;Sektor")
    assert [o.name for o in plan.register.new_organisations] == [name]


def test_a_tab_may_say_where_all_of_it_stands(kim):
    book = Workbook()
    for title, name in [("Aktiva", "Alm AB"), ("Avslutade", "Björk AB"), ("Prospekt", "Ek AB")]:
        sheet = book.create_sheet(title)
        sheet.append(["Organisation", "Sektor"])
        sheet.append([name, "Näringsliv"])
    del book["Sheet"]
    file = io.BytesIO()
    book.save(file)
    batch = batches.open_batch(PARTNER_LIST, "lista.xlsx", file.getvalue(), by=kim)
    plan = partner_lists.plan(batch)
    assert [ask.rows for ask in plan.asks] == [["Björk AB"]]
    statuses = {o.name: o.status for o in plan.register.new_organisations}
    assert statuses == {"Alm AB": "active", "Ek AB": "prospect"}


def test_a_word_of_leaving_behind_a_name_holds_beside_a_status(kim):
    rows, heads = ["Bostaden (avslutat 2023);Aktiv"], "Organisation;Status"
    assert [ask.key for ask in planned(kim, *rows, headings=heads).asks] == ["left"]


def test_what_is_chosen_for_a_name_holds_for_the_name_without_its_word(kim):
    make_organisation("Bostaden AB")
    rows, heads = ["Bostaden i Umeå (på gång);Näringsliv"], "Organisation;Sektor"
    line = planned(kim, *rows, headings=heads).lines[0]
    assert line.folded == "bostaden i umeå"
    chosen = planned(kim, *rows, headings=heads, organisations={line.folded: "out"})
    assert chosen.lines[0].status == "left_out"
