"""Lists nobody has seen, end to end: who came by them, and what is asked instead of guessed."""

import pytest

from learning.intake import attendance_lists
from learning.intake.words import ATTENDANCE_LIST
from partners.intake import batches


def seen(plan):
    return {(a.person.name, a.status) for a in plan.new_attendances}


def registered(plan):
    return {r.person.name for r in plan.new_registrations}


FIRST = "Lärandeträff 1 2024-02-07 kl 9-12.csv"


def told(kim, text, name=FIRST, **asks):
    batch = batches.open_batch(ATTENDANCE_LIST, name, text.encode(), by=kim)
    batch.decisions["asks"] = asks
    batch.decisions["hours"] = {"start": "09:00", "end": "12:00"}
    return attendance_lists.plan(batch)


TWO = "Åsa Berg;asa@b.example;{};\nJon Lind;jon@b.example;{};\n"


@pytest.mark.parametrize(
    ("heading", "status"),
    [("Ej närvarande", "absent"), ("Not attended", "absent"), ("Frånvarande", "absent"),
     ("Uteblev", "absent"), ("No show", "absent"), ("Did not attend", "absent"),
     ("Sjuk", "excused"), ("Avbokad", "excused"), ("Närvarande/frånvarande", "present")],
)  # fmt: skip
def test_a_cross_below_an_absence_is_an_absence(kim, heading, status):
    plan = told(kim, f"Namn;E-post;{heading};\n" + TWO.format("x", ""))
    assert not plan.undecided
    assert seen(plan) == {("Åsa Berg", status)}


def test_who_was_not_away_was_there(kim):
    plan = told(kim, "Namn;E-post;Frånvarande\n" + TWO.format("ja", "nej"))
    assert seen(plan) == {("Åsa Berg", "absent"), ("Jon Lind", "present")}


@pytest.mark.parametrize(
    "heading", ["Nyhetsbrev", "Lunch", "Inbjuden", "Betalt", "Presentation", "Förväntad närvaro"]
)
def test_a_column_of_yes_and_no_is_asked_about(kim, heading):
    text = f"Namn;E-post;{heading};\n" + TWO.format("ja", "nej")
    asked = told(kim, text)
    [ask] = asked.asks
    assert heading in ask.text
    assert seen(asked) == set()
    assert seen(told(kim, text, **{ask.key: "yes"})) == {
        ("Åsa Berg", "present"), ("Jon Lind", "absent"),
    }  # fmt: skip
    no = told(kim, text, **{ask.key: "no"})
    assert (seen(no), no.undecided, registered(no)) == (set(), 0, {"Åsa Berg", "Jon Lind"})


@pytest.mark.parametrize(("answer", "status"), [("away", "absent"), ("there", "present")])
def test_a_list_of_those_who_were_away_is_asked_about(kim, answer, status):
    text = "Namn;E-post;7/2 2024 kl 9-12;6/3 2024 kl 9-12\n" + TWO.format("x", "")
    [ask] = told(kim, text, "Frånvarolista.csv").asks
    assert seen(told(kim, text, "Frånvarolista.csv", **{ask.key: answer})) == {("Åsa Berg", status)}


def test_a_column_of_absence_is_one_whatever_the_list_is_called(kim):
    text = "Namn;E-post;Frånvarande\n" + TWO.format("x", "").replace(";\n", "\n")
    plan = told(kim, text, "Frånvaro 2024-02-07.csv")
    assert (seen(plan), plan.asks) == ({("Åsa Berg", "absent")}, [])


def test_a_column_of_marks_whose_day_is_not_understood_is_asked_for_it(kim):
    text = "Namn;E-post;7-8/2;6/3 2024;10/4 2024\nÅsa Berg;a@b.example;x;;x\n"
    plan = told(kim, text, "Närvaro 2024.csv", **{"guess:0:2": "yes"})
    assert [draft.day is None for draft in plan.sessions.drafts.values()] == [True, False]
    assert plan.undecided == 1


def test_who_has_no_mark_in_any_session_is_said_to_have_none(kim):
    text = "Namn;E-post;6/3 2024;10/4 2024\nÅsa Berg;a@b.example;x;\nJon Lind;j@b.example;;\n"
    line = told(kim, text).lines[-1]
    assert (line.title, line.status) == ("Jon Lind", "left_out")
    assert line.notes == ["Har ingen markering för någon träff, så inget noteras."]


@pytest.mark.parametrize("heading", ["Svarade", "Betald", "Senast inloggad"])
def test_a_day_of_something_else_is_no_day_of_a_session(kim, heading):
    text = f"Namn;E-post;{heading};Närvaro\nÅsa Berg;a@b.example;2024-01-20;x\n"
    [draft] = told(kim, text).sessions.drafts.values()
    assert draft.day.isoformat() == "2024-02-07"


SECTIONS = """Namn;Organisation;E-post
Närvarande;;
Åsa Berg;;asa@b.example
Frånvarande;;
Eva Dal;;eva@b.example
Reservlista;;
Jon Lind;;jon@b.example
"""


def test_people_below_a_title_are_what_it_says_or_it_is_asked_about(kim):
    plan = told(kim, SECTIONS)
    assert seen(plan) == {("Åsa Berg", "present"), ("Eva Dal", "absent")}
    [ask] = plan.asks
    assert (ask.rows, "Reservlista" in ask.text) == (["Jon Lind"], True)
    answered = told(kim, SECTIONS, **{ask.key: "excused"})
    assert ("Jon Lind", "excused") in seen(answered)


def test_people_below_those_who_registered_are_registered(kim):
    plan = told(kim, SECTIONS.replace("Närvarande", "Anmälda").replace("Frånvarande", "Drop-in"))
    assert seen(plan) == {("Eva Dal", "present")}
    assert registered(plan) == {"Åsa Berg"}
    assert [ask.rows for ask in plan.asks] == [["Jon Lind"]]


@pytest.mark.parametrize("above", [True, False])
def test_a_legend_says_what_signs_mean(kim, above):
    legend = "Teckenförklaring: N = närvarande, F = frånvarande"
    rows = "Namn;E-post;Närvaro\nÅsa Berg;a@b.example;N\nJon Lind;j@b.example;F\n"
    plan = told(kim, f"{legend}\n{rows}" if above else f"{rows}{legend}\n")
    assert seen(plan) == {("Åsa Berg", "present"), ("Jon Lind", "absent")}
    assert not plan.undecided


def test_n_beside_f_is_asked_about(kim):
    rows = "Namn;E-post;Närvaro\nÅsa Berg;a@b.example;N\nJon Lind;j@b.example;F\n"
    assert {ask.key for ask in told(kim, rows).asks} == {"mark:n", "mark:f"}


def test_lists_side_by_side_are_both_read(kim):
    text = (
        "Namn;E-post;Närvaro;;Namn;E-post;Närvaro\n"
        "Åsa Berg;asa@b.example;x;;Bo Al;bo@b.example;nej\n"
        ";;;;Siv Ek;siv@b.example;x\n"
    )
    plan = told(kim, text)
    assert not plan.undecided
    assert seen(plan) == {("Åsa Berg", "present"), ("Bo Al", "absent"), ("Siv Ek", "present")}
    assert {p.email for p in plan.register.new_people} == {
        f"{name}@b.example" for name in ("asa", "bo", "siv")
    }  # fmt: skip


@pytest.mark.parametrize("title", ["Uppföljning", "Eftermiddag kl 13-16"])
def test_a_title_above_headings_that_come_again_is_of_another_session(kim, title):
    text = (
        "Träff 1 2024-02-07 kl 9-12;;\nNamn;E-post;Närvaro\nÅsa Berg;a@b.example;x\n;;\n"
        f"{title};;\nNamn;E-post;Närvaro\nJon Lind;j@b.example;x\n"
    )
    plan = told(kim, text, "lista.csv")
    assert seen(plan) == {("Åsa Berg", "present")}
    assert [draft.day is None for draft in plan.sessions.drafts.values()] == [False, True]
